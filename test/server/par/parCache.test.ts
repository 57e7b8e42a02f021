import { describe, expect, test } from 'vitest'
import { createParCache } from '../../../server/par/parCache.ts'
import type { Scenario } from '../../../server/sim/scenario/scenario.ts'
import { outcome } from '../../sim/score/smallLog.ts'

// The cache reads the hash and hands the rest on untouched.
const scenario = (hash: string) => ({ hash }) as Scenario
const result = { idle: outcome({ budgetSpent: 1 }), par: outcome({ budgetSpent: 0.1 }) }

function counting(fail: () => boolean = () => false) {
  let running = 0
  const asked: string[] = []
  const find = async (s: Scenario, seed: number) => {
    running++
    asked.push(`${s.hash}/${seed}/${running}`)
    await Promise.resolve()
    running--
    if (fail()) throw new Error('no search today')
    return result
  }
  return { find, asked }
}

describe('the memory of comparison runs', () => {
  test('searches once for each scenario and seed, also while the search is under way', async () => {
    const { find, asked } = counting()
    const of = createParCache({ find })
    expect(await Promise.all([of(scenario('a'), 1), of(scenario('a'), 1), of(scenario('a'), 2)])).toEqual([
      result,
      result,
      result,
    ])
    expect(await of(scenario('a'), 1)).toBe(result)
    expect(asked).toEqual(['a/1/1', 'a/2/1'])
  })
  test('never searches twice at the same time', async () => {
    const { find, asked } = counting()
    const of = createParCache({ find })
    await Promise.all(['a', 'b', 'c'].map((hash) => of(scenario(hash), 1)))
    expect(asked.every((a) => a.endsWith('/1'))).toBe(true)
  })
  test('tries again after a failure, and a failure does not stop the others', async () => {
    let broken = true
    const { find } = counting(() => broken)
    const of = createParCache({ find })
    const first = of(scenario('a'), 1)
    await expect(first).rejects.toThrow('no search today')
    broken = false
    expect(await of(scenario('a'), 1)).toBe(result)
  })
  test('forgets the oldest when it is full', async () => {
    const { find, asked } = counting()
    const of = createParCache({ find, keep: 2 })
    for (const hash of ['a', 'b', 'c', 'a']) await of(scenario(hash), 1)
    expect(asked).toEqual(['a/1/1', 'b/1/1', 'c/1/1', 'a/1/1'])
  })
})
