import { describe, expect, test } from 'vitest'
import { begin, bestFound, idleOutcome } from '../../../server/par/par.ts'
import { compiled } from '../../support/scenario.ts'

const scenario = compiled('bad-deploy-404')
const seed = 7
const breaths = () => {
  let taken = 0
  return { taken: () => taken, breathe: async () => void taken++ }
}

describe('a shipped scenario without a table', () => {
  test(
    'hurts users when nobody acts, less when a flawless table does, and the same every time',
    { timeout: 120_000 },
    async () => {
      const begun = begin(scenario, seed)
      const { breathe, taken } = breaths()
      const idle = await idleOutcome({ scenario, seed, breathe, begun })
      expect(idle.label).toBe('Nobody acting')
      expect(idle.ttd).not.toBeNull()
      expect(idle.budgetSpent).toBeGreaterThan(0)
      // One breath for each exercise minute: nobody on the same event loop waits for long.
      expect(taken()).toBeGreaterThanOrEqual(scenario.spec.minutes)

      const par = await bestFound({ scenario, seed, breathe, begun, idle })
      expect(par.label).toBe('Best found')
      expect(par.budgetSpent).toBeLessThan(idle.budgetSpent)
      expect(par.ttm).not.toBeNull()
      expect(par.ttr).not.toBeNull()

      expect(await bestFound({ scenario, seed, breathe, begun, idle })).toEqual(par)
    },
  )
  test('can be looked at for a few minutes only', { timeout: 60_000 }, async () => {
    const { breathe, taken } = breaths()
    await idleOutcome({ scenario, seed, breathe, minutes: 3 })
    expect(taken()).toBe(3)
  })
})
