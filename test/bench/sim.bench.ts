import { bench, describe } from 'vitest'
import { simMs, wallMs } from '../../shared/ids.ts'
import { exercise, minutes, SHIPPED } from '../support/exercise.ts'

// Compare the figures of one run with one another: machines are shared, and no figure alone means much.
describe.each(SHIPPED)('%s, fifteen minutes in', (slug) => {
  const { sim, world } = exercise(slug).started().after(minutes(15))
  console.log(`${slug}: a World of ${(JSON.stringify(world).length / 1024).toFixed(0)} kB as JSON`)

  bench('an exercise minute passes', () => {
    sim.step(world, { type: 'advance', wall: wallMs(1), to: simMs(world.now + 60_000) })
  })
  bench('an exercise second passes', () => {
    sim.step(world, { type: 'advance', wall: wallMs(1), to: simMs(world.now + 1000) })
  })
  bench('the view of a player', () => {
    sim.view(world, 'operations')
  })
  bench('the view of the game master', () => {
    sim.view(world, 'gm')
  })
})
