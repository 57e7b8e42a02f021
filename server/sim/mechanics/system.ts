import type { ViewOf } from '../../../shared/contracts/index.ts'
import type { Change } from '../../../shared/contracts/system.ts'
import { type SimMs, simMs } from '../../../shared/ids.ts'
import { SAMPLE_MS } from '../engine.ts'
import { type Ctx, isFact, type Mechanic, type SampleDraft, type ViewCtx } from '../mechanic.ts'
import { createPhysics, operate, type PhysicsState, takeSample, tick, totals } from '../physics/index.ts'
import type { EffectSpec, OperationSpec } from '../scenario/schema.ts'
import { WATCH_PATHS, watchBase, watchValue } from '../scenario/watchPaths.ts'
import { type ActiveEffect, activeEffects, effectOf, type HeldEffect } from './system/effects.ts'
import { type Sighting, watchSecond, watchTimes } from './system/evidence.ts'
import { writeLogs } from './system/logLines.ts'

export interface SystemState {
  physics: PhysicsState
  effects: HeldEffect[]
  changes: Change[]
  /** Active states of the incident chart, for the log lines they bring. */
  states: string[]
  /** Requests sampled since the last sample that log lines can tell of. */
  sightings: Sighting[]
}

/** Log lines and sampled requests of the last minutes before play are enough to learn what normal looks like. */
const LOGS_FROM_MS = -15 * 60_000

/** The simulated system: its physics, what is done to it, and what has changed lately. */
export const system: Mechanic<'system', SystemState> = {
  init: ({ scenario, seed }) => ({
    physics: createPhysics(scenario.model, seed),
    effects: [],
    changes: scenario.spec.history.map((c, i) => ({
      id: `change-${i + 1}`,
      at: simMs(c.at),
      kind: c.kind,
      title: c.title,
      author: c.author,
      component: c.component ?? null,
    })),
    states: [],
    sightings: [],
  }),
  may: {},
  decide: () => ({ code: 'unknown-command' }),
  second(state, ctx) {
    const { model } = ctx.scenario
    state.effects = state.effects.filter((e) => e.until === null || e.until > ctx.now)
    const effects = activeEffects(state.effects, ctx.now)
    tick(model, state.physics, { second: Math.round(ctx.now / 1000), effects })
    if (ctx.watched && isMonitored(effects) && ctx.now >= LOGS_FROM_MS) watchSecond(state, ctx)
    if (ctx.now % SAMPLE_MS !== 0) return undefined
    return sample(state, ctx)
  },
  react(state, { fact, seat }, ctx) {
    if (isFact(fact, 'incident.moved')) {
      state.states = fact.states
      for (const id of fact.left) drop(state, `state:${id}`, ctx)
      for (const id of fact.entered) {
        const meta = ctx.scenario.stateMeta[id]
        if (!meta) continue
        hold(state, { source: `state:${id}`, effects: meta.effects }, ctx)
        run(state, `state:${id}`, meta.operations, ctx)
        if (meta.change) announce(state, { ...meta.change, component: meta.change.component ?? null }, ctx)
      }
    } else if (isFact(fact, 'mitigations.started')) {
      const spec = ctx.scenario.spec.mitigations[fact.mitigation]
      if (!spec) return
      hold(state, { source: `during:${fact.run}`, effects: spec.effects_during, params: fact.params }, ctx)
      run(state, `run:${fact.run}`, spec.operations_at_start, ctx)
    } else if (isFact(fact, 'mitigations.done')) {
      const spec = ctx.scenario.spec.mitigations[fact.mitigation]
      if (!spec) return
      drop(state, `during:${fact.run}`, ctx)
      // Done again with other parameters, it replaces what it did before.
      drop(state, `mitigation:${fact.mitigation}`, ctx)
      hold(
        state,
        {
          source: `mitigation:${fact.mitigation}`,
          effects: spec.effects,
          params: fact.params,
          lasts: spec.lasts,
        },
        ctx,
      )
      run(state, `run:${fact.run}`, spec.operations, ctx)
      if (spec.change !== undefined) {
        const author = ctx.table.seats.find((s) => s.id === seat)?.name ?? 'on call'
        announce(
          state,
          { kind: spec.change_kind, title: spec.change, author, component: spec.component ?? null },
          ctx,
        )
      }
    } else if (isFact(fact, 'mitigations.failed')) {
      drop(state, `during:${fact.run}`, ctx)
    } else if (isFact(fact, 'mitigations.reverted')) {
      drop(state, `mitigation:${fact.mitigation}`, ctx)
      announce(
        state,
        { kind: 'config', title: `Reverted: ${fact.title}`, author: 'on call', component: null },
        ctx,
      )
    } else if (isFact(fact, 'injects.delivered')) {
      const effects = ctx.scenario.spec.injects[fact.inject]?.effects
      if (effects) hold(state, { source: `inject:${fact.inject}`, effects }, ctx)
    } else if (isFact(fact, 'faults.started')) {
      const { over } = fact
      const effects = fact.effects.map(({ path, op, value }): EffectSpec => ({ path, [op]: value, over }))
      const lasts = fact.until === null ? undefined : fact.until - ctx.now
      hold(state, { source: `fault:${fact.id}`, effects, lasts }, ctx)
      run(state, `fault:${fact.id}`, fact.operations, ctx)
    } else if (isFact(fact, 'faults.ended')) {
      drop(state, `fault:${fact.id}`, ctx)
    }
  },
  view: {
    gm: (state, ctx) => ({
      ...see(state, ctx),
      metrics: [...ctx.scenario.metrics],
      effects: state.effects.map(({ over: _, start: __, ...e }) => e),
    }),
    commander: see,
    operations: see,
    communications: see,
    scribe: see,
    observer: see,
  },
}

