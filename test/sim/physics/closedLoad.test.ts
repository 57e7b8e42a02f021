import { afterAll, describe, expect, it } from 'vitest'
import { compare, type Lab, lab, printTable, single } from './lab.ts'

/** Users in front of one service; nobody gives up. */
const crowd = (users: number, service: object = {}, traffic: object = {}): Lab =>
  lab(
    single(
      { concurrency: 1, service_time: '100ms', memory: { per_request: 0 }, ...service },
      { users, think: '10s', ...traffic },
    ),
  )
/** People who wait for an answer. */
function waitingOf(it: Lab): number {
  const s = it.state.sources[0]
  const pending = s?.pending.flat().reduce((a, b) => a + b, 0) ?? 0
  return pending + (s?.waiting.count.reduce((a, b) => a + b, 0) ?? 0)
}
/** Mean value analysis of one server, exponential times: throughput of `users` who think for `think` (Reiser and Lavenberg 1980). */
function exactly(users: number, service: number, think: number): number {
  let queue = 0
  let rate = 0
  for (let n = 1; n <= users; n += 1) {
    const response = service * (1 + queue)
    rate = n / (response + think)
    queue = rate * response
  }
  return rate
}

describe('a closed load', () => {
  afterAll(() => printTable('Closed load: throughput, waiting people'))
  it.each([5, 20, 50, 80, 100, 120, 200, 400])(
    'of %d users asks as the interactive response time law says',
    (n) => {
      const it = crowd(n)
      it.run(600)
      const rates: number[] = []
      let waiting = 0
      for (let k = 0; k < 100; k += 1) {
        rates.push(it.run(1)['traffic.users.rps'] ?? 0)
        waiting += waitingOf(it) / 100
      }
      const rate = rates.reduce((a, b) => a + b, 0) / 100
      // Little: those who wait are rate × response time.
      expect(compare(`${n} users: X and N / (R + Z)`, rate, n / (waiting / rate + 10))).toBeLessThan(0.02)
      expect(compare(`${n} users: X and mean value analysis`, rate, exactly(n, 0.1, 10))).toBeLessThan(
        // Around the knee a station in a closed load has less of a queue than one at rest in an open load of the same rate.
        0.05,
      )
      // Asymptotes: N / (Z + S) for few, 1 / S for many; they meet at N* = (Z + S) / S = 101.
      expect(rate).toBeLessThanOrEqual(Math.min(n / 10.1, 10) * 1.02)
    },
  )
  it('never queues more than its users, where an open load of the same rate has no bound', () => {
    const closed = crowd(400)
    const open = lab(
      single({ concurrency: 1, service_time: '100ms', memory: { per_request: 0 } }, { rate: '39.6/s' }),
    )
    for (const seconds of [60, 300, 1200]) {
      closed.run(seconds)
      open.run(seconds)
      expect(closed.state.stations[0]?.inSystem ?? 0).toBeLessThanOrEqual(400)
    }
    expect(
      compare('400 users: in the system, N − X·Z', closed.state.stations[0]?.inSystem ?? 0, 300),
    ).toBeLessThan(0.03)
    expect(open.state.stations[0]?.inSystem ?? 0).toBeGreaterThan(40_000)
  })
  it('comes back with everybody who waited when an outage ends, and settles', () => {
    const it = crowd(300, { concurrency: 8 }, { timeout: '1m' })
    it.run(300)
    const normal = it.mean(20)('traffic.users.rps')
    it.effects = [{ path: 'web.service_time', op: 'set', value: 86_400 }]
    it.run(40)
    expect(it.run(1)['traffic.users.rps'] ?? 0).toBeLessThan(0.1 * normal)
    expect(waitingOf(it)).toBeGreaterThan(280)
    it.effects = []
    it.run(300)
    expect(compare('300 users: rate after an outage', it.mean(20)('traffic.users.rps'), normal)).toBeLessThan(
      0.02,
    )
  })
  it('conserves its users whatever happens: thinking or waiting, never more than there are', () => {
    const it = crowd(200, { concurrency: 3, queue_limit: 20 }, { timeout: '3s', retries: 2, noise: 0.1 })
    for (const [path, value] of [
      ['web.service_time', 2],
      ['web.up', 0],
      ['web.errors.503', 0.7],
      ['traffic.users.think', 1],
      ['traffic.users.users', 500],
      ['traffic.users.retries', 0],
    ] as const) {
      it.effects = [{ path, op: 'set', value }]
      for (let n = 0; n < 60; n += 1) {
        it.run(1)
        expect(waitingOf(it)).toBeLessThanOrEqual((path === 'traffic.users.users' ? 500 : 200) + 1e-6)
      }
      it.effects = []
      it.run(90)
    }
  })
  it('grows and shrinks with its number of users', () => {
    const it = crowd(40, { concurrency: 50 })
    it.run(200)
    it.effects = [{ path: 'traffic.users.users', op: 'scale', value: 3 }]
    it.run(200)
    expect(it.mean(20)('traffic.users.rps')).toBeCloseTo(120 / 10.1, 1)
    it.effects = [{ path: 'traffic.users.users', op: 'set', value: 10 }]
    it.run(200)
    expect(it.mean(20)('traffic.users.rps')).toBeCloseTo(10 / 10.1, 1)
  })
})
