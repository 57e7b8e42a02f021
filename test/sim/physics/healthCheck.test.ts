import { afterAll, describe, expect, it } from 'vitest'
import type { PhysicsEffect } from '../../../server/sim/physics/index.ts'
import { compare, lab, type Lab, printTable } from './lab.ts'

afterAll(() => printTable('Health checks and ejection'))

const zones = (names: readonly string[]) => Object.fromEntries(names.map((z) => [z, { region: 'x' }]))
const LETTERS = ['a', 'b', 'c', 'd', 'e'] as const
/** An edge in front of a service in `n` zones of two instances each. */
const spread = (n: number, call: object, rate = '300/s', web: object = {}): unknown => ({
  zones: zones(LETTERS.slice(0, n)),
  network: { zone: '0s' },
  components: {
    edge: { kind: 'load-balancer', title: 'Edge', calls: { web: { timeout: '1s', ...call } } },
    web: {
      kind: 'service',
      title: 'Web',
      replicas: 2 * n,
      concurrency: 8,
      service_time: '50ms',
      zones: LETTERS.slice(0, n),
      ...web,
    },
  },
  traffic: { users: { title: 'Users', to: 'edge', rate, noise: 0, retries: 0, timeout: '5s' } },
})
const CHECKS = { health_check: { interval: '5s', unhealthy: 3, healthy: 2 } }
const set = (path: string, value: number): PhysicsEffect => ({ path, op: 'set', value })
/** Runs second by second; the first second after `limit` of them in which `done` holds. */
function until(it: Lab, limit: number, done: (sample: Record<string, number | null>) => boolean): number {
  for (let n = 1; n <= limit; n += 1) if (done(it.run(1))) return n
  return Infinity
}

describe('a zone that goes down while it is checked every 5 s', () => {
  it('fails a third until three checks have failed, then none, and the others carry half as much again', () => {
    const it = lab(spread(3, CHECKS))
    it.run(60)
    const before = it.run(5)['web.zones.a.saturation'] ?? NaN
    it.effects = [set('zones.b.up', 0)]
    expect(
      compare('failing at first', 1 - (it.run(5)['traffic.users.success_ratio'] ?? 0), 1 / 3),
    ).toBeLessThan(0.01)
    const took = until(it, 60, (m) => (m['traffic.users.success_ratio'] ?? 0) > 0.999999)
    // Between two and three intervals, by when the first check came; two and a half on average.
    expect(5 + took).toBeGreaterThan(10)
    expect(5 + took).toBeLessThanOrEqual(16)
    compare('failing for (s), 2½ × interval on average', 5 + took, 12.5)
    it.run(30)
    const after = it.run(5)
    expect(after['web.zones.b.rps']).toBe(0)
    expect(after['edge.calls.web.healthy_ratio']).toBeCloseTo(2 / 3, 6)
    expect(
      compare('utilisation of the others', (after['web.zones.a.saturation'] ?? 0) / before, 1.5),
    ).toBeLessThan(0.03)
    it.effects = []
    const back = until(it, 60, (m) => (m['web.zones.b.rps'] ?? 0) > 90)
    expect(compare('back after (s), interval × healthy', back, 10)).toBeLessThan(0.5)
  })
  it('takes the rest down with it when the rest is too small', () => {
    // 16 slots a zone at 50 ms a request: three zones hold 960/s, two hold 640/s.
    const it = lab(spread(3, CHECKS, '700/s'))
    it.run(60)
    expect(it.run(5)['traffic.users.success_ratio']).toBeGreaterThan(0.999)
    it.effects = [set('zones.b.up', 0)]
    it.run(120)
    const m = it.mean(60)
    expect(m('traffic.users.success_ratio')).toBeLessThan(0.7)
    expect(m('web.zones.a.saturation')).toBeGreaterThan(0.6)
  })
  it('keeps part of the requests out of the way of a cell that is only slow', () => {
    const it = lab(spread(3, { health_check: { interval: '5s', timeout: '500ms' } }, '60/s'))
    it.run(30)
    it.effects = [set('web.zones.c.service_time', 2)]
    it.run(60)
    const m = it.run(5)
    expect(m['web.zones.c.rps']).toBe(0)
    expect(m['traffic.users.success_ratio']).toBeGreaterThan(0.999999)
  })
})

