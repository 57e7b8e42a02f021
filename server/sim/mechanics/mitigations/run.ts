import type { RunView } from '../../../../shared/contracts/mitigations.ts'
import type { Seat } from '../../../../shared/contracts/seats.ts'
import type { SeatId, SimMs } from '../../../../shared/ids.ts'
import type { ViewCtx } from '../../mechanic.ts'

/** One proposal and what became of it. */
export interface Run extends Omit<RunView, 'title' | 'odds' | 'revertible'> {
  dc: number
  bonus: number
  advantage: -1 | 0 | 1
  /** Set when the proposer commits: frozen from then on. */
  frozen: RunView['odds'] | null
}
export interface MitigationsState {
  runs: Run[]
}

/** Whether this seat decides on proposals at this table. The game master always may. */
export function approves(seat: Seat, ctx: ViewCtx): boolean {
  if (seat.roles.includes('gm')) return true
  return ctx.table.settings.approval === 'commander' && seat.roles.includes('commander')
}

/** Until when a seat's hands are full, or null. */
export const busyUntil = (state: MitigationsState, seat: SeatId): SimMs | null =>
  state.runs.find((r) => r.by === seat && r.state === 'in-progress')?.endsAt ?? null
