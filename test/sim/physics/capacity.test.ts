import { describe, expect, it } from 'vitest'
import { logRates, operate } from '../../../server/sim/physics/index.ts'
import { type Lab, lab } from './lab.ts'

const operation = (it: Lab, name: string, component: string, args: Record<string, unknown> = {}) =>
  operate(it.model, it.state, { operation: name, component, args })
const set = (path: string, value: number) => ({ path, op: 'set' as const, value })
/** Happenings of a kind in the last sample. */
const told = (it: Lab, kind: string) =>
  logRates(it.model, it.state).some((r) => r.component === 'web' && r.kind === kind)

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

describe('a cluster without room', () => {
  it('leaves instances pending until there is some', () => {
    const it = web({ replicas: 4, autoscaler: byCpu }, { cluster: { slots: 6 } })
    it.run(60)
    it.effects = [set('traffic.users.rate', 480)]
    it.run(300)
    const s = it.run(5)
    expect(s['web.replicas_ready']).toBe(6)
    expect(s['web.replicas_pending']).toBe((s['web.replicas_wanted'] ?? 0) - 6)
    expect(told(it, 'no-room')).toBe(true)
    it.effects = [set('traffic.users.rate', 480), set('cluster.slots', 100)]
    it.run(45)
    expect(it.run(5)['web.replicas_pending']).toBe(0)
    expect(it.run(5)['web.replicas_ready']).toBeGreaterThan(6)
  })
  it('gives room to whoever comes first, also to what another has left', () => {
    const it = lab({
      cluster: { slots: 12 },
      components: {
        api: { kind: 'service', title: 'API', replicas: 6, start_time: '10s' },
        web: { kind: 'service', title: 'Web', replicas: 4, start_time: '10s' },
        db: { kind: 'database', title: 'Database', replicas: 9 },
      },
      traffic: { users: { title: 'Users', to: 'web', rate: '9/s' } },
    })
    it.run(30)
    it.effects = [set('web.replicas', 8)]
    it.run(30)
    expect(it.run(5)['web.replicas_pending']).toBe(2)
    it.effects = [set('web.replicas', 8), set('api.replicas', 3)]
    it.run(30)
    expect(it.run(5)['web.replicas_ready']).toBe(8)
  })
})

describe('an admission policy that refuses new instances', () => {
  const deny = set('web.admission.deny', 1)
  it('leaves those that run alone, and a rolling restart loses a quarter and stops', () => {
    const it = web({ replicas: 12 })
    it.effects = [deny]
    it.run(60)
    expect(it.run(5)['web.replicas_ready']).toBe(12)
    operation(it, 'restart', 'web')
    it.run(300)
    const s = it.run(5)
    expect(s['web.replicas_ready']).toBe(9)
    expect(s['web.replicas_pending']).toBe(3)
    expect(told(it, 'start-refused')).toBe(true)
    it.effects = []
    it.run(180)
    const healed = it.run(5)
    expect(healed['web.replicas_ready']).toBe(12)
    expect(healed['web.replicas_pending']).toBe(0)
  })
  it('makes a restart of everything an outage until it is lifted', () => {
    const it = web({ replicas: 12 })
    it.effects = [deny]
    it.run(30)
    operation(it, 'restart', 'web', { mode: 'all' })
    it.run(600)
    expect(it.run(5)['web.replicas_ready']).toBe(0)
    it.effects = []
    it.run(40)
    expect(it.run(5)['web.replicas_ready']).toBe(12)
  })
  it('stops a rollout after what it may go without, and keeps an autoscaler from adding', () => {
    const versions = { v1: { share: 1 }, v2: {} }
    const it = web({ replicas: 12, versions })
    it.effects = [deny]
    operation(it, 'deploy', 'web', { version: 'v2', over: 0 })
    it.run(300)
    const s = it.run(5)
    expect(s['web.replicas_ready']).toBe(9)
    expect(s['web.versions.v2.share']).toBe(0)
    const scaled = web({ replicas: 4, autoscaler: byCpu })
    scaled.effects = [deny, set('traffic.users.rate', 480)]
    scaled.run(300)
    const short = scaled.run(5)
    expect(short['web.replicas_ready']).toBe(4)
    expect(short['web.replicas_wanted']).toBeGreaterThanOrEqual(8)
  })
})

