import type { ViewOf } from '../../../shared/contracts/index.ts'

export type Inject = ViewOf<'injects'>['list'][number]

/** What waits for the game master's hand first, then what comes by time, then by condition or hand, then what is over. */
export interface Lane {
  readonly due: readonly Inject[]
  readonly timed: readonly Inject[]
  readonly untimed: readonly Inject[]
  readonly over: readonly Inject[]
}

const byTime = (a: Inject, b: Inject) => (a.plannedAt ?? 0) - (b.plannedAt ?? 0)

/** Puts the events list into the order in which a game master reads it. */
export function sortInjects(list: readonly Inject[]): Lane {
  const open = list.filter((i) => i.state === 'planned' || i.state === 'held')
  return {
    due: list.filter((i) => i.state === 'due').sort(byTime),
    timed: open.filter((i) => i.plannedAt !== null).sort(byTime),
    untimed: open.filter((i) => i.plannedAt === null),
    over: list
      .filter((i) => i.state === 'delivered' || i.state === 'skipped')
      .sort((a, b) => (b.deliveredAt ?? b.plannedAt ?? 0) - (a.deliveredAt ?? a.plannedAt ?? 0)),
  }
}
