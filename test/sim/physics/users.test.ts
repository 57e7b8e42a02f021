import { describe, expect, it } from 'vitest'
import { letThrough, spentAfter } from '../../../server/sim/physics/queue/bucket.ts'
import { poolWait, waitAtPool } from '../../../server/sim/physics/calls/pool.ts'
import {
  answered,
  asking,
  waitFor,
  type Waiting,
  waitingUsers,
} from '../../../server/sim/physics/traffic/users.ts'
import { table } from './reference.ts'

describe('a token bucket', () => {
  it.each(table('token_bucket'))('of $burst, filled at $rate/s, asked $offered times a second', (row) => {
    const limit = Number(row['rate'])
    const burst = Number(row['burst'])
    const offered = Number(row['offered'])
    let spent = 0
    let accepted = 0
    let rejects: number | null = null
    for (let second = 0; second < 60; second += 1) {
      const through = letThrough(offered, { limit, burst, spent })
      if (through < offered && rejects === null) rejects = second + (burst - spent) / (offered - limit)
      accepted += through
      spent = spentAfter(through, { limit, burst, spent })
    }
    expect(accepted).toBeCloseTo(Number(row['accepted_in_60s']), 6)
    expect(rejects === null ? 'never' : rejects.toFixed(4)).toBe(row['time_to_first_reject_s'])
  })
})

describe('a pool of connections', () => {
  const at = (rate: number, patience = 1) => {
    const out = poolWait()
    return waitAtPool({ rate, time: 0.05, size: 10, patience }, out)
  }
  it('makes nobody wait while connections are plenty', () => {
    expect(at(40).wait).toBeLessThan(1e-5)
    expect(at(40).used).toBeCloseTo(0.2, 9)
  })
  it('passes size by time in use when dry, and the rest waits in vain as long as it is willing to', () => {
    const dry = at(400)
    expect(dry.dry).toBeCloseTo(0.5, 6)
    expect(dry.wait).toBeGreaterThan(0.99)
    expect(dry.used).toBeCloseTo(1, 6)
  })
  it('is M/M/c with constant patience: figures of the exact law, by numerical integration', () => {
    expect(at(200).dry).toBeCloseTo(0.00488615, 7)
    expect(at(200).wait).toBeCloseTo(0.493501, 5)
    expect(at(210).dry).toBeCloseTo(0.0476208, 6)
    expect(at(210).wait).toBeCloseTo(0.904799, 5)
    expect(at(190).wait).toBeCloseTo(0.0825221, 5)
  })
  it('waits longer and gives up more often the more is asked of it', () => {
    let before = { wait: 0, dry: 0 }
    for (let rate = 10; rate < 1000; rate += 7) {
      const now = { ...at(rate) }
      expect(now.wait).toBeGreaterThanOrEqual(before.wait - 1e-9)
      expect(now.dry).toBeGreaterThanOrEqual(before.dry - 1e-9)
      before = now
    }
  })
})

describe('people who wait for their answer', () => {
  it('wait as long as told on average, also in parts of seconds', () => {
    const users: Waiting = { at: [], count: [] }
    let sum = 0
    for (let second = 0; second < 200; second += 1) {
      answered(users, second)
      waitFor(users, second, { many: 3, delay: 2.4 })
      if (second >= 10) sum += waitingUsers(users) / 190
    }
    expect(sum).toBeCloseTo(3 * 2.4, 9)
  })
  it('are never lost, however far apart their answers are', () => {
    const users: Waiting = { at: [], count: [] }
    let came = 0
    for (let second = 0; second < 900; second += 1) {
      came += answered(users, second)
      came += 2 - waitFor(users, second, { many: 2, delay: ((second * 37) % 991) + 0.3 })
      expect(users.at.length).toBeLessThanOrEqual(162)
      expect(came + waitingUsers(users)).toBeCloseTo(2 * (second + 1), 6)
    }
    expect(answered(users, 5000)).toBeCloseTo(1800 - came, 6)
    expect(waitingUsers(users)).toBe(0)
  })
  it('ask N / (R + Z) times a second', () => {
    for (const [users, response, think] of [
      [100, 0.05, 10],
      [100, 3.7, 10],
      [40, 0.4, 0.5],
      [10, 8, 1],
    ] as const) {
      const waiting: Waiting = { at: [], count: [] }
      let out = 0
      let asked = 0
      for (let second = 0; second < 400; second += 1) {
        answered(waiting, second)
        const many = asking({ users, waiting: waitingUsers(waiting), think, out })
        if (second >= 200) asked += many / 200
        const still = waitFor(waiting, second, { many, delay: response })
        if (many > 0) out = still / many
        expect(waitingUsers(waiting)).toBeLessThanOrEqual(users + 1e-9)
      }
      expect(asked / (users / (response + think))).toBeCloseTo(1, 2)
    }
  })
})