describe('a rollout', () => {
  const versions = { v1: { share: 1 }, v2: { errors: { 500: 1 } } }
  it('costs capacity: under load a queue builds up while a quarter is being replaced', () => {
    const run = (unavailable: number) => {
      const it = web({ replicas: 12, versions, deploy: { unavailable } }, { rate: '800/s' })
      it.run(60)
      operation(it, 'deploy', 'web', { version: 'v2', over: 0 })
      let least = 12
      let queue = 0
      for (let n = 0; n < 150; n += 1) {
        it.run(1)
        least = Math.min(least, it.state.stations[0]?.ready ?? 0)
        queue = Math.max(queue, it.state.stations[0]?.inSystem ?? 0)
      }
      return { least, queue, share: it.run(5)['web.versions.v2.share'] }
    }
    const short = run(0.25)
    expect(short).toMatchObject({ least: 9, share: 1 })
    // 9 × 80/s of 800/s for 30 s.
    expect(short.queue).toBeGreaterThan(80 * 30)
    const none = run(0)
    expect(none).toMatchObject({ least: 12, share: 1 })
    expect(none.queue).toBeLessThan(200)
  })
  it('takes as long in both directions, and errors follow the instances truly replaced', () => {
    const it = web({ replicas: 12, versions })
    it.run(60)
    const half = (version: string, name: string) => {
      operation(it, name, 'web', { version, over: '4m' })
      let t = 0
      while (t === 0 || (it.state.rollouts.length > 0 && t < 1000)) {
        it.run(1)
        t += 1
        const share = it.state.shares[version === 'v1' ? 0 : 1] ?? 0
        if (t === 121) expect(share * (it.state.stations[0]?.ready ?? 0)).toBeCloseTo(6, 9)
      }
      return t
    }
    const there = half('v2', 'deploy')
    expect(it.run(5)['web.error_ratio']).toBe(1)
    const back = half('v1', 'rollback')
    expect(Math.abs(there - 240)).toBeLessThanOrEqual(2)
    expect(back).toBe(there)
  })
  it('of a version that crashes at its start stalls, restarts again and again, and is undone in one start time', () => {
    const it = web({ replicas: 12, versions: { v1: { share: 1 }, v2: { crash: 1 } } })
    it.run(60)
    operation(it, 'deploy', 'web', { version: 'v2', over: 0 })
    it.run(600)
    const s = it.run(5)
    expect(s['web.replicas_ready']).toBe(9)
    expect(s['web.versions.v2.share']).toBe(0)
    expect(s['web.replicas_pending']).toBe(0)
    // Six of them, started again after 0, 10, 20, 40, … 300 s.
    expect(s['web.restarts']).toBe(6 * 6)
    operation(it, 'rollback', 'web', { version: 'v1', over: 0 })
    it.run(30)
    expect(it.run(5)['web.replicas_ready']).toBe(12)
  })
  it('that was stuck goes on when the version stops crashing', () => {
    const it = web({ replicas: 12, versions: { v1: { share: 1 }, v2: { crash: 1 } } })
    operation(it, 'deploy', 'web', { version: 'v2', over: 0 })
    it.run(120)
    it.effects = [set('web.versions.v2.crash', 0)]
    it.run(200)
    const s = it.run(5)
    expect(s['web.versions.v2.share']).toBe(1)
    expect(s['web.replicas_ready']).toBe(12)
  })
  it('of a single database is an outage as long as its start', () => {
    const it = lab({
      components: {
        db: { kind: 'database', title: 'DB', start_time: '40s', versions: { v1: { share: 1 }, v2: {} } },
      },
      traffic: { users: { title: 'Users', to: 'db', rate: '50/s', noise: 0, retries: 0 } },
    })
    it.run(30)
    operation(it, 'deploy', 'db', { version: 'v2', over: 0 })
    it.run(10)
    expect(it.run(5)['traffic.users.success_ratio']).toBe(0)
    it.run(40)
    const s = it.run(5)
    expect(s['traffic.users.success_ratio']).toBe(1)
    expect(s['db.versions.v2.share']).toBe(1)
  })
})

describe('a component in three zones', () => {
  const zones = { a: { region: 'x' }, b: { region: 'x' }, c: { region: 'x' } }
  it('is scaled as one, and its zones share what is wanted', () => {
    const it = web({ replicas: 6, zones: ['a', 'b', 'c'], autoscaler: byCpu }, { zones, rate: '240/s' })
    it.run(300)
    expect(it.run(5)['web.replicas_wanted']).toBe(6)
    it.effects = [set('traffic.users.rate', 720)]
    it.run(1500)
    const ready = it.state.stations.map((s) => s.ready)
    expect(Math.max(...ready) - Math.min(...ready)).toBeLessThanOrEqual(1)
    expect(ready.reduce((a, b) => a + b, 0)).toBe(it.state.scalers[0]?.wanted)
  })
  it('is rolled out over all of them', () => {
    const it = web(
      { replicas: 12, zones: ['a', 'b', 'c'], versions: { v1: { share: 1 }, v2: {} } },
      { zones },
    )
    it.run(30)
    operation(it, 'deploy', 'web', { version: 'v2', over: 0 })
    it.run(10)
    expect(it.run(5)['web.replicas_ready']).toBe(9)
    expect(it.state.stations.map((s) => s.ready)).toEqual([3, 3, 3])
    it.run(90)
    expect(it.state.stations.map((s) => s.ready)).toEqual([4, 4, 4])
    expect(it.run(5)['web.versions.v2.share']).toBe(1)
  })
})
