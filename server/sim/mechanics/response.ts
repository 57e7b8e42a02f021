import type { ViewOf } from '../../../shared/contracts/index.ts'
import { EVERYONE, type Mechanic, views } from '../mechanic.ts'

type State = ViewOf<'response'>

/** The incident as the responders call it. Only the commander declares. */
export const response: Mechanic<'response', State> = {
  init: () => ({ declared: null, stoodDownAt: null }),
  may: {
    declare: { roles: ['commander'], phases: ['running', 'paused'] },
    'stand-down': { roles: ['commander'], phases: ['running', 'paused'] },
  },
  decide(state, command, ctx) {
    const seat = ctx.by.id
    switch (command.type) {
      case 'response.declare': {
        const { severity, title } = command
        const before = state.declared
        if (before && before.severity === severity && before.title === title) return { code: 'already-done' }
        state.declared = { severity, title, by: seat, at: before?.at ?? ctx.now }
        ctx.emit(
          { type: before ? 'response.severity-changed' : 'response.declared', seat, severity, title },
          seat,
        )
        return undefined
      }
      case 'response.stand-down':
        if (!state.declared) return { code: 'unavailable' }
        if (state.stoodDownAt !== null) return { code: 'already-done' }
        state.stoodDownAt = ctx.now
        ctx.emit({ type: 'response.stood-down', seat }, seat)
        return undefined
    }
  },
  view: views(EVERYONE, (state: State) => state),
}
