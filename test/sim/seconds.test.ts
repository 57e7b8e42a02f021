import { expect, it } from 'vitest'
import { exercise, seconds } from '../support/exercise.ts'
import { watched } from './alerts/watched.ts'

it('every second passes and every sample is taken, even where something else is due at that very moment', () => {
  const chart = {
    id: 'due',
    initial: 'a',
    states: { a: { after: { '10s': 'b' } }, b: { after: { '13s': 'c' } }, c: {} },
  }
  const e = exercise(watched({ alerts: {}, chart })).started()
  for (const step of [7, 3, 5, 8, 12]) e.after(seconds(step))
  const at = e.samples.filter((s) => s.at > 0).map((s) => s.at)
  expect(at).toEqual([5, 10, 15, 20, 25, 30, 35].map(seconds))
  expect(e.samples.map((s) => s.n)).toEqual(e.samples.map((_, i) => i))
})
