/** What a caller remembers for holding back what would be refused: attempts wanted and attempts accepted, in turn by bucket. */
export interface Throttle {
  asked: number
  accepted: number
  /** Empty while the caller does not throttle. */
  ring: number[]
}
/** Two minutes (SRE book, ch. 21), in buckets of five seconds. */
const BUCKETS = 24
const WIDTH = 5

/** No throttling: nothing is remembered. */
export function resetThrottle(t: Throttle): void {
  t.asked = t.accepted = 0
  if (t.ring.length > 0) t.ring.length = 0
}

/**
 * Share of attempts a caller answers itself, because the called side has lately accepted too few: max(0, (requests − K·accepts) /
 * (requests + 1)), Beyer et al., Site Reliability Engineering, ch. 21.
 */
export function heldBack(t: Throttle, k: number): number {
  return k > 0 ? Math.max(0, (t.asked - k * t.accepted) / (t.asked + 1)) : 0
}

/** Remembers one second: attempts its requests wanted to make, those held back included, and those the called side accepted. */
export function moveThrottle(
  t: Throttle,
  now: { readonly second: number; readonly asked: number; readonly accepted: number },
): void {
  if (t.ring.length !== 2 * BUCKETS) {
    t.ring.length = 0
    t.asked = t.accepted = 0
    for (let i = 0; i < 2 * BUCKETS; i += 1) t.ring.push(0)
  }
  const bucket = Math.floor(now.second / WIDTH)
  const at = 2 * (((bucket % BUCKETS) + BUCKETS) % BUCKETS)
  if (bucket * WIDTH === now.second) {
    t.asked -= t.ring[at] ?? 0
    t.accepted -= t.ring[at + 1] ?? 0
    t.ring[at] = t.ring[at + 1] = 0
  }
  t.ring[at] = (t.ring[at] ?? 0) + now.asked
  t.ring[at + 1] = (t.ring[at + 1] ?? 0) + now.accepted
  t.asked = Math.max(0, t.asked + now.asked)
  t.accepted = Math.max(0, t.accepted + now.accepted)
}
