import type { Message } from '../../../shared/contracts/comms.ts'
import type { SeatId } from '../../../shared/ids.ts'
import type { Role } from '../../../shared/roles.ts'
import { type Ctx, EVERYONE, isFact, type Mechanic, PLAYERS } from '../mechanic.ts'

interface State {
  channel: Message[]
  /** The private line between a seat and the game master, by seat. */
  lines: Record<string, Message[]>
  /** What somebody of the simulated world wrote to one role. */
  inbox: { to: Role; message: Message }[]
}

const TALKING = ['lobby', 'briefing', 'running', 'paused', 'hot-wash'] as const

/** The war-room channel, the private line to the game master, and what the outside is told. */
export const comms: Mechanic<'comms', State> = {
  init: () => ({ channel: [], lines: {}, inbox: [] }),
  may: {
    say: { roles: [...PLAYERS, 'gm'], phases: TALKING },
    whisper: { roles: EVERYONE, phases: TALKING },
    update: { roles: ['communications', 'commander'], phases: ['running', 'paused'] },
  },
  decide(state, command, ctx) {
    const by = ctx.by
    switch (command.type) {
      case 'comms.say': {
        const m = message(ctx, { seat: by.id, from: by.name, text: command.text, kind: 'message' })
        state.channel.push(m)
        ctx.emit({ type: 'comms.said', message: m.id, seat: by.id, text: m.text }, by.id)
        return undefined
      }
      case 'comms.whisper': {
        const isGm = by.roles.includes('gm')
        const other = isGm
          ? ctx.table.seats.find((s) => s.id === command.to && !s.roles.includes('gm'))
          : ctx.table.seats.find((s) => s.roles.includes('gm'))
        if (!other || (!isGm && command.to !== null && command.to !== other.id))
          return { code: 'no-such-thing', where: 'to' }
        const m = message(ctx, { seat: by.id, from: by.name, text: command.text, kind: 'message' })
        const player: SeatId = isGm ? other.id : by.id
        ;(state.lines[player] ??= []).push(m)
        ctx.emit({ type: 'comms.whispered', message: m.id, from: by.id, to: other.id, text: m.text }, by.id)
        return undefined
      }
      case 'comms.update': {
        const { audience, text } = command
        const m = message(ctx, { seat: by.id, from: by.name, text, kind: audience })
        state.channel.push(m)
        ctx.emit({ type: 'comms.updated', message: m.id, seat: by.id, audience, text }, by.id)
        return undefined
      }
    }
  },
  react(state, { fact }, ctx) {
    if (!isFact(fact, 'injects.delivered')) return
    const m = message(ctx, { seat: null, from: fact.from, text: fact.text, kind: 'inject' })
    const { to } = fact
    // A letter to a role that nobody holds is read by everybody rather than by nobody.
    if (to === 'all' || !ctx.table.seats.some((s) => s.roles.includes(to))) state.channel.push(m)
    else state.inbox.push({ to, message: m })
  },
  view: {
    gm: (state) => ({ channel: state.channel, lines: state.lines }),
    commander: ({ channel }) => ({ channel }),
    operations: ({ channel }) => ({ channel }),
    communications: ({ channel }) => ({ channel }),
    scribe: ({ channel }) => ({ channel }),
    observer: ({ channel }) => ({ channel }),
  },
  mine: (state, seat, ctx) => ({
    line: state.lines[seat.id] ?? [],
    handouts: seat.roles.flatMap((r) => (r === 'gm' ? [] : (ctx.scenario.spec.handouts[r] ?? []))),
    inbox: state.inbox.filter((i) => seat.roles.includes(i.to)).map((i) => i.message),
  }),
}

const message = (ctx: Ctx, parts: Pick<Message, 'seat' | 'from' | 'text' | 'kind'>): Message => ({
  id: ctx.id('msg'),
  at: ctx.now,
  wall: ctx.wall,
  ...parts,
})
