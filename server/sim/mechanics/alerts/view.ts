import type { AlertView } from '../../../../shared/contracts/alerts.ts'
import type { ViewOf } from '../../../../shared/contracts/index.ts'
import type { ViewCtx } from '../../mechanic.ts'
import { type Firing, groupOf, groupTitle, isOpen, silenceOf, type State } from './state.ts'

function alertView(state: State, f: Firing, ctx: ViewCtx): AlertView[] {
  const { alerts } = ctx.scenario.spec
  const rule = alerts[f.rule]
  if (!rule) return []
  const group = groupOf(ctx, f.rule, rule)
  const silenced = isOpen(f) ? silenceOf(state, { rule: f.rule, group }) : undefined
  return [
    {
      id: f.id,
      rule: f.rule,
      group,
      title: rule.title,
      description: rule.description,
      severity: rule.severity,
      state: isOpen(f) ? 'firing' : 'resolved',
      firedAt: f.firedAt,
      resolvedAt: f.resolvedAt,
      acknowledged: f.acknowledged,
      notifiedAt: f.notifiedAt,
      notices: f.notices,
      inhibitedBy: f.inhibitedBy === null ? null : (alerts[f.inhibitedBy]?.title ?? f.inhibitedBy),
      silenced: silenced
        ? {
            id: silenced.id,
            by: silenced.by,
            from: silenced.from,
            until: silenced.until,
            reason: silenced.reason,
          }
        : null,
      flapping: isOpen(f) && (state.rules[f.rule]?.flapping ?? false),
      playbook: ctx.scenario.alertPlaybooks[f.rule] ?? null,
      component: rule.component ?? null,
    },
  ]
}

function shown(state: State, firings: readonly Firing[], ctx: ViewCtx): ViewOf<'alerts'> {
  const groups = new Map<string, string>()
  for (const f of firings.filter(isOpen)) {
    const rule = ctx.scenario.spec.alerts[f.rule]
    if (rule) groups.set(groupOf(ctx, f.rule, rule), groupTitle(ctx, f.rule, rule))
  }
  return {
    groupBy: ctx.scenario.spec.alerting.group_by,
    reachable: state.path.monitored,
    alerts: firings.flatMap((f) => alertView(state, f, ctx)),
    groups: [...groups].map(([id, title]) => ({
      id,
      title,
      lastNoticeAt: state.groups[id]?.lastNoticeAt ?? null,
      notices: state.groups[id]?.notices ?? 0,
    })),
    silences: state.silences,
  }
}

/** What whoever looks at the alert manager sees. Without monitoring there is none to look at: only what notifications said is left. */
export const seePlayers = (state: State, ctx: ViewCtx): ViewOf<'alerts'> =>
  shown(state, state.path.monitored ? state.firings : state.firings.filter((f) => f.notifiedAt !== null), ctx)

/** Everything, and how the path is. */
export const seeGm = (state: State, ctx: ViewCtx): ViewOf<'alerts'> => ({
  ...shown(state, state.firings, ctx),
  path: state.path,
})
