import { NEVER } from '../state.ts'

/** When a breaker opens, and for how long. */
export interface BreakerRule {
  /** Share of failures that opens it, on at least so many calls inside the window (s). */
  readonly threshold: number
  readonly requests: number
  readonly window: number
  /** How long it stays open before it lets a trial through (s). */
  readonly open: number
}
/** What a breaker remembers: calls and failures of the window, in all and in turn by bucket, and until when it is open. */
export interface Breaker {
  seen: number
  failed: number
  /** NEVER: closed; a second that has come: half open. */
  openUntil: number
  /** Calls and failures of each bucket, in turn; empty while there is no breaker. */
  ring: number[]
}
/** A longer window has longer buckets: its age is then known to that many seconds. */
const MOST_BUCKETS = 60

/** Calls a second that a half-open breaker lets through. */
export const TRIALS = 1

/** A breaker that guards nothing. */
export function resetBreaker(b: Breaker): void {
  b.openUntil = NEVER
  b.seen = b.failed = 0
  if (b.ring.length > 0) b.ring.length = 0
}

/**
 * Counts a second of calls of which the share `bad` failed, and opens, tries or closes the breaker for the seconds to come: rules of
 * Hystrix (`HystrixCircuitBreaker`: a rolling window of one-second buckets; opens at a share of failures on enough calls; after a pause one trial
 * decides, and a good one starts the window anew).
 */
export function moveBreaker(
  b: Breaker,
  rule: BreakerRule,
  now: { readonly second: number; readonly calls: number; readonly bad: number },
): void {
  const { second, calls, bad } = now
  const width = Math.max(1, Math.ceil(rule.window / MOST_BUCKETS))
  const buckets = Math.max(1, Math.ceil(rule.window / width))
  if (b.ring.length !== 2 * buckets) {
    // A window of another length: what was counted cannot be divided anew.
    b.ring.length = 0
    b.seen = b.failed = 0
    for (let i = 0; i < 2 * buckets; i += 1) b.ring.push(0)
  }
  if (b.openUntil > second) return
  if (b.openUntil > NEVER) {
    if (calls <= 0) return
    b.openUntil = bad >= rule.threshold ? second + 1 + rule.open : NEVER
    b.seen = b.failed = 0
    b.ring.fill(0)
    return
  }
  const bucket = Math.floor(second / width)
  const at = 2 * (((bucket % buckets) + buckets) % buckets)
  if (bucket * width === second) {
    b.seen -= b.ring[at] ?? 0
    b.failed -= b.ring[at + 1] ?? 0
    b.ring[at] = b.ring[at + 1] = 0
  }
  b.ring[at] = (b.ring[at] ?? 0) + calls
  b.ring[at + 1] = (b.ring[at + 1] ?? 0) + calls * bad
  b.seen = Math.max(0, b.seen + calls)
  b.failed = Math.max(0, b.failed + calls * bad)
  if (b.seen >= rule.requests - 1e-9 && b.failed >= rule.threshold * b.seen - 1e-9) {
    b.openUntil = second + 1 + rule.open
    b.seen = b.failed = 0
    b.ring.fill(0)
  }
}
