import type { ViewOf } from '../../../shared/contracts/index.ts'
import { type SimMs, simMs } from '../../../shared/ids.ts'
import { SAMPLE_MS } from '../engine.ts'
import { type Ctx, isFact, type Mechanic, type SampleDraft, type ViewCtx } from '../mechanic.ts'
import type { SloSpec } from '../scenario/schema.ts'

/** The SLI counts over this window. */
const WINDOW_MS = 60_000
/** Beyond its objective this long is impact; within it this long is the end of it. */
const STARTS_AFTER_MS = 60_000
const ENDS_AFTER_MS = 120_000
const TOLD_EVERY_MS = 60_000
const KEPT = WINDOW_MS / SAMPLE_MS + 1

interface Slo {
  /** Cumulative counts at the newest samples, oldest first: total and bad. */
  counts: [number, number][]
  /** What the counts were when play started; null before. */
  from: [number, number] | null
  /** Requests a second in the healthy past: what the budget's period is reckoned with. */
  usualRate: number
  beyondSince: SimMs | null
  withinSince: SimMs | null
  impact: boolean
  impactMs: number
}
interface State {
  slos: Record<string, Slo>
  ratings: Record<string, { rating: 'P' | 'S' | 'M' | 'U'; why: string }>
  toldAt: SimMs
}

const PHASES = ['briefing', 'running', 'paused', 'hot-wash'] as const

/** Service-level objectives: SLI, burn rate, error budget, and when users are hurt. */
export const objectives: Mechanic<'objectives', State> = {
  init: ({ scenario }) => ({
    slos: Object.fromEntries(
      Object.keys(scenario.spec.slos).map((id) => [
        id,
        {
          counts: [],
          from: null,
          usualRate: 0,
          beyondSince: null,
          withinSince: null,
          impact: false,
          impactMs: 0,
        },
      ]),
    ),
    ratings: {},
    toldAt: simMs(0),
  }),
  may: { rate: { roles: ['gm'], phases: PHASES } },
  decide(state, { objective, rating, why }, ctx) {
    if (!Object.hasOwn(ctx.scenario.spec.objectives, objective))
      return { code: 'no-such-thing', where: 'objective' }
    state.ratings[objective] = { rating, why }
    ctx.emit({ type: 'objectives.rated', objective, rating, why }, ctx.by.id)
    return undefined
  },
  react(state, { fact }, ctx) {
    if (isFact(fact, 'lifecycle.started')) {
      for (const slo of Object.values(state.slos)) slo.from = slo.counts.at(-1) ?? [0, 0]
    }
    if (isFact(fact, 'lifecycle.finished')) tell(state, ctx)
  },
  fill(state, draft, ctx) {
    for (const [id, spec] of Object.entries(ctx.scenario.spec.slos)) {
      const slo = state.slos[id]
      if (slo) fillOne({ id, spec, slo, draft, ctx })
    }
  },
  sampled(state, ctx) {
    for (const [id, spec] of Object.entries(ctx.scenario.spec.slos)) {
      const slo = state.slos[id]
      if (slo) watch(id, spec, slo, ctx)
    }
    if (ctx.now - state.toldAt >= TOLD_EVERY_MS) tell(state, ctx)
  },
  view: {
    gm: (state, ctx) => ({ ...see(state, { ...ctx, seen: ctx.truth }), ratings: state.ratings }),
    commander: see,
    operations: see,
    communications: see,
    scribe: see,
    observer: see,
  },
}

/** Good requests of all in the window; no requests at all means nobody was hurt. */
function sliOf(slo: Slo): number {
  const first = slo.counts[0]
  const last = slo.counts.at(-1)
  if (!first || !last || last[0] - first[0] <= 0) return 1
  // Counts are sums of shares of requests: rounding may leave a hair's breadth below nothing.
  return Math.max(0, 1 - (last[1] - first[1]) / (last[0] - first[0]))
}
const badPerMinute = (slo: Slo): number =>
  ((slo.counts.at(-1)?.[1] ?? 0) - (slo.counts[0]?.[1] ?? 0)) *
  (WINDOW_MS / Math.max(SAMPLE_MS, (slo.counts.length - 1) * SAMPLE_MS))

/**
 * Share of the error budget spent since play started: bad requests over (1 − objective) × the requests that the
 * budget's period would bring at the usual rate (SRE Workbook, ch. 2).
 */
