import { describe, expect, it } from 'vitest'
import { CITED_FLOOR, oddsOf, rollFor } from '../../server/sim/dice.ts'

const plain = { dc: 11, cited: false, proficient: false, bonus: 0, advantage: 0, dice: true } as const

describe('odds', () => {
  it('a plain throw against 11 succeeds every second time', () => {
    expect(oddsOf(plain).chance).toBe(0.5)
  })
  it('advantage squares the chance of failing, disadvantage that of succeeding', () => {
    expect(oddsOf({ ...plain, advantage: 1 }).chance).toBe(0.75)
    expect(oddsOf({ ...plain, advantage: -1 }).chance).toBe(0.25)
  })
  it('an action cited from a playbook step succeeds nine times in ten, however hard and whatever the advantage', () => {
    for (let dc = 1; dc <= 30; dc++) {
      for (const advantage of [-1, 0, 1] as const)
        expect(oddsOf({ ...plain, dc, advantage, cited: true }).chance).toBeGreaterThanOrEqual(CITED_FLOOR)
    }
  })
  it('without dice everything succeeds', () => {
    const odds = oddsOf({ ...plain, dc: 30, dice: false })
    expect(odds.chance).toBe(1)
    expect(rollFor({ seed: 1, run: 'run-1', odds, dice: false })).toEqual({
      dice: [],
      total: 0,
      success: true,
    })
  })
  it('rolls come as often as the odds say, and the same for the same seed and run', () => {
    const odds = oddsOf({ ...plain, dc: 15, proficient: true })
    const rolls = Array.from({ length: 4000 }, (_, i) =>
      rollFor({ seed: 3, run: `run-${i}`, odds, dice: true }),
    )
    const rate = rolls.filter((r) => r.success).length / rolls.length
    console.log(`success: measured ${rate}, expected ${odds.chance}`)
    expect(Math.abs(rate - odds.chance)).toBeLessThan(0.03)
    expect(rollFor({ seed: 3, run: 'run-7', odds, dice: true })).toEqual(rolls[7])
    expect(new Set(rolls.map((r) => r.dice[0])).size).toBe(20)
  })
})
