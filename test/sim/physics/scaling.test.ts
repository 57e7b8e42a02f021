import { afterAll, describe, expect, it } from 'vitest'
import { checkSystem } from '../../../server/sim/physics/index.ts'
import { SystemSpec } from '../../../server/sim/scenario/systemSchema.ts'
import { compare, type Lab, lab, printTable } from './lab.ts'

afterAll(() => printTable('Capacity that changes'))

const set = (path: string, value: number) => ({ path, op: 'set' as const, value })
/** One service: 80 requests a second for each instance, CPU 85 % when full. */
const web = (more: object, o: { rate?: string; cluster?: object; zones?: object } = {}) =>
  lab({
    ...(o.zones && { zones: o.zones }),
    ...(o.cluster && { cluster: o.cluster }),
    components: {
      web: {
        kind: 'service',
        title: 'Web',
        concurrency: 8,
        service_time: '100ms',
        start_time: '30s',
        ...more,
      },
    },
    traffic: {
      users: { title: 'Users', to: 'web', rate: o.rate ?? '160/s', noise: 0, retries: 0, timeout: '1h' },
    },
  })
const byCpu = { enabled: 'on', min: 2, max: 40, cpu: 0.45 }

describe('a step of the load', () => {
  it('is answered after the delay of the metrics, a decision and a start; meanwhile the queue grows', () => {
    const it = web({ replicas: 4, autoscaler: byCpu })
    it.run(600)
    expect(it.run(5)['web.replicas_wanted']).toBe(4)
    it.run(10)
    const step = it.second
    it.effects = [set('traffic.users.rate', 480)]
    let decided = -1
    let up = -1
    let queue = 0
    for (let t = 0; t < 120; t += 1) {
      const before = it.state.stations[0]?.ready ?? 0
      it.run(1)
      if (decided < 0 && (it.state.scalers[0]?.wanted ?? 0) > 4) decided = it.second - 1 - step
      if (up < 0 && (it.state.stations[0]?.ready ?? 0) > before) {
        up = it.second - 1 - step
        queue = it.state.stations[0]?.inSystem ?? 0
      }
    }
    // Five seconds of overload are enough; they are seen 30 s later, and the next decision is at 45 s.
    expect(compare('first decision after (s)', decided, 45)).toBe(0)
    expect(compare('first new instance after (s)', up, 75)).toBe(0)
    expect(compare('waiting by then, (480 − 320) × 75', queue, 160 * 75)).toBeLessThan(0.02)
  })
  it('ends with as many as hold the target, after more than that to work off the queue', () => {
    const it = web({ replicas: 4, autoscaler: byCpu })
    it.run(600)
    it.effects = [set('traffic.users.rate', 480)]
    let most = 0
    for (let n = 0; n < 60; n += 1) most = Math.max(most, it.run(30)['web.replicas_ready'] ?? 0)
    const s = it.run(5)
    // 480/s × 0.1 s ÷ 8 slots × 85 % ÷ 45 % = 11.3 instances; within the tolerance of 10 %.
    expect(most).toBeGreaterThan(13)
    expect(s['web.replicas_ready']).toBeGreaterThanOrEqual(11)
    expect(s['web.replicas_ready']).toBeLessThanOrEqual(13)
    expect(s['web.queue']).toBeLessThan(1)
  })
  it('that is over keeps its instances for five minutes more', () => {
    const it = web({ replicas: 12, autoscaler: byCpu }, { rate: '480/s' })
    it.run(600)
    it.effects = [set('traffic.users.rate', 160)]
    it.run(300)
    expect(it.run(5)['web.replicas_ready']).toBe(12)
    it.run(60)
    expect(it.run(5)['web.replicas_ready']).toBeLessThan(5)
  })
})