function spentOf(slo: Slo, spec: SloSpec): number {
  if (!slo.from) return 0
  const bad = (slo.counts.at(-1)?.[1] ?? 0) - slo.from[1]
  const budget = (1 - spec.objective) * slo.usualRate * (spec.period / 1000)
  return budget > 0 ? Math.max(0, bad) / budget : 0
}

function fillOne(o: { id: string; spec: SloSpec; slo: Slo; draft: SampleDraft; ctx: Ctx }) {
  const { id, spec, slo, draft, ctx } = o
  const source = draft.sources[spec.traffic]
  if (!source) return
  const before = slo.counts.at(-1)
  const counted = source.bad + (spec.latency === undefined ? 0 : source.slow(spec.latency / 1000))
  // A counter only ever grows, whatever rounding does to a sum of shares.
  const bad = Math.max(counted, before?.[1] ?? 0)
  if (!slo.from && before) {
    // Smoothed over about ten minutes of the past.
    const rate = (source.total - before[0]) / (SAMPLE_MS / 1000)
    slo.usualRate = slo.usualRate === 0 ? rate : slo.usualRate + (rate - slo.usualRate) / 120
  }
  slo.counts = [...slo.counts.slice(-(KEPT - 1)), [source.total, bad]]
  const sli = sliOf(slo)
  const name = `slo.${id.replaceAll('-', '_')}`
  const put = (metric: string, value: number) => {
    const column = ctx.scenario.columnOf(`${name}.${metric}`)
    if (column !== undefined) draft.values[column] = value
  }
  put('sli', sli)
  put('burn_rate', (1 - sli) / (1 - spec.objective))
  put('budget_left', 1 - spentOf(slo, spec))
  put('bad_per_s', badPerMinute(slo) / 60)
  put('total', source.total)
  put('bad', bad)
}

function watch(id: string, spec: SloSpec, slo: Slo, ctx: Ctx) {
  const beyond = sliOf(slo) < spec.objective
  if (slo.impact) slo.impactMs += SAMPLE_MS
  if (beyond) {
    slo.withinSince = null
    slo.beyondSince ??= ctx.now
    if (slo.impact || ctx.now - slo.beyondSince < STARTS_AFTER_MS) return
    slo.impact = true
    slo.impactMs += ctx.now - slo.beyondSince
    ctx.emit({ type: 'objectives.impact-started', slo: id, since: slo.beyondSince })
    return
  }
  slo.beyondSince = null
  slo.withinSince ??= ctx.now
  if (!slo.impact || ctx.now - slo.withinSince < ENDS_AFTER_MS) return
  slo.impact = false
  slo.impactMs -= ctx.now - slo.withinSince
  ctx.emit({ type: 'objectives.impact-ended', slo: id, since: slo.withinSince })
}

function tell(state: State, ctx: Ctx) {
  state.toldAt = ctx.now
  for (const [id, spec] of Object.entries(ctx.scenario.spec.slos)) {
    const slo = state.slos[id]
    const last = slo?.counts.at(-1)
    if (!slo?.from || !last) continue
    const { impactMs } = slo
    ctx.emit({
      type: 'objectives.measured',
      slo: id,
      total: last[0] - slo.from[0],
      bad: last[1] - slo.from[1],
      spent: spentOf(slo, spec),
      impactMs,
    })
  }
}

function see(state: State, ctx: ViewCtx): ViewOf<'objectives'> {
  const slos = Object.entries(ctx.scenario.spec.slos).map(([id, spec]) => {
    const read = (metric: string) => {
      const column = ctx.scenario.columnOf(`slo.${id.replaceAll('-', '_')}.${metric}`)
      return column === undefined ? null : ctx.seen.latest(column)
    }
    const bad = read('bad_per_s')
    return {
      id,
      title: spec.title,
      objective: spec.objective,
      sli: read('sli'),
      burnRate: read('burn_rate'),
      budgetLeft: read('budget_left'),
      badPerMinute: bad === null ? null : bad * 60,
      // Known from what can be seen: without monitoring nobody can say.
      impact: bad === null ? null : (state.slos[id]?.impact ?? null),
    }
  })
  const goals = Object.entries(ctx.scenario.spec.objectives).map(([id, title]) => ({ id, title }))
  return { slos, goals }
}
