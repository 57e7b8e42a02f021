import { RING, type SourceState } from '../state.ts'

/** Retries on their way, by attempt and arrival second (ring). Row 0: timeouts still to be felt, after which nothing is tried. */
export type Pending = number[][]

/** The place of a second in a ring. */
export const ring = (second: number): number => ((second % RING) + RING) % RING

/** The lists of retries of a source's `n`th class of requests. */
export const pendingOf = (s: SourceState, n: number): Pending =>
  n === 0 ? s.pending : (s.streams[n - 1]?.pending ?? [])

/** Requests that have failed for good. */
export function fail(s: SourceState, count: number): void {
  if (count <= 0) return
  s.bad += count
  s.total += count
  s.sums[1] = (s.sums[1] ?? 0) + count
}

/** All retries and timeouts on their way. */
export function underWay(s: SourceState): number {
  let sum = 0
  for (let n = 0; n <= s.streams.length; n += 1) {
    const pending = pendingOf(s, n)
    for (let k = 0; k < pending.length; k += 1) {
      const row = pending[k]
      if (row) for (let i = 0; i < row.length; i += 1) sum += row[i] ?? 0
    }
  }
  return sum
}

/** Puts `count` requests on their way into row `k`, to come back in `from` to `to` seconds; never within the same second. */
export function later(
  s: SourceState,
  pending: Pending,
  o: {
    readonly second: number
    readonly count: number
    readonly k: number
    readonly from: number
    readonly to: number
  },
): void {
  const { second, count } = o
  if (count <= 0) return
  while (pending.length <= o.k) pending.push([])
  const row = pending[o.k]
  if (!row) return
  if (row.length === 0) for (let i = 0; i < RING; i += 1) row.push(0)
  if (o.k > 0) {
    s.sums[2] = (s.sums[2] ?? 0) + (count * (o.from + o.to)) / 2
    s.sums[3] = (s.sums[3] ?? 0) + count
  }
  for (let n = 0; n < 3; n += 1) {
    const delay = Math.min(RING - 2, Math.max(1, o.from + ((o.to - o.from) * (n + 0.5)) / 3))
    const whole = Math.floor(delay)
    const part = delay - whole
    const a = ring(second + whole)
    const b = ring(second + whole + 1)
    row[a] = (row[a] ?? 0) + (count / 3) * (1 - part)
    row[b] = (row[b] ?? 0) + (count / 3) * part
  }
}
