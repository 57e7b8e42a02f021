import { describe, expect, test } from 'vitest'
import { bestFound, idleOutcome } from '../../../server/par/par.ts'
import { compiled } from '../../support/scenario.ts'

const scenario = compiled('cold-cache')
const breaths = () => {
  let taken = 0
  return { taken: () => taken, breathe: async () => void taken++ }
}

describe('a shipped scenario without a table', () => {
  test(
    'hurts users when nobody acts, and less when the author’s path is taken',
    { timeout: 120_000 },
    async () => {
      const { breathe, taken } = breaths()
      const idle = await idleOutcome({ scenario, seed: 7, breathe })
      expect(idle.label).toBe('Nobody acting')
      expect(idle.ttd).not.toBeNull()
      expect(idle.budgetSpent).toBeGreaterThan(0)
      // One breath for each exercise minute: nobody on the same event loop waits for long.
      expect(taken()).toBeGreaterThanOrEqual(scenario.spec.minutes)

      const par = await bestFound({ scenario, seed: 7, breathe, idle })
      expect(par.label).toBe('Best found')
      expect(par.budgetSpent).toBeLessThan(idle.budgetSpent)
      expect(par.ttm).not.toBeNull()
      expect(par.ttr).not.toBeNull()
    },
  )
  test('comes out the same every time', { timeout: 60_000 }, async () => {
    const { breathe } = breaths()
    const run = () => idleOutcome({ scenario, seed: 11, breathe, minutes: 12 })
    expect(await run()).toEqual(await run())
  })
})