describe('a slow callee', () => {
  /** Own work 60 ms, a call of 40 ms: 60 of 100 threads are busy, 36 % of the CPU is in use. */
  const behind = (autoscaler: object) => {
    const it = lab({
      components: {
        web: {
          kind: 'service',
          title: 'Web',
          replicas: 10,
          concurrency: 10,
          service_time: '60ms',
          cpu: 1,
          autoscaler,
          calls: { bank: { timeout: '10s', retries: 0 } },
        },
        bank: { kind: 'external', title: 'Bank', concurrency: 100_000, service_time: '40ms' },
      },
      traffic: {
        users: { title: 'Users', to: 'web', rate: '600/s', noise: 0, retries: 0, timeout: '2s' },
      },
    })
    it.run(600)
    expect(it.run(5)['web.replicas_wanted']).toBe(10)
    it.effects = [set('bank.service_time', 0.14)]
    return it
  }
  const after40 = (autoscaler: object) => {
    const it = behind(autoscaler)
    it.run(2400)
    return it.mean(60)
  }
  it('makes threads wait, so that CPU falls, the scaler takes instances away and makes it worse', () => {
    const scaled = after40({ enabled: 'on', cpu: 0.36 })
    const alone = after40({ enabled: 'off', cpu: 0.36 })
    expect(scaled('web.replicas_ready')).toBeLessThan(6)
    expect(scaled('web.cpu')).toBeLessThan(0.31)
    expect(scaled('web.saturation')).toBeGreaterThan(0.99)
    expect(alone('web.replicas_ready')).toBe(10)
    // Threads ÷ time held is what gets through.
    const most = (10 * scaled('web.replicas_ready')) / 0.2
    const through = scaled('web.goodput_rps') + scaled('web.abandoned_rps')
    expect(compare('through, with CPU as the signal', through, most)).toBeLessThan(0.02)
    expect(through).toBeLessThan((alone('web.goodput_rps') + alone('web.abandoned_rps')) * 0.7)
  })
  it('does no harm when the share of busy threads is watched', () => {
    const s = after40({ enabled: 'on', saturation: 0.6, max: 30 })
    // 600/s × 0.2 s ÷ 10 ÷ 60 % = 20 instances; within the tolerance.
    expect(s('web.replicas_ready')).toBeGreaterThanOrEqual(19)
    expect(s('traffic.users.success_ratio')).toBeGreaterThan(0.999)
  })
})

describe('more instances in front of a store that many hinder', () => {
  it('get less done, and a scaler that watches its own threads adds them', () => {
    const build = (enabled: 'on' | 'off') =>
      lab({
        components: {
          web: {
            kind: 'service',
            title: 'Web',
            replicas: 4,
            concurrency: 10,
            service_time: '1ms',
            queue_limit: 500,
            autoscaler: { enabled, max: 12, saturation: 0.6 },
            calls: { db: { timeout: '5s', retries: 0 } },
          },
          db: {
            kind: 'database',
            title: 'Database',
            concurrency: 1000,
            service_time: '10ms',
            contention: { alpha: 0.02, beta: 0.0005 },
          },
        },
        traffic: {
          users: { title: 'Users', to: 'web', rate: '2500/s', noise: 0, retries: 0, timeout: '2s' },
        },
      })
    const through = (it: Lab) => {
      it.run(1200)
      const mean = it.mean(60)
      return mean('web.goodput_rps') + mean('web.abandoned_rps')
    }
    const few = through(build('off'))
    const scaled = build('on')
    const many = through(scaled)
    expect(scaled.run(5)['web.replicas_ready']).toBe(12)
    expect(many).toBeLessThan(few * 0.8)
  })
})

