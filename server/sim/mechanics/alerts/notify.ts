import { z } from 'zod'
import { simMs } from '../../../../shared/ids.ts'
import type { Ctx } from '../../mechanic.ts'
import { type Firing, type Group, groupOf, groupTitle, isOpen, silenceOf, type State } from './state.ts'

/** A notification on its way: what the agenda carries. */
const Notice = z.strictObject({ group: z.string(), alerts: z.array(z.string()), count: z.number().int() })
type Notice = z.infer<typeof Notice>

const NEW: Group = { notices: 0, lastSentAt: null, lastNoticeAt: null }
const RANK = { page: 0, ticket: 1, info: 2 } as const

interface Candidate {
  readonly firing: Firing
  readonly title: string
  readonly severity: keyof typeof RANK
}

/** While the source of an inhibition fires, its targets are held back; told once for each firing. */
export function inhibit(state: State, ctx: Ctx): void {
  const { alerts, alerting } = ctx.scenario.spec
  const fires = new Set(state.firings.filter(isOpen).map((f) => f.rule))
  for (const firing of state.firings.filter(isOpen)) {
    const by = alerting.inhibits.find((i) => fires.has(i.source) && i.target.includes(firing.rule))?.source
    firing.inhibitedBy = by ?? null
    if (by === undefined || firing.held) continue
    firing.held = true
    const title = alerts[firing.rule]?.title ?? firing.rule
    const source = alerts[by]?.title ?? by
    ctx.emit({ type: 'alerts.inhibited', alert: firing.id, rule: firing.rule, title, by: source })
  }
}

/** Tells on-call of what fires and is not held back, group by group: at first, of news, and again while nobody acknowledges. */
export function notify(state: State, ctx: Ctx): void {
  const groups = new Map<string, Candidate[]>()
  for (const firing of state.firings) {
    const spec = ctx.scenario.spec.alerts[firing.rule]
    if (!spec || !isOpen(firing)) continue
    const group = groupOf(ctx, firing.rule, spec)
    const { title, severity } = spec
    groups.set(group, [...(groups.get(group) ?? []), { firing, title, severity }])
  }
  for (const id of Object.keys(state.groups)) if (!groups.has(id)) delete state.groups[id]
  for (const [id, all] of groups) tellGroup(state, { id, all }, ctx)
}

function tellGroup(state: State, { id, all }: { id: string; all: readonly Candidate[] }, ctx: Ctx) {
  const { alerting } = ctx.scenario.spec
  const group = (state.groups[id] ??= { ...NEW })
  const audible = all.filter(
    ({ firing, severity }) =>
      severity !== 'info' &&
      firing.inhibitedBy === null &&
      firing.acknowledged === null &&
      silenceOf(state, { rule: firing.rule, group: id }) === undefined,
  )
  const fresh = audible.filter(({ firing }) => {
    const rule = state.rules[firing.rule]
    return firing.sentAt === null && !(rule?.flapping && rule.flapTold)
  })
  const oldest = Math.min(...fresh.map(({ firing }) => firing.firedAt))
  const news =
    fresh.length > 0 &&
    (group.lastSentAt === null
      ? ctx.now - oldest >= alerting.group_wait
      : ctx.now - group.lastSentAt >= alerting.group_interval)
  const unanswered = audible.filter(({ firing, severity }) => severity === 'page' && firing.sentAt !== null)
  const again =
    unanswered.length > 0 && group.lastSentAt !== null && ctx.now - group.lastSentAt >= alerting.repeat
  if (news || again) sendNotice(state, { id, group, told: [...fresh, ...unanswered] }, ctx)
}

function sendNotice(
  state: State,
  o: { readonly id: string; readonly group: Group; readonly told: readonly Candidate[] },
  ctx: Ctx,
) {
  const { id, group } = o
  // What a watchdog says comes from outside: its way is another one.
  const outside = o.told.filter(({ firing }) => ctx.scenario.spec.alerts[firing.rule]?.watchdog)
  const told = state.path.up ? o.told : outside
  for (const { firing, title } of state.path.up ? [] : o.told) {
    if (firing.lost || firing.sentAt !== null || outside.some((c) => c.firing === firing)) continue
    firing.lost = true
    ctx.emit({ type: 'alerts.lost', alert: firing.id, rule: firing.rule, title })
  }
  if (told.length === 0) return
  group.notices += 1
  group.lastSentAt = ctx.now
  for (const { firing } of told) {
    firing.sentAt = ctx.now
    const rule = state.rules[firing.rule]
    if (rule?.flapping) rule.flapTold = true
  }
  const notice: Notice = { group: id, alerts: told.map((c) => c.firing.id), count: group.notices }
  const delay = outside.length > 0 ? 0 : state.path.delay
  if (delay <= 0) arrive(state, notice, ctx)
  else ctx.schedule(`notice:${id}:${group.notices}:${ctx.now}`, simMs(ctx.now + delay), notice)
}

/** A notification that was on its way arrives. */
export function deliver(state: State, data: unknown, ctx: Ctx): void {
  arrive(state, Notice.parse(data), ctx)
}

function arrive(state: State, notice: Notice, ctx: Ctx) {
  const told = state.firings.filter((f) => notice.alerts.includes(f.id))
  const specs = told.flatMap((f) => ctx.scenario.spec.alerts[f.rule] ?? [])
  const first = told[0]
  const spec = first && ctx.scenario.spec.alerts[first.rule]
  if (!first || !spec) return
  for (const firing of told) {
    firing.notifiedAt ??= ctx.now
    firing.notices += 1
  }
  const group = state.groups[notice.group]
  if (group) group.lastNoticeAt = ctx.now
  const severity = specs.map((s) => s.severity).reduce((a, b) => (RANK[b] < RANK[a] ? b : a))
  ctx.emit({
    type: 'alerts.notified',
    group: notice.group,
    title: told.length === 1 ? spec.title : groupTitle(ctx, first.rule, spec),
    severity,
    alerts: told.map((f) => f.id),
    titles: specs.map((s) => s.title),
    count: notice.count,
    after: ctx.now - Math.min(...told.map((f) => f.firedAt)),
  })
}
