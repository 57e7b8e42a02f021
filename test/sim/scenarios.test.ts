import { describe, expect, it } from 'vitest'
import { exercise, minutes, mitigate, type Played, SHIPPED } from '../support/exercise.ts'

/** The share of the error budget spent and the bad requests, from the last thing the objectives said. */
function impact(e: Played) {
  const last = e.facts.filter((f) => f.type === 'objectives.measured').at(-1)
  if (!last) throw new Error('nothing was measured')
  return { spent: last.spent, bad: last.bad }
}
const over = (e: Played) => e.facts.some((f) => f.type === 'incident.resolved')

/** The author's right path, begun a minute after the first alert. */
function solve(e: Played): Played {
  waitForAlert(e)
  e.after(minutes(1))
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

const TEMPTING: Readonly<Record<string, string>> = {
  'cold-cache': 'restart-cache',
  'bad-deploy-404': 'finish-rollout',
  'growing-object': 'restart-recommender',
}

describe.each(SHIPPED)('%s', (slug) => {
  it('is quiet before the incident: no alert in the healthy past', () => {
    const e = exercise(slug).started().after(minutes(1))
    expect(e.facts.filter((f) => f.type === 'alerts.fired')).toEqual([])
    const slo = e.as('operations').sees().objectives?.slos[0]
    expect(slo?.sli).toBeGreaterThan(slo?.objective ?? 1)
  })

  it('burns the budget when nobody does anything, and does not heal by itself', () => {
    const e = toTheEnd(exercise(slug).started())
    console.log(`${slug} idle: spent ${impact(e).spent.toFixed(3)} of the budget, ${Math.round(impact(e).bad)} bad requests`)
    expect(impact(e).spent).toBeGreaterThan(0.1)
    expect(over(e)).toBe(false)
  })

  it('is resolved by the right path, for a fraction of the impact', () => {
    const idle = impact(toTheEnd(exercise(slug).started()))
    const e = toTheEnd(solve(exercise(slug).started()))
    const at = e.log.flatMap((l) => l.facts).find((f) => f.fact.type === 'incident.resolved')?.at
    console.log(`${slug} right path: spent ${impact(e).spent.toFixed(3)}, resolved at ${((at ?? NaN) / 60_000).toFixed(1)} min`)
    expect(over(e)).toBe(true)
    expect(impact(e).spent).toBeLessThan(idle.spent / 2)
  })

  it('gets visibly worse by its tempting wrong move', () => {
    const wrong = TEMPTING[slug]
    if (wrong === undefined) throw new Error(`name the tempting move of ${slug}`)
    const until = minutes(18)
    const e = waitForAlert(exercise(slug).started())
    mitigate(e, wrong)
    e.after(until - e.world.now)
    const idle = exercise(slug).started().after(until)
    e.as('gm').does({ type: 'lifecycle.finish' })
    idle.as('gm').does({ type: 'lifecycle.finish' })
    console.log(`${slug} ${wrong}: spent ${impact(e).spent.toFixed(4)} against ${impact(idle).spent.toFixed(4)} doing nothing`)
    expect(impact(e).bad).toBeGreaterThan(impact(idle).bad * 1.03)
  })
})
