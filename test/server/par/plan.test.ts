import { describe, expect, test } from 'vitest'
import { plansOf } from '../../../server/par/plan.ts'
import { scenario } from '../../sim/score/smallLog.ts'

const { mitigations } = scenario.spec

describe('the grid of decisions', () => {
  test('plays the solution in order, all at once, and each right action alone, at every start', () => {
    const solution = [
      { mitigation: 'shed-load', params: { amount: 0.4 }, wait: 0 },
      { mitigation: 'warm-cache', params: {}, wait: 60_000 },
    ]
    const plans = plansOf({ spec: { solution, mitigations } })
    const told = plans.map(
      (p) =>
        `${p.startMs / 1000} s ${p.together ? 'together' : 'in order'}: ${p.moves.map((m) => m.mitigation).join(', ')}`,
    )
    expect(told.slice(0, 4)).toEqual([
      '30 s in order: shed-load, warm-cache',
      '30 s together: shed-load, warm-cache',
      '30 s in order: shed-load',
      '30 s in order: warm-cache',
    ])
    expect(told).toHaveLength(8)
    expect(told.slice(4).every((t) => t.startsWith('120 s'))).toBe(true)
  })
  test('tries right actions alone where the author gave no solution, and nothing where there are none', () => {
    expect(plansOf({ spec: { solution: [], mitigations } }).map((p) => p.moves.length)).toEqual([1, 1, 1, 1])
    expect(plansOf({ spec: { solution: [], mitigations: {} } })).toEqual([])
  })
})
