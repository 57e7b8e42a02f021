import type { SimMs } from '../../../shared/ids.ts'
import { type Mechanic, PLAYERS, type ViewCtx } from '../mechanic.ts'

interface State {
  given: { at: SimMs; text: string }[]
}

const see = (state: State, ctx: ViewCtx) => ({
  given: state.given,
  left: ctx.scenario.spec.hints.length - state.given.length,
})

/** Hints in their order: given by the game master, or asked for where nobody leads. */
export const hints: Mechanic<'hints', State> = {
  init: () => ({ given: [] }),
  may: { give: { roles: ['gm'], automatic: PLAYERS, phases: ['running', 'paused'] } },
  decide(state, _command, ctx) {
    const text = ctx.scenario.spec.hints[state.given.length]
    if (text === undefined) return { code: 'no-such-thing' }
    state.given.push({ at: ctx.now, text })
    ctx.emit({ type: 'hints.given', number: state.given.length, text, seat: ctx.by.id }, ctx.by.id)
    return undefined
  },
  view: {
    gm: (state, ctx) => ({ ...see(state, ctx), next: ctx.scenario.spec.hints[state.given.length] ?? null }),
    commander: see,
    operations: see,
    communications: see,
    scribe: see,
    observer: see,
  },
}
