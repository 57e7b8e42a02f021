import type { Outcome } from '../../shared/record.ts'
import type { Scenario } from '../sim/scenario/scenario.ts'
import { createSim } from '../sim/sim.ts'
import { beginHeadless, type Headless } from './headless.ts'
import { follow, type Plan, plansOf, RETRY_MS } from './plan.ts'

/** Lets others have their turn: whoever runs this on an event loop hands in something like `setImmediate`. */
export type Breathe = () => Promise<void>
export interface ParOptions {
  readonly scenario: Scenario
  readonly seed: number
  readonly breathe: Breathe
}

/** Exercise time computed between two breaths. */
const SLICE_MS = 60_000

const endOf = (scenario: Scenario) => scenario.spec.minutes * 60_000

function finish(run: Headless) {
  if (run.playing) run.ask(0, { type: 'lifecycle.finish' })
}

/** How the scenario comes out in `minutes` exercise minutes when nobody does anything (the planned length by default). */
export async function idleOutcome({
  scenario,
  seed,
  breathe,
  minutes,
}: ParOptions & { readonly minutes?: number }): Promise<Outcome> {
  const run = beginHeadless(createSim(scenario), { seed, hands: 1 })
  const end = minutes === undefined ? endOf(scenario) : minutes * 60_000
  while (run.playing && run.now < end) {
    await breathe()
    run.advance(Math.min(end, run.now + SLICE_MS))
  }
  finish(run)
  return run.outcome('Nobody acting')
}

/** Plays one plan to its end; null as soon as it has cost more than `limit` of the budget. */
async function play(
  run: Headless,
  options: { plan: Plan; scenario: Scenario; breathe: Breathe; limit: number },
): Promise<Outcome | null> {
  const { plan, scenario, breathe, limit } = options
  const hands = follow(plan, scenario, run.now)
  const end = endOf(scenario)
  let busy = true
  let breath: number = run.now
  while (run.playing && run.now < end) {
    if (run.now >= breath) {
      await breathe()
      if (run.spent > limit) return null
      breath = run.now + SLICE_MS
    }
    if (busy) busy = hands.act(run)
    run.advance(Math.min(end, busy ? run.now + RETRY_MS : breath))
  }
  finish(run)
  return run.outcome('Best found')
}

const better = (a: Outcome, b: Outcome) =>
  a.budgetSpent < b.budgetSpent ||
  (a.budgetSpent === b.budgetSpent &&
    ((a.ttr ?? Infinity) < (b.ttr ?? Infinity) || (a.ttm ?? Infinity) < (b.ttm ?? Infinity)))

/**
 * The run with the smallest share of error budget spent that a coarse search finds: the author's solution and each
 * right action alone, begun 30 s and 120 s after detection, dice off. It is the best found, not a proof that there is
 * nothing better; `idle` (doing nothing) is what it must beat. Breathes between minutes of exercise time.
 */
export async function bestFound({
  scenario,
  seed,
  breathe,
  idle,
}: ParOptions & { readonly idle: Outcome }): Promise<Outcome> {
  const plans = plansOf(scenario)
  const hands = Math.max(1, ...plans.map((p) => Math.max(0, ...p.moves.map((m) => m.hand)) + 1))
  const detected = beginHeadless(createSim(scenario), { seed, hands })
  for (let n = 0; detected.playing && detected.now < endOf(scenario); n++) {
    if (detected.facts.some((f) => f.fact.type === 'alerts.fired')) break
    if (n % (SLICE_MS / RETRY_MS) === 0) await breathe()
    detected.advance(detected.now + RETRY_MS)
  }
  let best = { ...idle, label: 'Best found' }
  for (const plan of plans) {
    const outcome = await play(detected.fork(), { plan, scenario, breathe, limit: best.budgetSpent })
    if (outcome && better(outcome, best)) best = outcome
  }
  return best
}
