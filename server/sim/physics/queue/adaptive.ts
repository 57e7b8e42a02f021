/** What an adaptive limit on concurrency remembers: how many it lets in at once, and the time of an unloaded request (s). 0: nothing yet. */
export interface Limit {
  limit: number
  fastest: number
}
/** A request may take so many times as long as an unloaded one. */
const TOLERANCE = 2
/** Most it takes back in one second, as Envoy's and Netflix's limiters do. */
const STEEPEST = 0.5
/** It never lets in fewer at once. */
const LEAST = 4
/** The unloaded time is measured anew within about a minute (Envoy: every 60 s). */
const FORGETS = 1 / 60

/** Most requests at once that `slots` unloaded slots answer in time (Little: throughput × time). */
const most = (slots: number): number => TOLERANCE * slots

/** How many are let in at once in the second to come: to work on, and to wait. */
export function limitOf(l: Limit, slots: number): number {
  return l.limit > 0 ? Math.min(l.limit, most(slots)) : most(slots)
}

/**
 * Moves the limit on by a second in which a slot was held for `hold` and a request took `time`, waiting included: a gradient limiter (Netflix
 * concurrency-limits; Envoy's adaptive concurrency filter). Slower than tolerated, the limit falls in proportion; else it rises by
 * its square root. The unloaded time follows a shorter hold at once and a longer one slowly, so that a store that stays slow becomes
 * the new normal instead of shutting its callers for good.
 */
export function moveLimit(
  l: Limit,
  now: { readonly slots: number; readonly hold: number; readonly time: number },
): void {
  const { slots, hold, time } = now
  if (l.fastest <= 0 || hold < l.fastest) l.fastest = hold
  else l.fastest += (hold - l.fastest) * FORGETS
  const limit = limitOf(l, slots)
  const allowed = TOLERANCE * l.fastest
  const next = time > allowed * 1.001 ? limit * Math.max(STEEPEST, allowed / time) : limit + Math.sqrt(limit)
  l.limit = Math.min(most(slots), Math.max(Math.min(LEAST, most(slots)), next))
}
