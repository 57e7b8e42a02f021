import { afterAll, describe, expect, it } from 'vitest'
import { compare, type Lab, lab, printTable } from './lab.ts'

/** A service of two instances, each with a pool of connections to its database. */
const behind = (call: object, o: { rate?: string; web?: object; db?: object } = {}): Lab =>
  lab({
    components: {
      web: {
        kind: 'service',
        title: 'Web',
        replicas: 2,
        concurrency: 400,
        service_time: '1ms',
        memory: { per_request: 0 },
        calls: { db: { timeout: '1s', ...call } },
        ...o.web,
      },
      db: {
        kind: 'database',
        title: 'Database',
        concurrency: 10_000,
        service_time: '50ms',
        cv: 0.5,
        memory: { per_request: 0 },
        ...o.db,
      },
    },
    traffic: {
      users: { title: 'Users', to: 'web', rate: o.rate ?? '300/s', noise: 0, retries: 0, timeout: '30s' },
    },
  })

describe('a pool of connections', () => {
  afterAll(() => printTable('Pools: what passes, what waits'))
  it('in use is rate × time (Little), and has a metric only where an author gave one', () => {
    const it = behind({ pool: 20 })
    it.run(60)
    expect(compare('share in use', it.mean(20)('web.calls.db.pool_used'), (300 * 0.05) / 40)).toBeLessThan(
      0.01,
    )
    expect(behind({}).model.metrics.map((m) => m.name)).not.toContain('web.calls.db.pool_used')
  })
  it('that is dry passes pool × instances / time; the rest waits for its timeout, holding the caller', () => {
    const it = behind({ pool: 5 }, { rate: '400/s', web: { concurrency: 4000 } })
    it.run(120)
    const mean = it.mean(60)
    expect(compare('calls that pass', mean('db.rps'), (5 * 2) / 0.05)).toBeLessThan(0.01)
    expect(compare('requests answered', mean('traffic.users.success_ratio'), 0.5)).toBeLessThan(0.01)
    // Everyone waits about a second, half of them in vain: Little.
    expect(
      compare('requests held by the caller', mean('web.in_flight'), 400 * (1 + 0.5 * 0.05)),
    ).toBeLessThan(0.02)
    expect(mean('web.calls.db.pool_used')).toBeCloseTo(1, 2)
    expect(mean('web.cpu')).toBeLessThan(0.1)
  })
  it('that leaks stops its caller, and recovers when the leak is mended', () => {
    const it = behind({ pool: 20 })
    it.run(60)
    expect(it.mean(20)('traffic.users.success_ratio')).toBeCloseTo(1, 3)
    it.effects = [{ path: 'web.calls.db.pool', op: 'add', value: -17 }]
    it.run(60)
    const leaking = it.mean(20)
    expect(leaking('web.latency_p95')).toBeGreaterThan(0.9)
    expect(leaking('db.rps')).toBeLessThan(125)
    it.effects = []
    it.run(60)
    expect(it.mean(20)('traffic.users.success_ratio')).toBeCloseTo(1, 3)
  })
  it('protects what is called: a slow database gets no more requests than there are connections', () => {
    const it = behind({ pool: 10, timeout: '20s' }, { db: { concurrency: 30 } })
    it.effects = [{ path: 'db.service_time', op: 'scale', value: 20 }]
    it.run(120)
    expect(it.run(5)['db.in_flight']).toBeLessThan(21)
  })
})

describe('brownout', () => {
  it('leaves out the calls marked optional for its share of requests, and nothing else', () => {
    const it = lab({
      components: {
        web: {
          kind: 'service',
          title: 'Web',
          concurrency: 100,
          calls: { tips: { optional: true }, db: {} },
        },
        tips: { kind: 'external', title: 'Tips', service_time: '200ms' },
        db: { kind: 'database', title: 'Database' },
      },
      traffic: { users: { title: 'Users', to: 'web', rate: '100/s', noise: 0 } },
    })
    it.run(60)
    const busy = it.mean(20)('web.in_flight')
    it.effects = [{ path: 'web.brownout', op: 'set', value: 0.75 }]
    it.run(60)
    const mean = it.mean(20)
    expect(mean('tips.rps')).toBeCloseTo(25, 3)
    expect(mean('db.rps')).toBeCloseTo(100, 3)
    expect(mean('traffic.users.success_ratio')).toBe(1)
    expect(compare('slots that brownout frees', busy - mean('web.in_flight'), 0.75 * 100 * 0.2)).toBeLessThan(
      0.02,
    )
  })
})
