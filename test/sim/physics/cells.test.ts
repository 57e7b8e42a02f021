import { afterAll, describe, expect, it } from 'vitest'
import {
  armStatistics,
  createPhysics,
  latencyHistograms,
  type PhysicsEffect,
  resolvePath,
  takeSample,
  tick,
  valueOf,
} from '../../../server/sim/physics/index.ts'
import { meanOf } from '../../../server/sim/physics/times/histogram.ts'
import { A } from '../../../server/sim/physics/state.ts'
import { compare, lab, printTable } from './lab.ts'

const ZONES = { a: { region: 'x' }, b: { region: 'x' }, c: { region: 'x' } }
/** An edge that is nowhere in particular in front of a service in three zones; extra fields for the call, the service and the clients. */
const three = (call: object = {}, web: object = {}, traffic: object = {}): unknown => ({
  zones: ZONES,
  network: { zone: '0s' },
  components: {
    edge: { kind: 'load-balancer', title: 'Edge', calls: { web: { timeout: '2s', ...call } } },
    web: { kind: 'service', title: 'Web', replicas: 6, service_time: '20ms', zones: ['a', 'b', 'c'], ...web },
  },
  traffic: { users: { title: 'Users', to: 'edge', rate: '300/s', noise: 0, retries: 0, ...traffic } },
})
const down = (path: string): PhysicsEffect => ({ path, op: 'set', value: 0 })

afterAll(() => printTable('Cells: zones and groups'))

describe('instances of a component', () => {
  const model = lab(three({}, { replicas: 8, groups: { canary: 1 } })).model
  const ready = (effects: PhysicsEffect[]) =>
    ['web.zones.a', 'web.zones.b', 'web.zones.c', 'web.groups.canary'].map((path) =>
      valueOf(model, effects, `${path}.replicas`),
    )
  it('are divided over its zones, the first ones getting what is over, after groups took their own', () => {
    expect(ready([])).toEqual([3, 2, 2, 1])
    expect(ready([{ path: 'web.replicas', op: 'set', value: 24 }])).toEqual([8, 8, 7, 1])
    expect(ready([{ path: 'web.replicas', op: 'scale', value: 2 }])).toEqual([5, 5, 5, 1])
    expect(ready([{ path: 'web.replicas', op: 'set', value: 0 }])).toEqual([0, 0, 0, 0])
    expect(ready([{ path: 'web.zones.b.replicas', op: 'add', value: 2 }])).toEqual([3, 4, 2, 1])
    expect(valueOf(model, [], 'web.replicas')).toBe(8)
  })
  it('are spoken of by component, by zone and by group', () => {
    const effects: PhysicsEffect[] = [
      { path: 'web.service_time', op: 'set', value: 0.1 },
      { path: 'web.zones.b.service_time', op: 'scale', value: 2 },
      { path: 'web.groups.canary.errors.500', op: 'set', value: 0.5 },
    ]
    expect(valueOf(model, effects, 'web.zones.a.service_time')).toBe(0.1)
    expect(valueOf(model, effects, 'web.zones.b.service_time')).toBe(0.2)
    expect(valueOf(model, effects, 'web.zones.b.errors.500')).toBe(0)
    expect(valueOf(model, effects, 'web.groups.canary.errors.500')).toBe(0.5)
    expect(resolvePath(model, 'web.zones.d.up')).toBeUndefined()
    expect(resolvePath(model, 'zones.a.up')).toEqual({ quantity: 'flag', min: 0, max: 1 })
  })
  it('share the traffic evenly, as one cell would', () => {
    const split = lab(three()).mean(60)
    const whole = lab(three({}, { zones: undefined })).mean(60)
    expect(compare('rps of the whole', split('web.rps'), 300)).toBeLessThan(1e-6)
    expect(compare('rps of one of three zones', split('web.zones.a.rps'), 100)).toBeLessThan(1e-6)
    expect(
      compare('saturation as in one cell', split('web.saturation'), whole('web.saturation')),
    ).toBeLessThan(0.01)
    expect(compare('p50 as in one cell', split('web.latency_p50'), whole('web.latency_p50'))).toBeLessThan(
      0.01,
    )
  })
  it('get traffic by their number and weight', () => {
    const it = lab(three({}, { replicas: 8 }))
    it.effects = [{ path: 'web.zones.b.weight', op: 'set', value: 0.5 }]
    const m = it.mean(30)
    // 3 + 3 × ½ + 2.
    expect(compare('3 instances of 3 + 3 × ½ + 2', m('web.zones.a.rps'), (300 * 3) / 6.5)).toBeLessThan(1e-6)
    expect(compare('3 instances at half weight', m('web.zones.b.rps'), (300 * 1.5) / 6.5)).toBeLessThan(1e-6)
    it.effects = [{ path: 'web.weight', op: 'set', value: 0 }]
    it.run(10)
    expect(it.run(5)['traffic.users.success_ratio']).toBe(0)
  })
})

