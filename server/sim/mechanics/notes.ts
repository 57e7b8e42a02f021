import type { SeatId, SimMs } from '../../../shared/ids.ts'
import { type Mechanic } from '../mechanic.ts'

interface State {
  notes: { id: string; at: SimMs; seat: SeatId; text: string; objective: string | null }[]
}

/** Private notes for the game master's eyes. Observers may write them, too, and read none. */
export const notes: Mechanic<'notes', State> = {
  init: () => ({ notes: [] }),
  may: {
    write: { roles: ['gm', 'observer'], phases: ['lobby', 'briefing', 'running', 'paused', 'hot-wash'] },
  },
  decide(state, { text, objective }, ctx) {
    if (objective !== null && !Object.hasOwn(ctx.scenario.spec.objectives, objective))
      return { code: 'no-such-thing', where: 'objective' }
    const note = { id: ctx.id('note'), at: ctx.now, seat: ctx.by.id, text, objective }
    state.notes.push(note)
    ctx.emit({ type: 'notes.written', note: note.id, seat: note.seat, text, objective }, note.seat)
    return undefined
  },
  view: {
    gm: (state) => state,
    commander: 'hidden',
    operations: 'hidden',
    communications: 'hidden',
    scribe: 'hidden',
    observer: 'hidden',
  },
}
