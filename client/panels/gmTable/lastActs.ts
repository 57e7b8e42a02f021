import type { Message } from '../../../shared/contracts/comms.ts'
import type { ViewOf } from '../../../shared/contracts/index.ts'
import type { SeatId } from '../../../shared/ids.ts'

type Entry = ViewOf<'timeline'>['entries'][number]

/** The newest thing a seat is known to have done. */
export interface Act {
  readonly at: number
  readonly text: string
}

/** What each seat did last, out of the timeline and the channel. */
export function lastActs(entries: readonly Entry[], channel: readonly Message[]): ReadonlyMap<SeatId, Act> {
  const acts = new Map<SeatId, Act>()
  const take = (seat: SeatId | null, act: Act) => {
    if (seat !== null && (acts.get(seat)?.at ?? -Infinity) <= act.at) acts.set(seat, act)
  }
  for (const { seat, at, text } of entries) take(seat, { at, text })
  for (const { seat, at, text, kind } of channel)
    if (kind === 'message') take(seat, { at, text: `“${text}”` })
  return acts
}
