import type { Entry } from '../../../shared/contracts/timeline.ts'
import { type Mechanic, PLAYERS, type ViewCtx } from '../mechanic.ts'
import { entryOf, type Visibility } from '../score/sentences.ts'
import { namesOf } from '../score/names.ts'

interface State {
  entries: (Entry & { visibility: Visibility })[]
}

const strip = ({ visibility: _, ...entry }: State['entries'][number]): Entry => entry

/** Players read what they may know; once play is over, what was held back for the debrief too. */
function see(state: State, ctx: ViewCtx) {
  const over = ctx.table.phase === 'hot-wash' || ctx.table.phase === 'closed'
  return {
    entries: state.entries
      .filter((e) => e.visibility === 'all' || (over && e.visibility === 'debrief'))
      .map(strip),
  }
}

/** One list of what happened, written from the facts of all mechanics. */
export const timeline: Mechanic<'timeline', State> = {
  init: () => ({ entries: [] }),
  may: { add: { roles: [...PLAYERS, 'gm'], phases: ['briefing', 'running', 'paused', 'hot-wash'] } },
  decide(_state, { text }, ctx) {
    ctx.emit({ type: 'timeline.added', entry: ctx.id('entry'), seat: ctx.by.id, text }, ctx.by.id)
    return undefined
  },
  react(state, timed, ctx) {
    const sentence = entryOf(timed, namesOf(ctx.scenario, ctx.table.seats, ctx.table.settings.dice))
    if (!sentence) return
    const { kind, text, visibility } = sentence
    const id = timed.fact.type === 'timeline.added' ? timed.fact.entry : ctx.id('entry')
    state.entries.push({ id, at: timed.at, wall: timed.wall, kind, seat: timed.seat, text, visibility })
  },
  view: {
    gm: (state) => ({ entries: state.entries.map(strip) }),
    commander: see,
    operations: see,
    communications: see,
    scribe: see,
    observer: see,
  },
}