describe('one of three zones down, without health checks', () => {
  for (const [retries, expected] of [
    [0, 1 / 3],
    [1, 1 / 9],
    [2, 1 / 27],
  ] as const)
    it(`fails (1/3)^${retries + 1} of the requests with ${retries} retries`, () => {
      const it = lab(three({ retries }))
      it.run(30)
      it.effects = [down('zones.b.up')]
      it.run(10)
      const m = it.mean(30)
      expect(
        compare(`failing, ${retries} retries`, 1 - m('traffic.users.success_ratio'), expected),
      ).toBeLessThan(0.01)
      expect(m('web.zones.b.rps')).toBeGreaterThan(90)
      expect(m('web.health')).toBe(2)
    })
  it('fails a third of what clients ask, and their retries go to any zone', () => {
    const it = lab({
      zones: ZONES,
      components: {
        web: { kind: 'service', title: 'Web', replicas: 6, service_time: '20ms', zones: ['a', 'b', 'c'] },
      },
      traffic: { users: { title: 'Users', to: 'web', rate: '300/s', noise: 0, retries: 1, backoff: '1s' } },
    })
    it.run(30)
    it.effects = [down('web.zones.b.up')]
    it.run(20)
    expect(compare('clients, 1 retry', 1 - it.mean(30)('traffic.users.success_ratio'), 1 / 9)).toBeLessThan(
      0.01,
    )
  })
  it('fails all when every zone is gone, and recovers when they are back', () => {
    const it = lab(three({ retries: 3 }))
    it.effects = ['a', 'b', 'c'].map((z) => down(`zones.${z}.up`))
    it.run(20)
    expect(it.run(5)['traffic.users.success_ratio']).toBe(0)
    it.effects = []
    it.run(60)
    expect(it.mean(30)('traffic.users.success_ratio')).toBeCloseTo(1, 6)
  })
})

describe('a caller in a zone', () => {
  const both = (local: number) => ({
    zones: ZONES,
    network: { zone: '4ms' },
    components: {
      web: {
        kind: 'service',
        title: 'Web',
        replicas: 6,
        service_time: '5ms',
        zones: ['a', 'b', 'c'],
        calls: { cache: { local } },
      },
      cache: { kind: 'cache', title: 'Cache', replicas: 3, zones: ['a', 'b', 'c'], start_fill: 1 },
    },
    traffic: { users: { title: 'Users', to: 'web', rate: '300/s', noise: 0 } },
  })
  for (const local of [0, 0.7, 1])
    it(`keeps a share of ${local} in its zone, and the rest goes everywhere`, () => {
      const it = lab(both(local))
      it.run(30)
      const call = it.model.calls[0]
      const stats = armStatistics(it.state, call?.arms ?? [])
      expect(
        compare(`kept in the zone, local ${local}`, stats[0]?.weight ?? NaN, local + (1 - local) / 3),
      ).toBeLessThan(1e-9)
      const shares = stats.reduce((sum, s) => sum + s.weight, 0)
      expect(shares).toBeCloseTo(1, 12)
      expect(stats[1]?.delay).toBeCloseTo(local < 1 ? 0.004 : 0, 12)
      expect(stats[0]?.delay).toBe(0)
    })
})

