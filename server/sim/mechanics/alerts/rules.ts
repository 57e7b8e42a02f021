import { type SimMs, simMs } from '../../../../shared/ids.ts'
import { SAMPLE_MS } from '../../engine.ts'
import type { Ctx, SampleDraft } from '../../mechanic.ts'
import type { AlertSpec } from '../../scenario/alertSchema.ts'
import { burns, count, windowsOf } from './burnRate.ts'
import { type Firing, isOpen, type RuleState, type State } from './state.ts'

/** So many changes within this time are flapping. */
const FLAPPING_CHANGES = 4
const FLAPPING_MS = 10 * 60_000

/** Before play, too: counts what the burn-rate rules look back on. Without monitoring, counters stand as they were last seen. */
export function countRequests(state: State, draft: SampleDraft, ctx: Ctx): void {
  for (const [slo, span] of Object.entries(spansOf(ctx))) {
    const column = (what: string) => ctx.scenario.columnOf(`slo.${slo.replaceAll('-', '_')}.${what}`)
    const read = (what: string) => draft.values[column(what) ?? -1] ?? 0
    const c = (state.counts[slo] ??= { kept: [], usual: [0, 0] })
    const [total, bad] = state.path.monitored
      ? [read('total'), read('bad')]
      : [c.kept.at(-2) ?? 0, c.kept.at(-1) ?? 0]
    count(c, { total, bad, now: ctx.now, span })
  }
}

/** How far back each watched objective is looked at, exercise ms. */
function spansOf(ctx: Ctx): Record<string, number> {
  const spans: Record<string, number> = {}
  for (const rule of Object.values(ctx.scenario.spec.alerts)) {
    const slo = rule.burn_rate && ctx.scenario.spec.slos[rule.burn_rate.slo]
    if (!rule.burn_rate || !slo) continue
    const { severity } = rule
    for (const w of windowsOf(rule.burn_rate, { severity, period: slo.period }))
      spans[rule.burn_rate.slo] = Math.max(spans[rule.burn_rate.slo] ?? 0, w.long, w.short)
  }
  return spans
}

/** Whether a rule holds now; null when it cannot be told. */
function holds(state: State, id: string, ctx: Ctx): boolean | null {
  const { spec, expr, columnOf } = ctx.scenario
  const rule = spec.alerts[id]
  if (rule?.watchdog) return ctx.now - state.heardAt >= rule.watchdog.after
  if (rule?.absent !== undefined) {
    const column = columnOf(rule.absent)
    return column === undefined || ctx.seen.latest(column) === null
  }
  if (rule?.burn_rate) {
    const { burn_rate: burn, severity } = rule
    const slo = spec.slos[burn.slo]
    const counts = state.counts[burn.slo]
    if (!slo || !counts || !state.path.monitored) return null
    return burns(counts, windowsOf(burn, { severity, period: slo.period }), slo.objective)
  }
  const value = expr.alerts[id]?.value(ctx.seen) ?? null
  return value === null ? null : value !== false && value !== 0
}

/** Signs of life go through monitoring and the path, all the time. */
export function beat(state: State, now: SimMs): void {
  const { up, delay, monitored } = state.path
  if (up && monitored) state.beats.push(simMs(now + delay))
  const arrived = state.beats.filter((at) => at <= now)
  if (arrived.length === 0) return
  state.heardAt = simMs(Math.max(state.heardAt, ...arrived))
  state.beats = state.beats.filter((at) => at > now)
}

/** Takes every rule through pending, firing and resolved. */
export function evaluate(state: State, ctx: Ctx): void {
  for (const [id, spec] of Object.entries(ctx.scenario.spec.alerts)) {
    const rule = (state.rules[id] ??= newRule())
    calm(rule, ctx.now)
    const value = holds(state, id, ctx)
    // Unknown changes nothing: an alert neither fires nor resolves on telemetry that is not there.
    if (value === null) continue
    const open = state.firings.find((f) => f.rule === id && isOpen(f))
    if (!value) {
      rule.since = null
      if (!open) continue
      rule.clearSince ??= ctx.now
      if (ctx.now - rule.clearSince < spec.keep_firing_for) continue
      rule.clearSince = null
      open.resolvedAt = ctx.now
      open.inhibitedBy = null
      const told = open.notifiedAt !== null
      ctx.emit({ type: 'alerts.resolved', alert: open.id, rule: id, title: spec.title, told })
      changed(rule, { id, spec }, ctx)
      continue
    }
    rule.clearSince = null
    rule.since ??= ctx.now
    if (open || ctx.now - rule.since < spec.for) continue
    const firing: Firing = {
      id: ctx.id('alert'),
      rule: id,
      firedAt: ctx.now,
      resolvedAt: null,
      acknowledged: null,
      sentAt: null,
      notifiedAt: null,
      notices: 0,
      lost: false,
      held: false,
      inhibitedBy: null,
    }
    state.firings.push(firing)
    const { title, severity } = spec
    ctx.emit({ type: 'alerts.fired', alert: firing.id, rule: id, title, severity })
    changed(rule, { id, spec }, ctx)
  }
}

const newRule = (): RuleState => ({
  since: null,
  clearSince: null,
  changes: [],
  flapping: false,
  flapTold: false,
})

function calm(rule: RuleState, now: SimMs) {
  if (rule.changes.length === 0) return
  rule.changes = rule.changes.filter((at) => now - at < FLAPPING_MS)
  if (rule.changes.length < FLAPPING_CHANGES) rule.flapping = rule.flapTold = false
}

function changed(rule: RuleState, { id, spec }: { id: string; spec: AlertSpec }, ctx: Ctx) {
  rule.changes.push(ctx.now)
  if (rule.flapping || rule.changes.length < FLAPPING_CHANGES) return
  rule.flapping = true
  ctx.emit({ type: 'alerts.flapping', rule: id, title: spec.title })
}

/** How far back a sign of life may lie when play starts: one was heard at the last sample. */
export const HEARD_AT_START = simMs(-SAMPLE_MS)
