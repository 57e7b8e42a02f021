import type { ViewOf } from '../../../shared/contracts/index.ts'
import { EVERYONE, type Mechanic, views } from '../mechanic.ts'

type State = ViewOf<'hotwash'>

// A table of eight writes perhaps fifty cards; this only keeps a runaway client from filling the page.
const MOST_CARDS = 500

/** Cards written at once by everybody, then actions with owners. */
export const hotwash: Mechanic<'hotwash', State> = {
  init: () => ({ cards: [], actions: [] }),
  may: {
    write: { roles: EVERYONE, phases: ['hot-wash'] },
    erase: { roles: EVERYONE, phases: ['hot-wash'] },
    'add-action': { roles: EVERYONE, phases: ['hot-wash'] },
    'erase-action': { roles: EVERYONE, phases: ['hot-wash'] },
  },
  decide(state, command, ctx) {
    const seat = ctx.by.id
    switch (command.type) {
      case 'hotwash.write': {
        if (state.cards.length >= MOST_CARDS) return { code: 'too-many' }
        const id = ctx.id('card')
        const { kind, text } = command
        state.cards.push({ id, seat, kind, text })
        ctx.emit({ type: 'hotwash.written', card: id, seat, kind, text }, seat)
        return undefined
      }
      case 'hotwash.erase': {
        const card = state.cards.find((c) => c.id === command.card)
        if (!card) return { code: 'no-such-thing', where: 'card' }
        if (card.seat !== seat && !ctx.by.roles.includes('gm')) return { code: 'not-yours' }
        state.cards = state.cards.filter((c) => c !== card)
        ctx.emit({ type: 'hotwash.erased', card: card.id }, seat)
        return undefined
      }
      case 'hotwash.add-action': {
        if (state.actions.length >= MOST_CARDS) return { code: 'too-many' }
        const id = ctx.id('action')
        const { kind, text, owner, due } = command
        state.actions.push({ id, kind, text, owner, due })
        ctx.emit({ type: 'hotwash.action-added', action: id, kind, text, owner, due }, seat)
        return undefined
      }
      case 'hotwash.erase-action': {
        if (!state.actions.some((a) => a.id === command.action))
          return { code: 'no-such-thing', where: 'action' }
        state.actions = state.actions.filter((a) => a.id !== command.action)
        ctx.emit({ type: 'hotwash.action-erased', action: command.action }, seat)
        return undefined
      }
    }
  },
  view: views(EVERYONE, (state: State) => state),
}
