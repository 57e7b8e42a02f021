import type { ViewOf } from '../../../shared/contracts/index.ts'
import { type SimMs, simMs } from '../../../shared/ids.ts'
import { accepts, type Chart, type ChartMove, lookChart, sendChart, startChart } from '../chart.ts'
import { type Ctx, isFact, type Mechanic, type ViewCtx } from '../mechanic.ts'

interface State {
  /** Null before play starts. */
  chart: Chart | null
  states: string[]
  /** Of the chart, or a fault that the game master keeps up. */
  causePresent: boolean
  chartCause: boolean
  /** Faults running that count as a cause, by id; and whether there ever was one. */
  faults: string[]
  hadFault: boolean
  /** Each condition's last answer; a move of the chart asks them all anew. */
  was: Record<string, boolean>
  /** Objectives that are broken right now. */
  broken: string[]
  /** Since when the cause is gone and every objective holds. */
  calmSince: SimMs | null
  resolvedAt: SimMs | null
  path: { at: SimMs; event: string; states: string[] }[]
}

// Chart and conditions may feed one another (`always`, effects on metrics come later); more moves in one moment is a loop.
const MOST_MOVES = 100

/** The incident as it really is: a statechart that hears mitigations, injects, conditions and the clock. */
export const incident: Mechanic<'incident', State> = {
  init: () => ({
    chart: null,
    states: [],
    causePresent: false,
    chartCause: false,
    faults: [],
    hadFault: false,
    was: {},
    broken: [],
    calmSince: null,
    resolvedAt: null,
    path: [],
  }),
  may: { nudge: { roles: ['gm'], phases: ['running', 'paused'] } },
  decide(state, command, ctx) {
    return send(state, command.event, ctx) ? undefined : { code: 'unavailable', where: 'event' }
  },
  react(state, { fact }, ctx) {
    if (isFact(fact, 'lifecycle.started')) {
      moved(state, startChart(ctx.scenario.machine), 'start', ctx)
    } else if (isFact(fact, 'mitigations.done')) {
      const event = ctx.scenario.spec.mitigations[fact.mitigation]?.event
      if (event) send(state, event, ctx)
    } else if (isFact(fact, 'injects.delivered')) {
      const event = ctx.scenario.spec.injects[fact.inject]?.event
      if (event) send(state, event, ctx)
    } else if (isFact(fact, 'objectives.impact-started')) {
      if (!state.broken.includes(fact.slo)) state.broken.push(fact.slo)
    } else if (isFact(fact, 'objectives.impact-ended')) {
      state.broken = state.broken.filter((s) => s !== fact.slo)
    } else if (isFact(fact, 'faults.started')) {
      if (!fact.cause) return
      state.hadFault = true
      if (!fact.instant) state.faults.push(fact.id)
      weighCause(state, ctx)
    } else if (isFact(fact, 'faults.ended')) {
      state.faults = state.faults.filter((id) => id !== fact.id)
      weighCause(state, ctx)
    }
  },
  due(state, item, ctx) {
    // Only ever what the chart itself put on the agenda: people never send raw chart events.
    const event = (item.data as { event?: unknown } | null)?.event
    if (typeof event === 'string') send(state, event, ctx)
  },
  sampled(state, ctx) {
    for (let n = 0; n < MOST_MOVES; n++) {
      const event = Object.entries(ctx.scenario.expr.conditions).find(([name, expr]) => {
        const is = expr.value(ctx.truth) === true
        const rising = is && !state.was[name]
        state.was[name] = is
        return rising
      })?.[0]
      if (event === undefined) break
      send(state, event, ctx)
    }
    settleResolved(state, ctx)
  },
  view: {
    gm: see,
    commander: 'hidden',
    operations: 'hidden',
    communications: 'hidden',
    scribe: 'hidden',
    observer: 'hidden',
  },
}

function truths(ctx: ViewCtx): Record<string, boolean> {
  return Object.fromEntries(
    Object.entries(ctx.scenario.guards).map(([source, expr]) => [source, expr.value(ctx.truth) === true]),
  )
}

function send(state: State, type: string, ctx: Ctx): boolean {
  if (!state.chart) return false
  const move = sendChart(ctx.scenario.machine, state.chart, { type, truths: truths(ctx) } as { type: string })
  if (!move) return false
  moved(state, move, type, ctx)
  return true
}

function moved(state: State, move: ChartMove, event: string, ctx: Ctx) {
  const entered = move.states.filter((s) => !state.states.includes(s))
  const left = state.states.filter((s) => !move.states.includes(s))
  state.chart = move.chart
  state.states = [...move.states]
  // A condition that already holds must count in the new state, too.
  state.was = {}
  for (const id of move.timers.cancel) ctx.cancel(id)
  for (const t of move.timers.start) ctx.schedule(t.id, simMs(ctx.now + t.after), { event: t.event.type })
  state.path.push({ at: ctx.now, event, states: state.states })
  ctx.emit({ type: 'incident.moved', event, entered, left, states: state.states })
  state.chartCause = move.tags.includes('cause-present')
  weighCause(state, ctx)
}

/** There is a cause while the chart says so or a fault is kept up by hand. One that comes back undoes "resolved". */
function weighCause(state: State, ctx: Ctx) {
  const present = state.chartCause || state.faults.length > 0
  if (present === state.causePresent) return
  state.causePresent = present
  if (present) state.resolvedAt = null
  ctx.emit(present ? { type: 'incident.cause-appeared' } : { type: 'incident.cause-removed' })
}

/** Resolved: there was a cause, it is gone, and the objectives have held for the settle time. */
function settleResolved(state: State, ctx: Ctx) {
  const everHadCause =
    state.path.length > 0 &&
    (state.causePresent ||
      state.hadFault ||
      state.calmSince !== null ||
      ctx.scenario.causeStates.some((id) => state.path.some((p) => p.states.includes(id))))
  const calm = everHadCause && !state.causePresent && state.broken.length === 0
  if (!calm) {
    state.calmSince = null
    return
  }
  state.calmSince ??= ctx.now
  if (state.resolvedAt === null && ctx.now - state.calmSince >= ctx.scenario.spec.incident.settle) {
    state.resolvedAt = ctx.now
    ctx.emit({ type: 'incident.resolved' })
  }
}

function see(state: State, ctx: ViewCtx): ViewOf<'incident'> {
  const { nodes, edges } = ctx.scenario.chartView
  const events = [...new Set(edges.map((e) => e.label.split(' ')[0] ?? ''))].filter((e) =>
    /^[A-Z][A-Z0-9_]*$/.test(e),
  )
  const with_ = events.map((type) => ({ type, truths: truths(ctx) }))
  return {
    truth: ctx.scenario.spec.incident.truth,
    nodes: [...nodes],
    edges: [...edges],
    active: state.chart ? [...lookChart(ctx.scenario.machine, state.chart).states] : [],
    accepts: state.chart ? accepts(ctx.scenario.machine, state.chart, with_) : [],
    causePresent: state.causePresent,
    resolvedAt: state.resolvedAt,
    path: state.path,
  }
}