describe('the panic threshold', () => {
  for (const sick of [2, 3])
    it(`${sick === 3 ? 'sends traffic to all cells again' : 'is not reached'} with ${sick} of five zones down`, () => {
      const it = lab(spread(5, CHECKS))
      it.run(30)
      it.effects = LETTERS.slice(0, sick).map((z) => set(`zones.${z}.up`, 0))
      it.run(60)
      const m = it.mean(30)
      const expected = sick === 3 ? 0.6 : 0
      expect(
        compare(`failing, ${sick} of 5 down`, 1 - m('traffic.users.success_ratio'), expected),
      ).toBeLessThan(0.01)
      expect(m('web.zones.a.rps') > 1).toBe(sick === 3)
    })
  it('fails everything at once with 503 when nothing is healthy and there is no panic', () => {
    const it = lab(spread(3, { ...CHECKS, panic: 0 }))
    it.effects = [set('web.up', 0)]
    it.run(60)
    const m = it.run(5)
    expect(m['edge.rps_503']).toBeCloseTo(300, 3)
    expect(m['web.rps']).toBe(0)
  })
})

describe('one bad instance among twelve', () => {
  const bad = () => {
    const it = lab({
      components: {
        edge: {
          kind: 'load-balancer',
          title: 'Edge',
          calls: { web: { timeout: '1s', ejection: { consecutive: 5, time: '30s', max_share: 0.1 } } },
        },
        web: { kind: 'service', title: 'Web', replicas: 12, service_time: '20ms', groups: { n7: 1 } },
      },
      traffic: { users: { title: 'Users', to: 'edge', rate: '600/s', noise: 0, retries: 0 } },
    })
    it.run(20)
    it.effects = [set('web.groups.n7.errors.500', 1)]
    return it
  }
  it('is left out after five failures in a row, for 30 s, then for 60 s, and so on', () => {
    const it = bad()
    const quiet = (m: Record<string, number | null>) => (m['web.groups.n7.rps'] ?? 0) === 0
    const first = until(it, 20, quiet)
    expect(first).toBeLessThanOrEqual(4)
    const gone1 = until(it, 100, (m) => !quiet(m))
    until(it, 20, quiet)
    const gone2 = until(it, 200, (m) => !quiet(m))
    until(it, 20, quiet)
    const gone3 = until(it, 300, (m) => !quiet(m))
    expect(compare('first ejection (s)', gone1, 30)).toBeLessThan(0.05)
    expect(compare('second ejection (s)', gone2, 60)).toBeLessThan(0.05)
    expect(compare('third ejection (s)', gone3, 90)).toBeLessThan(0.05)
  })
  it('costs a twelfth of the requests before, and nothing while it is left out', () => {
    const it = bad()
    expect(
      compare('failing in the first second', 1 - (it.run(1)['traffic.users.success_ratio'] ?? 0), 1 / 12),
    ).toBeLessThan(0.01)
    it.run(9)
    const m = it.mean(15)
    expect(m('traffic.users.success_ratio')).toBe(1)
    expect(compare('instances taken for healthy', m('edge.calls.web.healthy_ratio'), 11 / 12)).toBeLessThan(
      1e-6,
    )
  })
  it('is forgiven when it works again: ejections are forgotten one by one', () => {
    const it = bad()
    it.run(60)
    it.effects = []
    it.run(200)
    expect(it.run(5)['web.groups.n7.rps']).toBeCloseTo(50, 1)
    expect(Object.values(it.state.health).every((h) => h.ejections === 0)).toBe(true)
  })
  it('is not left out for failures that all share', () => {
    const it = bad()
    it.effects = [set('web.errors.500', 0.02)]
    it.run(120)
    expect(it.run(5)['web.groups.n7.rps']).toBeCloseTo(50, 1)
  })
})

describe('a slow start', () => {
  it('gives a zone that comes back its share little by little', () => {
    const it = lab(spread(3, { ...CHECKS, slow_start: '20s' }))
    it.run(30)
    it.effects = [set('zones.b.up', 0)]
    it.run(60)
    it.effects = []
    until(it, 60, (m) => (m['web.zones.b.rps'] ?? 0) > 0)
    const early = it.run(1)['web.zones.b.rps'] ?? 0
    it.run(8)
    const half = it.run(1)['web.zones.b.rps'] ?? 0
    it.run(20)
    // After 11 s of 20 its weight is 11/20 of its instances': 300 × 0.55/2.55.
    expect(early).toBeLessThan(20)
    expect(compare('half way', half, (300 * 0.55) / 2.55)).toBeLessThan(0.15)
    expect(compare('in the end', it.run(1)['web.zones.b.rps'] ?? 0, 100)).toBeLessThan(1e-6)
  })
})
