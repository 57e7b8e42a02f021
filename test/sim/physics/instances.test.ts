import { describe, expect, it } from 'vitest'
import { operate } from '../../../server/sim/physics/index.ts'
import { type Lab, lab } from './lab.ts'

const operation = (it: Lab, name: string, component: string, args: Record<string, unknown> = {}) =>
  operate(it.model, it.state, { operation: name, component, args })

describe('a reader of an object that grows with every write', () => {
  const growing = () =>
    lab({
      components: {
        web: {
          kind: 'service',
          title: 'Web',
          replicas: 6,
          service_time: '20ms',
          start_time: '20s',
          memory: { limit: '1GiB', base: '300MiB', per_object: 3 },
          calls: { store: { timeout: '2s' } },
        },
        writer: { kind: 'service', title: 'Writer', calls: { store: { appends: '10kB' } } },
        store: { kind: 'object-store', title: 'Store', object: { size: '1MB' } },
      },
      traffic: {
        users: { title: 'Users', to: 'web', rate: '60/s' },
        events: { title: 'Events', to: 'writer', rate: '10/s' },
      },
    })
  it('runs out of memory, is killed and restarted again and again', () => {
    const it = growing()
    it.run(300)
    expect(it.run(5)['web.restarts']).toBe(0)
    it.run(600)
    const first = it.run(5)['web.restarts'] ?? 0
    it.run(300)
    const later = it.run(5)
    expect(first).toBeGreaterThan(0)
    expect(later['web.restarts']).toBeGreaterThan(first + 6)
    expect(it.mean(60)('web.error_ratio')).toBeGreaterThan(0.5)
  })
  it('is not helped by a restart, but by cutting the object', () => {
    const it = growing()
    it.run(900)
    operation(it, 'restart', 'web', { mode: 'all' })
    it.run(120)
    expect(it.mean(60)('web.error_ratio')).toBeGreaterThan(0.5)
    operation(it, 'truncate', 'store', { to: '1MB' })
    it.run(90)
    expect(it.run(5)['web.error_ratio']).toBeLessThan(0.01)
  })
  it('is helped by serving the last good copy', () => {
    const it = growing()
    it.run(900)
    it.effects = [{ path: 'web.calls.store.serve_stale', op: 'set', value: 1 }]
    it.run(90)
    expect(it.run(5)['traffic.users.success_ratio']).toBeGreaterThan(0.99)
  })
})

describe('versions and restarts', () => {
  const web = (more: object = {}) =>
    lab({
      components: {
        edge: { kind: 'load-balancer', title: 'Edge', calls: { web: { timeout: '5s' } } },
        web: {
          kind: 'service',
          title: 'Web',
          replicas: 12,
          versions: { v1: { share: 1 }, v2: { errors: { 404: '60%' } } },
          ...more,
        },
      },
      traffic: { users: { title: 'Users', to: 'edge', rate: '900/s', noise: 0, retries: 0 } },
    })
  it('a bad version errs in proportion to its share of instances, at itself, at the edge and at the clients', () => {
    const it = web()
    expect(operation(it, 'deploy', 'web', { version: 'v2', share: 0.5, over: '60s' })).toBeUndefined()
    it.run(30)
    expect(it.run(5)['edge.rps_404']).toBeLessThan(900 * 0.3)
    it.run(60)
    const s = it.run(5)
    expect(s['edge.rps_404']).toBeCloseTo(900 * 0.3, 0)
    expect(s['web.versions.v2.error_ratio']).toBeCloseTo(0.6, 3)
    expect(s['web.versions.v1.error_ratio']).toBeCloseTo(0, 3)
    expect(s['traffic.users.success_ratio']).toBeCloseTo(0.7, 3)
  })
  it('draining a bad version ends its errors and costs its capacity', () => {
    const it = web()
    operation(it, 'deploy', 'web', { version: 'v2', share: 0.5, over: 0 })
    it.run(30)
    const before = it.run(5)['web.saturation'] ?? NaN
    it.effects = [{ path: 'web.versions.v2.drained', op: 'set', value: 1 }]
    it.run(30)
    const s = it.run(5)
    expect(s['edge.rps_404']).toBe(0)
    expect(s['web.saturation']).toBeCloseTo(before * 2, 2)
  })
  it('rolling back takes as long as it takes and then leaves nothing of the bad version', () => {
    const it = web()
    operation(it, 'deploy', 'web', { version: 'v2', over: 0 })
    it.run(90)
    operation(it, 'rollback', 'web', { version: 'v1', over: '2m' })
    it.run(60)
    expect(it.run(5)['web.versions.v2.share']).toBeGreaterThan(0.3)
    it.run(60)
    expect(it.run(5)['traffic.users.success_ratio']).toBeCloseTo(1, 3)
  })
  it('a restart of everything is an outage as long as the start; a rolling one is none', () => {
    const all = web({ start_time: '20s' })
    all.run(60)
    operation(all, 'restart', 'web', { mode: 'all' })
    all.run(5)
    expect(all.run(10)['traffic.users.success_ratio']).toBe(0)
    all.run(15)
    expect(all.run(5)['traffic.users.success_ratio']).toBeGreaterThan(0.99)
    const rolling = web({ start_time: '20s' })
    rolling.run(60)
    operation(rolling, 'restart', 'web')
    rolling.run(10)
    expect(rolling.run(5)['web.replicas_ready']).toBe(9)
    rolling.run(100)
    const s = rolling.run(5)
    expect(s['web.restarts']).toBe(12)
    expect(s['web.replicas_ready']).toBe(12)
    expect(rolling.state.sources[0]?.bad).toBeLessThan(1)
  })
  it('what cannot be done is named and changes nothing', () => {
    const it = web()
    const before = JSON.stringify(it.state)
    expect(operation(it, 'explode', 'web')).toBe('unknown-operation')
    expect(operation(it, 'restart', 'nobody')).toBe('unknown-component')
    expect(operation(it, 'flush', 'web')).toBe('wrong-kind')
    expect(operation(it, 'deploy', 'web', { version: 'v9' })).toBe('bad-arguments')
    expect(JSON.stringify(it.state)).toBe(before)
  })
})