function sample(state: SystemState, ctx: Ctx): SampleDraft {
  const { model, metrics } = ctx.scenario
  const effects = activeEffects(state.effects, ctx.now)
  const measured = takeSample(model, state.physics)
  if (ctx.watched && isMonitored(effects) && ctx.now >= LOGS_FROM_MS) watchTimes(state, ctx)
  const values = metrics.map((_, i) => measured[i] ?? null)
  if (ctx.now >= LOGS_FROM_MS) writeLogs(state, ctx)
  state.sightings = []
  watchValues(values, effects, ctx)
  return { values, sources: totals(model, state.physics) }
}

/** Without monitoring there are no sampled requests and heat maps either: they are collected on the same way as samples. */
const isMonitored = (effects: readonly ActiveEffect[]): boolean =>
  watchValue('monitoring.up', 1, effects) !== 0

/** How what watches the system is, beside what it measures. */
function watchValues(values: (number | null)[], effects: readonly ActiveEffect[], ctx: Ctx) {
  for (const path of WATCH_PATHS) {
    const column = ctx.scenario.columnOf(path)
    const base = watchBase(path, ctx.scenario.spec.alerting.delay)
    if (column !== undefined) values[column] = watchValue(path, base, effects)
  }
}

function hold(
  state: SystemState,
  what: {
    source: string
    effects: readonly EffectSpec[]
    params?: Readonly<Record<string, number | string>>
    lasts?: number | undefined
  },
  ctx: Ctx,
) {
  for (const spec of what.effects) {
    const effect = effectOf({
      spec,
      source: what.source,
      params: what.params ?? {},
      now: ctx.now,
      model: ctx.scenario.model,
      held: state.effects,
      delayMs: ctx.scenario.spec.alerting.delay,
    })
    if (!effect) continue
    if (what.lasts !== undefined) effect.until = simMs(ctx.now + what.lasts)
    state.effects.push(effect)
    ctx.emit({ type: 'system.effect-started', source: what.source, path: effect.path })
  }
}

function drop(state: SystemState, source: string, ctx: Ctx) {
  for (const e of state.effects.filter((x) => x.source === source))
    ctx.emit({ type: 'system.effect-ended', source, path: e.path })
  state.effects = state.effects.filter((e) => e.source !== source)
}

function run(state: SystemState, source: string, operations: readonly OperationSpec[], ctx: Ctx) {
  for (const { operation, component, args } of operations) {
    operate(ctx.scenario.model, state.physics, { operation, component, args })
    ctx.emit({ type: 'system.operated', source, operation, component })
  }
}

function announce(state: SystemState, change: Omit<Change, 'id' | 'at'>, ctx: Ctx) {
  const at: SimMs = ctx.now
  const entry = { id: ctx.id('change'), at, ...change }
  state.changes.push(entry)
  ctx.emit({ type: 'system.changed', ...entry })
}

function see(state: SystemState, ctx: ViewCtx): ViewOf<'system'> {
  const { model, metrics, visible, spec } = ctx.scenario
  const boards = Object.entries(spec.boards).map(([id, board]) => ({
    id,
    title: board.title,
    panels: board.panels.map((p, i) => {
      const names = Array.isArray(p.metrics)
        ? p.metrics.map((m) => [m, m] as const)
        : Object.entries(p.metrics)
      const series = names.map(([metric, title]) => ({
        metric,
        title: title === metric ? (metrics.find((m) => m.name === metric)?.title ?? metric) : title,
      }))
      const unit = p.unit ?? metrics.find((m) => m.name === series[0]?.metric)?.unit ?? '1'
      return {
        id: `${id}-${i + 1}`,
        title: p.title,
        kind: p.kind,
        unit,
        series,
        threshold: p.threshold ?? null,
        width: p.width,
      }
    }),
  }))
  return {
    components: model.components.map(({ id, title, kind, description, metrics: prefix }) => ({
      id,
      title,
      kind,
      description,
      metrics: prefix,
    })),
    edges: model.edges.map(({ from, to, label }) => ({ from, to, label })),
    metrics: visible.flatMap((column) => metrics[column] ?? []),
    boards,
    changes: state.changes,
  }
}
