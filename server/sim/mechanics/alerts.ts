import type { Seat } from '../../../shared/contracts/seats.ts'
import { type Mechanic, type Permission, PLAYERS, type ViewCtx } from '../mechanic.ts'
import { deliver, inhibit, notify } from './alerts/notify.ts'
import { readPath } from './alerts/path.ts'
import { beat, countRequests, evaluate, HEARD_AT_START } from './alerts/rules.ts'
import { endSilence, silence } from './alerts/silences.ts'
import type { State } from './alerts/state.ts'
import { seeGm, seePlayers } from './alerts/view.ts'

const PLAYING = ['running', 'paused'] as const
const ACKNOWLEDGE: Permission = { roles: PLAYERS, phases: PLAYING }
const SILENCE: Permission = { roles: ['operations', 'commander'], phases: PLAYING }
const allows = ({ roles, phases }: Permission, seat: Seat, { table }: ViewCtx): boolean =>
  phases.includes(table.phase) && seat.roles.some((r) => roles.includes(r))

/** Alerting rules over what players can see, the notifications they become, and the way those take to on-call. */
export const alerts: Mechanic<'alerts', State> = {
  init: () => ({
    rules: {},
    firings: [],
    groups: {},
    silences: [],
    counts: {},
    path: { up: true, delay: 0, monitored: true },
    beats: [],
    heardAt: HEARD_AT_START,
  }),
  may: {
    acknowledge: ACKNOWLEDGE,
    silence: SILENCE,
    unsilence: SILENCE,
  },
  decide(state, command, ctx) {
    switch (command.type) {
      case 'alerts.acknowledge': {
        const firing = state.firings.find((f) => f.id === command.alert)
        if (!firing) return { code: 'no-such-thing', where: 'alert' }
        if (firing.acknowledged) return { code: 'already-done' }
        firing.acknowledged = { by: ctx.by.id, at: ctx.now }
        const title = ctx.scenario.spec.alerts[firing.rule]?.title ?? firing.rule
        const { id: alert, rule } = firing
        ctx.emit({ type: 'alerts.acknowledged', alert, rule, title, seat: ctx.by.id }, ctx.by.id)
        return undefined
      }
      case 'alerts.silence':
        return silence(state, command, ctx)
      case 'alerts.unsilence': {
        const found = state.silences.find((s) => s.id === command.silence)
        if (!found) return { code: 'no-such-thing', where: 'silence' }
        endSilence(state, { silence: found, seat: ctx.by.id }, ctx)
        return undefined
      }
    }
  },
  fill(state, draft, ctx) {
    readPath(state, draft, ctx)
    countRequests(state, draft, ctx)
  },
  sampled(state, ctx) {
    beat(state, ctx.now)
    evaluate(state, ctx)
    inhibit(state, ctx)
    notify(state, ctx)
  },
  due(state, { key, data }, ctx) {
    if (key.startsWith('notice:')) {
      deliver(state, data, ctx)
      return
    }
    const ended = state.silences.find((s) => key === `silence:${s.id}`)
    if (ended) endSilence(state, { silence: ended, seat: null }, ctx)
  },
  view: {
    gm: seeGm,
    commander: seePlayers,
    operations: seePlayers,
    communications: seePlayers,
    scribe: seePlayers,
    observer: seePlayers,
  },
  mine: (_state, seat, ctx) => ({
    mayAcknowledge: allows(ACKNOWLEDGE, seat, ctx),
    maySilence: allows(SILENCE, seat, ctx),
  }),
}