describe('calls that wait', () => {
  const shop = (breaker: object) =>
    lab({
      components: {
        web: {
          kind: 'service',
          title: 'Web',
          replicas: 4,
          concurrency: 50,
          calls: { tips: { timeout: '2s', fallback: 1, breaker }, db: {} },
        },
        tips: { kind: 'service', title: 'Tips', replicas: 2, concurrency: 32, service_time: '30ms' },
        db: { kind: 'database', title: 'Database' },
      },
      traffic: { users: { title: 'Users', to: 'web', rate: '500/s', timeout: '5s' } },
    })
  it('a slow side service takes its callers down through their threads, with little CPU in use', () => {
    const it = shop({})
    it.run(60)
    it.effects = [{ path: 'tips.service_time', op: 'scale', value: 50 }]
    it.run(60)
    const s = it.run(5)
    expect(s['web.saturation']).toBeGreaterThan(0.99)
    expect(s['web.cpu']).toBeLessThan(0.1)
    expect(s['traffic.users.success_ratio']).toBeLessThan(0.05)
    expect(s['db.rps']).toBeLessThan(200)
  })
  it('a circuit breaker with a stand-in answer keeps them up, and closes when the side service is well', () => {
    const it = shop({ enabled: true })
    it.run(60)
    it.effects = [{ path: 'tips.service_time', op: 'scale', value: 50 }]
    it.run(90)
    expect(it.run(5)['traffic.users.success_ratio']).toBeGreaterThan(0.95)
    it.effects = []
    it.run(60)
    expect(it.run(5)['tips.rps']).toBeGreaterThan(450)
  })
  it('messages pile up in a queue while their worker fails, and are worked off later without loss', () => {
    const it = lab({
      components: {
        api: { kind: 'service', title: 'API', calls: { jobs: {} } },
        jobs: { kind: 'queue', title: 'Jobs' },
        mailer: {
          kind: 'worker',
          title: 'Mailer',
          consumes: 'jobs',
          replicas: 4,
          service_time: '50ms',
          calls: { mail: { timeout: '2s' } },
        },
        mail: { kind: 'external', title: 'Mail' },
      },
      traffic: { users: { title: 'Users', to: 'api', rate: '50/s', noise: 0, retries: 0 } },
    })
    it.run(60)
    it.effects = [{ path: 'mail.up', op: 'set', value: 0 }]
    it.run(100)
    const s = it.run(5)
    expect(s['jobs.messages']).toBeGreaterThan(4500)
    it.effects = []
    it.run(400)
    expect(it.run(5)['jobs.messages']).toBeLessThan(100)
  })
})
