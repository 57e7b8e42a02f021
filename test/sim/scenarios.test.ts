import { describe, expect, it } from 'vitest'
import { exercise, minutes, mitigate, type Played, SHIPPED, simOf } from '../support/exercise.ts'

/** Scenarios with a story: a sandbox has no cause, and so nothing to solve. */
const INCIDENTS = SHIPPED.filter((slug) => simOf(slug).scenario.spec.kind === 'incident')

/** The share of the error budget spent and the bad requests, from the last thing the objectives said. */
function impact(e: Played) {
  e.as('gm').does({ type: 'lifecycle.finish' })
  const last = e.facts.filter((f) => f.type === 'objectives.measured').at(-1)
  if (!last) throw new Error('nothing was measured')
  return { spent: last.spent, bad: last.bad }
}
const over = (e: Played) => e.facts.some((f) => f.type === 'incident.resolved')

/** The author's right path, begun a minute after the first alert, perhaps with something else before it. */
function solve(e: Played, first: (e: Played) => void = () => {}): Played {
  waitForAlert(e)
  e.after(minutes(1))
  first(e)
  for (const step of e.sim.scenario.spec.solution) {
    if (step.wait > 0) e.after(step.wait)
    mitigate(e, step.mitigation, step.params)
  }
  return e
}
function waitForAlert(e: Played): Played {
  for (let i = 0; i < 120 && !e.facts.some((f) => f.type === 'alerts.fired'); i++) e.after(15_000)
  expect(e.facts.some((f) => f.type === 'alerts.fired')).toBe(true)
  return e
}
/** Time passes until the scenario's hour is over. */
const toTheEnd = (e: Played) => e.after(minutes(e.sim.scenario.spec.minutes) - e.world.now)

/** The tempting wrong move of each scenario. */
const WRONG: Readonly<Record<string, string>> = {
  'cold-cache': 'restart-cache',
  'bad-deploy-404': 'finish-rollout',
  'growing-object': 'restart-recommender',
}

describe.each(INCIDENTS)('%s', { timeout: 120_000 }, (slug) => {
  it('is quiet before the incident: no alert in the healthy past', () => {
    const e = exercise(slug).started().after(minutes(1))
    expect(e.facts.filter((f) => f.type === 'alerts.fired')).toEqual([])
    const slo = e.as('operations').sees().objectives?.slos[0]
    expect(slo?.sli).toBeGreaterThan(slo?.objective ?? 1)
  })

  it('burns the budget when nobody does anything, and does not heal by itself', () => {
    const e = toTheEnd(exercise(slug).started())
    const { spent, bad } = impact(e)
    console.log(`${slug} idle: spent ${spent.toFixed(3)} of the budget, ${Math.round(bad)} bad requests`)
    expect(spent).toBeGreaterThan(0.1)
    expect(over(e)).toBe(false)
  })

  it('is resolved by the right path, for a fraction of the impact', () => {
    const idle = impact(toTheEnd(exercise(slug).started()))
    const e = toTheEnd(solve(exercise(slug).started()))
    const at = e.log.flatMap((l) => l.facts).find((f) => f.fact.type === 'incident.resolved')?.at
    const { spent } = impact(e)
    console.log(
      `${slug} right path: spent ${spent.toFixed(3)}, resolved at ${((at ?? NaN) / 60_000).toFixed(1)} min`,
    )
    expect(over(e)).toBe(true)
    expect(spent).toBeLessThan(idle.spent / 2)
  })

  it('is hurt visibly more when the tempting wrong move comes first', () => {
    const wrong = WRONG[slug]
    if (wrong === undefined) throw new Error(`name the tempting move of ${slug}`)
    const right = impact(toTheEnd(solve(exercise(slug).started())))
    const tempted = impact(toTheEnd(solve(exercise(slug).started(), (e) => mitigate(e, wrong))))
    console.log(
      `${slug}: spent ${tempted.spent.toFixed(4)} with ${wrong} first, ${right.spent.toFixed(4)} without`,
    )
    expect(tempted.bad).toBeGreaterThan(right.bad * 1.1)
  })
})

describe('cold-cache', { timeout: 60_000 }, () => {
  /** Load is shed, the cache fills, everybody is let in again; a minute later something happens, and then five minutes pass. */
  const readmitted = (then: (e: Played) => void) => {
    const e = waitForAlert(exercise('cold-cache').started())
    mitigate(e, 'shed-at-edge', { amount: 0.8 }).after(minutes(4))
    const filled = e.metric('product_cache.hit_ratio') ?? 0
    mitigate(e, 'stop-shedding').after(minutes(1))
    then(e)
    return { e: e.after(minutes(5)), filled }
  }

  it('shedding load lets the cache fill, so that everybody can be let in again', () => {
    const { e, filled } = readmitted(() => {})
    expect(filled).toBeGreaterThan(0.5)
    expect(e.metric('product_cache.hit_ratio')).toBeGreaterThan(0.85)
    expect(e.metric('storefront.error_ratio')).toBeLessThan(0.01)
  })

  it('restarting the cache again empties it and brings the outage back', () => {
    const { e } = readmitted((x) => mitigate(x, 'restart-cache'))
    expect(e.metric('product_cache.hit_ratio')).toBeLessThan(0.5)
    expect(e.metric('storefront.error_ratio')).toBeGreaterThan(0.5)
  })

  it('too little shedding leaves the database too slow to fill the cache', () => {
    const e = waitForAlert(exercise('cold-cache').started())
    mitigate(e, 'shed-at-edge', { amount: 0.4 }).after(minutes(6))
    expect(e.metric('product_cache.hit_ratio')).toBeLessThan(0.3)
  })
})
