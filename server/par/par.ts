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
  /** From `begin`, to save beginning once more. */
  readonly begun?: Headless
}

/** Exercise time computed between two breaths. */
const SLICE_MS = 60_000

const endOf = (scenario: Scenario) => scenario.spec.minutes * 60_000

/**
 * An exercise of this scenario and seed that has just begun, with as many hands as the search needs. It takes as long
 * as its simulated past, in one piece; both runs below can start from a fork of the same one.
 */
export function begin(scenario: Scenario, seed: number): Headless {
  const hands = plansOf(scenario).flatMap((p) => p.moves.map((m) => m.hand + 1))
  return beginHeadless(createSim(scenario, { watched: false }), { seed, hands: Math.max(1, ...hands) })
}

function finish(run: Headless) {
  if (run.playing) run.ask(0, { type: 'lifecycle.finish' })
}

/** How the scenario comes out in `minutes` exercise minutes when nobody does anything (the planned length by default). */
export async function idleOutcome(options: ParOptions & { readonly minutes?: number }): Promise<Outcome> {
  const { scenario, seed, breathe, begun = begin(scenario, seed) } = options
  const run = begun.fork()
  const end = options.minutes === undefined ? endOf(scenario) : options.minutes * 60_000
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

/** Resolved before unresolved, then the smaller share of the budget, then the earlier end. */
function better(a: Outcome, b: Outcome): boolean {
  if ((a.ttr === null) !== (b.ttr === null)) return a.ttr !== null
  if (a.budgetSpent !== b.budgetSpent) return a.budgetSpent < b.budgetSpent
  return (a.ttr ?? Infinity) < (b.ttr ?? Infinity)
}

/**
 * The run with the smallest share of error budget spent among those that resolve the incident, as far as a coarse
 * search finds it: the author's solution and each right action alone, begun 30 s and 120 s after detection, dice off.
 * It is the best found, not a proof that there is nothing better; doing nothing (`idle`) is what it must beat.
 */
export async function bestFound(options: ParOptions & { readonly idle: Outcome }): Promise<Outcome> {
  const { scenario, seed, breathe, idle, begun = begin(scenario, seed) } = options
  const detected = begun.fork()
  for (let n = 0; detected.playing && detected.now < endOf(scenario); n++) {
    if (detected.facts.some((f) => f.fact.type === 'alerts.fired')) break
    if (n % (SLICE_MS / RETRY_MS) === 0) await breathe()
    detected.advance(detected.now + RETRY_MS)
  }
  let best = { ...idle, label: 'Best found' }
  for (const plan of plansOf(scenario)) {
    const limit = best.ttr === null ? Infinity : best.budgetSpent
    const outcome = await play(detected.fork(), { plan, scenario, breathe, limit })
    if (outcome && better(outcome, best)) best = outcome
  }
  return best
}
