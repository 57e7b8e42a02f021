import type { AlertView } from '../../../shared/contracts/alerts.ts'
import type { SimMs } from '../../../shared/ids.ts'
import { type Mechanic, PLAYERS, type ViewCtx } from '../mechanic.ts'

interface Firing {
  id: string
  rule: string
  firedAt: SimMs
  resolvedAt: SimMs | null
  acknowledged: AlertView['acknowledged']
}
interface State {
  /** Since when each rule's expression has been true without a break. */
  pending: Record<string, SimMs | null>
  firings: Firing[]
}

function see(state: State, ctx: ViewCtx): { alerts: AlertView[] } {
  const alerts = state.firings.flatMap((f) => {
    const rule = ctx.scenario.spec.alerts[f.rule]
    if (!rule) return []
    return {
      ...f,
      title: rule.title,
      description: rule.description,
      severity: rule.severity,
      state: f.resolvedAt === null ? ('firing' as const) : ('resolved' as const),
      playbook: ctx.scenario.alertPlaybooks[f.rule] ?? null,
      component: rule.component ?? null,
    }
  })
  return { alerts }
}

/** Alerting rules over what players can see: pending, firing, resolved, acknowledged. */
export const alerts: Mechanic<'alerts', State> = {
  init: () => ({ pending: {}, firings: [] }),
  may: { acknowledge: { roles: PLAYERS, phases: ['running', 'paused'] } },
  decide(state, command, ctx) {
    const firing = state.firings.find((f) => f.id === command.alert)
    if (!firing) return { code: 'no-such-thing', where: 'alert' }
    if (firing.acknowledged) return { code: 'already-done' }
    firing.acknowledged = { by: ctx.by.id, at: ctx.now }
    const title = ctx.scenario.spec.alerts[firing.rule]?.title ?? firing.rule
    ctx.emit(
      { type: 'alerts.acknowledged', alert: firing.id, rule: firing.rule, title, seat: ctx.by.id },
      ctx.by.id,
    )
    return undefined
  },
  sampled(state, ctx) {
    for (const [id, rule] of Object.entries(ctx.scenario.spec.alerts)) {
      const value = ctx.scenario.expr.alerts[id]?.value(ctx.seen) ?? null
      // Unknown changes nothing: an alert neither fires nor resolves on telemetry that is not there.
      if (value === null) continue
      const open = state.firings.find((f) => f.rule === id && f.resolvedAt === null)
      if (value === false || value === 0) {
        state.pending[id] = null
        if (!open) continue
        open.resolvedAt = ctx.now
        ctx.emit({ type: 'alerts.resolved', alert: open.id, rule: id, title: rule.title })
        continue
      }
      const since = (state.pending[id] ??= ctx.now)
      if (open || ctx.now - since < rule.for) continue
      const firing: Firing = {
        id: ctx.id('alert'),
        rule: id,
        firedAt: ctx.now,
        resolvedAt: null,
        acknowledged: null,
      }
      state.firings.push(firing)
      ctx.emit({
        type: 'alerts.fired',
        alert: firing.id,
        rule: id,
        title: rule.title,
        severity: rule.severity,
      })
    }
  },
  view: { gm: see, commander: see, operations: see, communications: see, scribe: see, observer: see },
}