describe('a worker', () => {
  it('is scaled on the messages that wait, down to none at night, and comes back from none', () => {
    const it = lab({
      components: {
        api: { kind: 'service', title: 'API', calls: { jobs: {} } },
        jobs: { kind: 'queue', title: 'Jobs' },
        packer: {
          kind: 'worker',
          title: 'Packer',
          consumes: 'jobs',
          concurrency: 1,
          service_time: '1s',
          start_time: '20s',
          replicas: 2,
          autoscaler: { enabled: 'on', min: 0, max: 50, queue: 10, delay: 0 },
        },
      },
      traffic: { orders: { title: 'Orders', to: 'api', rate: '12/s', noise: 0, retries: 0 } },
    })
    it.run(1200)
    // Twelve are needed to keep up; as many as a tenth of what waits are wanted.
    expect(it.mean(300)('packer.replicas_ready')).toBeGreaterThan(11)
    it.effects = [set('traffic.orders.rate', 0)]
    it.run(900)
    expect(it.run(5)['packer.replicas_wanted']).toBe(0)
    it.effects = []
    it.run(120)
    expect(it.run(5)['packer.replicas_ready']).toBeGreaterThan(4)
  })
})

describe('a zone that is down', () => {
  it('has instances nobody can measure, so that the scaler adds hardly any for what the others must bear', () => {
    const zones = { a: { region: 'x' }, b: { region: 'x' } }
    const it = lab({
      zones,
      components: {
        edge: {
          kind: 'load-balancer',
          title: 'Edge',
          calls: { web: { timeout: '10s', retries: 0, health_check: { interval: '2s' } } },
        },
        web: {
          kind: 'service',
          title: 'Web',
          replicas: 8,
          zones: ['a', 'b'],
          concurrency: 8,
          service_time: '100ms',
          queue_limit: 50,
          autoscaler: byCpu,
        },
      },
      traffic: { users: { title: 'Users', to: 'edge', rate: '320/s', noise: 0, retries: 0 } },
    })
    it.run(600)
    expect(it.run(5)['web.replicas_wanted']).toBe(8)
    it.effects = [set('zones.a.up', 0)]
    it.run(200)
    // Four measured at full CPU ask for 4 × 0.85 / 0.45 = 8, and there are eight: no change.
    expect(it.run(5)['web.replicas_wanted']).toBe(8)
    expect(it.run(5)['web.zones.b.saturation']).toBeGreaterThan(0.95)
  })
})

describe('a scenario', () => {
  const findings = (more: object, system: object = {}) =>
    checkSystem(
      SystemSpec.parse({
        ...system,
        components: { web: { kind: 'service', title: 'Web', ...more } },
        traffic: { users: { title: 'Users', to: 'web', rate: '9/s' } },
      }),
    ).map((f) => f.path.join('.'))
  it.each([
    ['at least more than at most', { replicas: 5, autoscaler: { min: 6, max: 4 } }, 'autoscaler.min'],
    ['an autoscaler that watches nothing', { autoscaler: { enabled: 'on' } }, 'autoscaler'],
    ['nothing, when all is well', { replicas: 12, autoscaler: byCpu }, undefined],
    [
      'a number outside of what is allowed',
      { replicas: 50, autoscaler: { enabled: 'on', cpu: 0.5 } },
      'replicas',
    ],
    ['a CPU that is never reached', { autoscaler: { enabled: 'on', cpu: 0.8 } }, 'autoscaler.cpu'],
    [
      'a saturation that is never reached',
      { autoscaler: { enabled: 'on', saturation: 0.95 } },
      'autoscaler.saturation',
    ],
  ])('is checked for %s', (_, more, path) => {
    expect(findings(more)).toEqual(path === undefined ? [] : [`components.web.${path}`])
  })
  it('is checked for more instances than there is room for', () => {
    expect(findings({ replicas: 9 }, { cluster: { slots: 8 } })).toEqual(['cluster.slots'])
  })
  it('knows an autoscaler by the paths of its component, and only where there is one', () => {
    const paths = (more: object) => [...web({ replicas: 4, ...more }).model.paths.keys()]
    expect(paths({ autoscaler: byCpu })).toContain('web.autoscaler.max')
    expect(paths({}).filter((path) => path.includes('autoscaler'))).toEqual([])
    expect(paths({})).toContain('web.admission.deny')
    expect(paths({})).toContain('cluster.slots')
  })
})
