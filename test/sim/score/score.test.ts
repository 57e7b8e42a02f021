import { describe, expect, test } from 'vitest'
import { type SeatId, simMs } from '../../../shared/ids.ts'
import { scoreOf, type ScoreInputs } from '../../../server/sim/score/score.ts'
import {
  ana,
  ben,
  fired,
  gina,
  joined,
  log,
  measured,
  minutes,
  outcome,
  proposed,
  scenario,
  started,
} from './smallLog.ts'

const inputs = (parts: Partial<ScoreInputs> = {}): ScoreInputs => ({
  scoring: scenario.spec.scoring,
  minutes: 60,
  outcomes: { table: outcome({}), idle: null, par: null },
  impact: true,
  runs: [],
  updates: [],
  firstPage: null,
  teamwork: { players: 0, heard: 0, held: 0, kept: 0 },
  ...parts,
})
const part = (id: string, given: Partial<ScoreInputs>) => {
  const found = scoreOf(inputs(given)).parts.find((p) => p.id === id)
  if (!found) throw new Error(id)
  return found
}
const times = (ttm: number | null, ttr: number | null) => outcome({ ttm, ttr })

describe('recovery', () => {
  const idle = times(minutes(50), minutes(60))
  const par = times(minutes(10), minutes(20))
  test('is 100 at the best found and 0 at doing nothing', () => {
    expect(part('recovery', { outcomes: { table: par, idle, par } }).points).toBe(100)
    expect(part('recovery', { outcomes: { table: idle, idle, par } }).points).toBe(0)
  })
  test('is the mean of both times in between', () => {
    const { points, formula } = part('recovery', {
      outcomes: { table: times(minutes(30), minutes(30)), idle, par },
    })
    expect(points).toBe((50 + 75) / 2)
    expect(formula).toContain('TTM 30 min between 10 min (100) and 50 min (0): 50')
  })
  test('counts a time that was never reached as nothing', () => {
    expect(part('recovery', { outcomes: { table: times(minutes(10), null), idle, par } }).points).toBe(50)
  })
  test('measures against the planned length where doing nothing never ends', () => {
    expect(
      part('recovery', {
        outcomes: { table: times(minutes(30), minutes(30)), idle: times(null, null), par: null },
      }).points,
    ).toBe(50)
  })
  test('has nothing to say when users were never hurt', () => {
    expect(part('recovery', { impact: false }).points).toBe(100)
  })
  test('never leaves 0 to 100, even better than the best found', () => {
    expect(part('recovery', { outcomes: { table: times(0, 0), idle, par } }).points).toBe(100)
  })
})

describe('impact', () => {
  test('lies between the best found and doing nothing', () => {
    const of = (budgetSpent: number) => outcome({ budgetSpent })
    expect(part('impact', { outcomes: { table: of(0.6), idle: of(1.0), par: of(0.2) } }).points).toBeCloseTo(
      50,
    )
    expect(part('impact', { outcomes: { table: of(0.2), idle: of(0.2), par: of(0.2) } }).points).toBe(100)
  })
})

describe('procedure', () => {
  const runs = (l: ReturnType<typeof log>) => l.record().mitigations
  test('is the share of cited actions minus 20 for each harmful one', () => {
    const l = log()
      .says(proposed('run-1', 'shed-load', ana, 'shed-load'), started('run-1', 'shed-load', ana, 'shed-load'))
      .says(proposed('run-2', 'restart-web', ana), started('run-2', 'restart-web', ana))
    expect(part('procedure', { runs: runs(l) })).toMatchObject({
      points: 30,
      formula: '100 × 1 cited of 2 started − 20 × 1 that made it worse: 30.',
    })
  })
  test('never falls below nothing, and an idle table has none', () => {
    const l = log().says(proposed('run-2', 'restart-web', ana), started('run-2', 'restart-web', ana))
    expect(part('procedure', { runs: runs(l) }).points).toBe(0)
    expect(part('procedure', { runs: [] }).points).toBe(0)
  })
})

describe('communication', () => {
  const update = (audience: 'status' | 'stakeholders', at: number) => ({
    audience,
    at: simMs(at),
    seat: ana,
    text: 'We are on it.',
  })
  test('earns half for each audience told in time', () => {
    expect(
      part('communication', { firstPage: simMs(0), updates: [update('status', minutes(9))] }).points,
    ).toBe(50)
    expect(
      part('communication', {
        firstPage: simMs(0),
        updates: [update('status', minutes(9)), update('stakeholders', minutes(10))],
      }).points,
    ).toBe(100)
  })
  test('fades to nothing at twice the time', () => {
    expect(
      part('communication', { firstPage: simMs(0), updates: [update('status', minutes(15))] }).points,
    ).toBe(25)
    expect(
      part('communication', { firstPage: simMs(0), updates: [update('status', minutes(20))] }).points,
    ).toBe(0)
  })
  test('counts the first word to each audience', () => {
    const updates = [update('status', minutes(18)), update('status', minutes(5))]
    expect(part('communication', { firstPage: simMs(0), updates }).points).toBe(50)
  })
})

describe('teamwork', () => {
  test('hears players, not observers or the game master', () => {
    const l = log()
      .says(
        joined(gina, 'Gina', 'gm'),
        joined(ana, 'Ana', 'operations'),
        joined(ben, 'Ben', 'scribe'),
        joined('st_oliver000' as SeatId, 'Oli', 'observer'),
      )
      .as(ana)
      .says(proposed('run-1', 'shed-load', ana))
    const found = l.record().score.parts.find((p) => p.id === 'teamwork')
    expect(found).toMatchObject({
      points: 50,
      formula: '50 × 1 of 2 players heard + 50 × 1 of 2 roles kept = 50.',
    })
  })
  test('reading a playbook is no voice', () => {
    const l = log()
      .says(joined(ana, 'Ana', 'operations'))
      .as(ana)
      .says({
        type: 'playbooks.opened',
        seat: ana,
        book: 'cold-cache-book',
        step: null,
        when: null,
        done: null,
      })
    expect(l.record().score.parts.find((p) => p.id === 'teamwork')?.points).toBe(0)
  })
})

describe('the total', () => {
  test('is the mean of the parts by their weights', () => {
    const { total, parts } = scoreOf(inputs({ impact: false }))
    expect(parts.map((p) => p.points)).toEqual([100, 100, 0, 100, 0])
    expect(total).toBeCloseTo((100 * (30 + 25 + 15)) / 100)
  })
  test('is nothing when nothing weighs', () => {
    const scoring = { recovery: 0, impact: 0, procedure: 0, communication: 0, teamwork: 0, update_within: 1 }
    expect(scoreOf(inputs({ scoring })).total).toBe(0)
  })
  test('comes from the log alone: the same log, the same record', () => {
    const make = () =>
      log()
        .says(joined(ana, 'Ana', 'operations'), fired(), measured(0.3))
        .record()
    expect(make()).toEqual(make())
  })
})
