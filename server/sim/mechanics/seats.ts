import type { Seat } from '../../../shared/contracts/seats.ts'
import { EVERYONE, isFact, type Mechanic, views } from '../mechanic.ts'

export interface SeatsState {
  seats: Seat[]
}

const ANY_TIME = ['lobby', 'briefing', 'running', 'paused', 'hot-wash'] as const

/** Who sits at the table. People come in through the server (`join`), never by a command of their own. */
export const seats: Mechanic<'seats', SeatsState> = {
  init: () => ({ seats: [] }),
  may: {
    'check-in': { roles: EVERYONE, phases: ['lobby', 'briefing'] },
    'change-roles': { roles: EVERYONE.filter((r) => r !== 'gm'), phases: ['lobby', 'briefing'] },
    rename: { roles: EVERYONE, phases: ['lobby', 'briefing'] },
    assign: { roles: ['gm'], phases: ANY_TIME },
    remove: { roles: ['gm'], phases: ANY_TIME },
  },
  decide(state, command, ctx) {
    const find = (id: string) => state.seats.find((s) => s.id === id && !s.roles.includes('gm'))
    const me = state.seats.find((s) => s.id === ctx.by.id)
    if (!me) return { code: 'not-yours' }
    switch (command.type) {
      case 'seats.check-in':
        if (me.heard) return { code: 'already-done' }
        me.heard = true
        ctx.emit({ type: 'seats.checked-in', seat: me.id }, me.id)
        return undefined
      case 'seats.change-roles':
        me.roles = [...new Set(command.roles)]
        ctx.emit({ type: 'seats.roles-changed', seat: me.id, roles: me.roles }, me.id)
        return undefined
      case 'seats.rename':
        me.name = command.name
        ctx.emit({ type: 'seats.renamed', seat: me.id, name: command.name }, me.id)
        return undefined
      case 'seats.assign': {
        const seat = find(command.seat)
        if (!seat) return { code: 'no-such-thing', where: 'seat' }
        seat.roles = [...new Set(command.roles)]
        ctx.emit({ type: 'seats.roles-changed', seat: seat.id, roles: seat.roles }, me.id)
        return undefined
      }
      case 'seats.remove': {
        const seat = find(command.seat)
        if (!seat) return { code: 'no-such-thing', where: 'seat' }
        state.seats = state.seats.filter((s) => s !== seat)
        ctx.emit({ type: 'seats.removed', seat: seat.id }, me.id)
        return undefined
      }
    }
  },
  react(state, { fact }) {
    if (isFact(fact, 'seats.joined'))
      state.seats.push({ id: fact.seat, name: fact.name, roles: [...fact.roles], heard: false })
  },
  view: views(EVERYONE, (state: SeatsState) => ({ seats: state.seats })),
}
