import { expect, it } from 'vitest'
import { exercise, minutes, SHIPPED } from '../support/exercise.ts'

it.each(SHIPPED)(
  'a World of %s remembers no more samples than its expressions look back on',
  (slug) => {
    const played = exercise(slug).started()
    const most = Math.max(1, Math.ceil(played.sim.scenario.horizonMs / 5000) + 1)
    expect(played.world.recent.length).toBeLessThanOrEqual(most)
    expect(played.after(minutes(2)).world.recent.length).toBeLessThanOrEqual(most)
    expect(JSON.stringify(played.world).length).toBeLessThan(400_000)
  },
  30_000,
)