describe('a worker in several zones', () => {
  it('shares the messages of its queue, which has them in one place', () => {
    const it = lab({
      zones: ZONES,
      components: {
        jobs: { kind: 'queue', title: 'Jobs', replicas: 3, zones: ['a', 'b', 'c'] },
        crunch: {
          kind: 'worker',
          title: 'Crunch',
          consumes: 'jobs',
          replicas: 6,
          service_time: '50ms',
          zones: ['a', 'b', 'c'],
        },
      },
      traffic: { users: { title: 'Users', to: 'jobs', rate: '90/s', noise: 0, retries: 0 } },
    })
    it.run(60)
    const m = it.mean(30)
    expect(compare('messages worked on in one of three zones', m('crunch.zones.b.rps'), 30)).toBeLessThan(
      0.02,
    )
    it.effects = [down('zones.a.up'), down('zones.b.up'), down('crunch.up')]
    it.run(100)
    const before = it.run(5)['jobs.messages'] ?? 0
    expect(compare('messages that wait: a third still arrives', before / 105, 30)).toBeLessThan(0.05)
    it.effects = []
    it.run(200)
    expect(it.run(5)['jobs.messages']).toBeLessThan(100)
  })
})

describe('a component of several cells', () => {
  it('conserves requests in each cell, and its metrics are those of its cells together', () => {
    const it = lab(three({ retries: 1 }, { replicas: 8, groups: { n7: 1 } }))
    it.effects = [
      { path: 'web.groups.n7.service_time', op: 'scale', value: 40 },
      { path: 'web.zones.c.errors.500', op: 'set', value: 0.3 },
    ]
    let off = 0
    for (let second = 0; second < 120; second += 1) {
      const before = it.state.stations.map((s) => ({ inSystem: s.inSystem, sums: [...s.sums] }))
      tick(it.model, it.state, { second, effects: it.effects })
      it.state.stations.forEach((s, i) => {
        const moved = (place: number) => (s.sums[place] ?? 0) - (before[i]?.sums[place] ?? 0)
        let gone = moved(A.ok) + moved(A.abandoned) + moved(A.lost)
        for (let k = 0; k < 5; k += 1) gone += moved(A.status + k)
        off = Math.max(off, Math.abs((before[i]?.inSystem ?? 0) + moved(A.offered) - gone - s.inSystem))
      })
    }
    expect(off).toBeLessThan(1e-6)
    const values = takeSample(it.model, it.state)
    const of = (name: string) => values[it.model.metrics.findIndex((m) => m.name === name)] ?? NaN
    // The group stands in zone a, whose metrics tell of it, too.
    expect(of('web.zones.a.rps') + of('web.zones.b.rps') + of('web.zones.c.rps')).toBeCloseTo(
      of('web.rps'),
      6,
    )
    expect(of('web.zones.a.replicas_ready')).toBe(4)
    expect(of('web.groups.n7.latency_p99')).toBeGreaterThan(5 * of('web.zones.b.latency_p99'))
    expect(of('web.zones.c.error_ratio')).toBeCloseTo(0.3, 2)
    expect(of('web.rps_500') + of('web.rps_503') + of('web.rps_504')).toBeCloseTo(of('web.rps_5xx'), 9)
  })
  it('has the same history after a JSON round trip, histograms of the last sample included', () => {
    const make = () =>
      lab(three({ retries: 1, health_check: { interval: '5s' }, ejection: { consecutive: 5 } }))
    const { model } = make()
    const play = (broken: boolean) => {
      let state = createPhysics(model, 3)
      for (let second = 0; second < 90; second += 1) {
        const effects = second > 30 ? [down('web.zones.b.up')] : []
        tick(model, state, { second, effects })
        if (second % 5 === 4) takeSample(model, state)
        if (broken && second % 7 === 0) state = JSON.parse(JSON.stringify(state)) as typeof state
      }
      return state
    }
    const [straight, broken] = [play(false), play(true)]
    expect(JSON.stringify(broken)).toBe(JSON.stringify(straight))
    const copy = JSON.parse(JSON.stringify(straight)) as typeof straight
    const times = latencyHistograms(model, straight)
    expect(latencyHistograms(model, copy)).toEqual(times)
    expect(times).toHaveLength(model.components.length)
    const web = times[1]
    expect(
      compare('mean of the histogram of a service at 20 ms', web ? meanOf(web) : NaN, 0.02),
    ).toBeLessThan(0.05)
  })
})
