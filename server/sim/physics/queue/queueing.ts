import { S } from '../model/slots.ts'
import type { Station } from '../state.ts'

/** At most so many cohorts are kept; beyond, neighbours of the old end are joined. */
const MOST_COHORTS = 90

/** Those arriving in the second from `second` join the queue as a cohort. */
export function join(station: Station, count: number, second: number): void {
  if (count <= 0) return
  const { since, until, waiting } = station
  since.push(second)
  until.push(second + 1)
  waiting.push(count)
  if (waiting.length <= MOST_COHORTS) return
  // Halves the resolution of the older half: its requests are long past any timeout.
  for (let i = 0; i < MOST_COHORTS / 3; i += 1) {
    until[i] = until[i + 1] ?? second
    waiting[i] = (waiting[i] ?? 0) + (waiting[i + 1] ?? 0)
    since.splice(i + 1, 1)
    until.splice(i + 1, 1)
    waiting.splice(i + 1, 1)
  }
}

/** Requests leaving the queue for work, in segments: how many, and the wait of the first and last of each. */
export interface Left {
  length: number
  readonly count: Float64Array
  readonly first: Float64Array
  readonly last: Float64Array
}
export const left = (): Left => ({
  length: 0,
  count: new Float64Array(256),
  first: new Float64Array(256),
  last: new Float64Array(256),
})

/**
 * Takes `count` requests out of the queue in the order of the discipline, spread evenly over the second, and writes down their waits.
 */
export function leave(
  station: Station,
  o: { count: number; second: number; lifo: boolean },
  out: Left,
): Left {
  const { since, until, waiting } = station
  out.length = 0
  let rest = o.count
  let done = 0
  while (rest > 1e-12 && waiting.length > 0) {
    const at = o.lifo ? waiting.length - 1 : 0
    const here = waiting[at] ?? 0
    const take = Math.min(rest, here)
    const from = since[at] ?? 0
    const to = until[at] ?? 0
    const cutAt = from + ((to - from) * take) / here
    // The newest first: who comes in this second is served at once, others have waited at least until it began.
    const first = Math.max(0, o.lifo ? o.second - to : o.second + done / o.count - from)
    done += take
    const last = Math.max(0, o.lifo ? o.second - from : o.second + done / o.count - cutAt)
    const n = Math.min(out.length, 255)
    out.count[n] = take
    out.first[n] = first
    out.last[n] = last
    out.length = n + 1
    rest -= take
    if (here - take <= 1e-12 * (here + 1)) {
      since.splice(at, 1)
      until.splice(at, 1)
      waiting.splice(at, 1)
    } else {
      waiting[at] = here - take
      if (o.lifo) until[at] = to - ((to - from) * take) / here
      else since[at] = cutAt
    }
  }
  return out
}

/**
 * Throws away those who came so long ago that their callers have given up: all whose time is over when the second begins, and of those whose time
 * ends during it what is more than the `served` that are taken from the head meanwhile. Returns how many.
 */
export function dropExpired(
  station: Station,
  o: { readonly second: number; readonly patience: number; readonly served: number },
): number {
  const limit = o.second - o.patience
  const over = olderThan(station, limit)
  const ending = olderThan(station, limit + 1) - over
  const dropped = over + Math.max(0, ending - o.served)
  dropOldest(station, dropped)
  return dropped
}

/** How many of those who wait came before `limit`. */
function olderThan(station: Station, limit: number): number {
  const { since, until, waiting } = station
  let sum = 0
  for (let n = 0; n < waiting.length && (since[n] ?? 0) < limit; n += 1) {
    const from = since[n] ?? 0
    const to = until[n] ?? 0
    sum += (waiting[n] ?? 0) * (to <= limit ? 1 : (limit - from) / (to - from))
  }
  return sum
}

/** Throws away so many of those who have waited longest. */
export function dropOldest(station: Station, count: number): void {
  const { since, until, waiting } = station
  let rest = count
  while (rest > 1e-12 && waiting.length > 0) {
    const here = waiting[0] ?? 0
    if (here > rest) {
      const from = since[0] ?? 0
      since[0] = from + (((until[0] ?? from) - from) * rest) / here
      waiting[0] = here - rest
      return
    }
    rest -= here
    since.shift()
    until.shift()
    waiting.shift()
  }
}

/** All that waits. */
export function waitingOf(station: Station): number {
  let sum = 0
  for (let i = 0; i < station.waiting.length; i += 1) sum += station.waiting[i] ?? 0
  return sum
}

/** Contention and coherency (Universal Scalability Law): how much longer work takes with `busy` requests in work at once. */
export function contention(p: Float64Array, slot: number, busy: number): number {
  const alpha = p[slot + S['contention.alpha']] ?? 0
  const beta = p[slot + S['contention.beta']] ?? 0
  const others = busy - 1
  return others > 0 && (alpha > 0 || beta > 0) ? 1 + alpha * others + beta * busy * others : 1
}
