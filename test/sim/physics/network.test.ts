import { afterAll, describe, expect, it } from 'vitest'
import { compare, lab, printTable } from './lab.ts'

afterAll(() => printTable('Network'))

/** A service that calls a database; extra fields for the call and for clients. */
const pair = (call: object = {}, traffic: object = {}, web: object = {}): unknown => ({
  components: {
    web: {
      kind: 'service',
      title: 'Web',
      replicas: 2,
      concurrency: 50,
      service_time: '5ms',
      calls: { db: { timeout: '1s', backoff: '0s', ...call } },
      ...web,
    },
    db: { kind: 'database', title: 'Database', service_time: '5ms' },
  },
  traffic: {
    users: { title: 'Users', to: 'web', rate: '40/s', noise: 0, retries: 0, timeout: '9s', ...traffic },
  },
})

describe('a longer way', () => {
  it('is added to every response', () => {
    const near = lab(pair()).mean(30)
    const far = lab(pair({ delay: '80ms' })).mean(30)
    const clients = lab(pair({}, { delay: '80ms' })).mean(30)
    for (const [what, m] of [
      ['p50 with 80 ms on the call', far],
      ['p50 with 80 ms on the way to clients', clients],
    ] as const)
      expect(
        compare(what, m('traffic.users.latency_p50'), near('traffic.users.latency_p50') + 0.08),
      ).toBeLessThan(0.06)
    expect(compare('in work (Little)', far('web.in_flight'), near('web.in_flight') + 40 * 0.08)).toBeLessThan(
      0.02,
    )
  })
  it('comes with the zones both ends are in: none within, little between zones, much between regions', () => {
    const at = (zone: string) =>
      lab({
        zones: { 'fra-a': { region: 'fra' }, 'fra-b': { region: 'fra' }, 'iad-a': { region: 'iad' } },
        network: { zone: '10ms', region: '90ms' },
        components: {
          web: {
            kind: 'service',
            title: 'Web',
            service_time: '1ms',
            cv: 0,
            zones: ['fra-a'],
            calls: { db: {} },
          },
          db: { kind: 'database', title: 'Database', service_time: '1ms', cv: 0, zones: [zone] },
        },
        traffic: { users: { title: 'Users', to: 'web', rate: '10/s', noise: 0 } },
      }).mean(30)('web.latency_p50')
    const base = at('fra-a')
    expect(compare('another zone of the region', at('fra-b') - base, 0.01)).toBeLessThan(0.15)
    expect(compare('another region', at('iad-a') - base, 0.09)).toBeLessThan(0.06)
  })
  it('takes its time out of the timeout', () => {
    const it = lab(pair({ delay: '120ms', timeout: '100ms' }))
    it.run(30)
    const m = it.run(5)
    expect(m['traffic.users.success_ratio']).toBe(0)
    expect(m['web.rps_504']).toBeCloseTo(40, 3)
  })
})

describe('a loss of 10 % of all attempts', () => {
  for (const [retries, expected] of [
    [0, 0.1],
    [1, 0.01],
    [2, 0.001],
  ] as const)
    it(`fails ${expected * 100} % of the requests with ${retries} retries`, () => {
      const it = lab(pair({ loss: 0.1, retries }))
      it.run(20)
      const m = it.mean(30)
      expect(
        compare(`failing, ${retries} retries`, 1 - m('traffic.users.success_ratio'), expected),
      ).toBeLessThan(0.01)
    })
  it('costs each lost attempt its timeout, and never reaches what is called', () => {
    const clean = lab(pair()).mean(30)
    const it = lab(pair({ loss: 0.1 }))
    it.run(20)
    const m = it.mean(30)
    expect(
      compare(
        'in work: 10 % hold on for the timeout',
        m('web.in_flight'),
        clean('web.in_flight') * 0.95 + 40 * 0.1 * 0.995,
      ),
    ).toBeLessThan(0.06)
    expect(compare('arriving at the database', m('db.rps'), 36)).toBeLessThan(1e-6)
    expect(compare('p99 is the timeout, to a bucket', m('web.latency_p99'), 1)).toBeLessThan(0.12)
  })
  it('is felt by clients, too', () => {
    const it = lab(pair({}, { loss: 0.1, retries: 1, backoff: '1s', timeout: '2s' }))
    it.run(60)
    expect(compare('clients, 1 retry', 1 - it.mean(60)('traffic.users.success_ratio'), 0.01)).toBeLessThan(
      0.02,
    )
  })
})

describe('a component that cannot be reached', () => {
  const run = (path: string, value: number) => {
    const it = lab(pair({ timeout: '1s' }))
    it.run(30)
    it.effects = [{ path, op: 'set', value }]
    it.run(30)
    return it.mean(30)
  }
  it('lets its callers hold on for their timeout behind a partition, and answers at once when it is down', () => {
    const cut = run('db.partition', 1)
    const refused = run('db.up', 0)
    expect(cut('traffic.users.success_ratio')).toBe(0)
    expect(refused('traffic.users.success_ratio')).toBe(0)
    expect(compare('slots held behind a partition', cut('web.in_flight'), 40 * 1.005)).toBeLessThan(0.02)
    expect(compare('slots held when refused at once', refused('web.in_flight'), 40 * 0.007)).toBeLessThan(
      0.03,
    )
    expect(cut('web.rps_504')).toBeCloseTo(40, 3)
    expect(refused('web.rps_503')).toBeCloseTo(40, 3)
    expect(cut('db.rps')).toBe(0)
  })
  it('fails the share that is partitioned', () => {
    expect(
      compare('half partitioned', 1 - run('db.partition', 0.5)('traffic.users.success_ratio'), 0.5),
    ).toBeLessThan(0.01)
  })
})

describe('losses between zones', () => {
  it('hit what crosses the border of a zone, and nothing within', () => {
    const it = lab({
      zones: { a: { region: 'x' }, b: { region: 'x' } },
      components: {
        web: {
          kind: 'service',
          title: 'Web',
          replicas: 4,
          zones: ['a', 'b'],
          calls: { db: { timeout: '500ms' } },
        },
        db: { kind: 'database', title: 'Database', zones: ['a'] },
      },
      traffic: { users: { title: 'Users', to: 'web', rate: '50/s', noise: 0, retries: 0 } },
    })
    it.effects = [{ path: 'zones.a.loss', op: 'set', value: 0.4 }]
    it.run(30)
    const m = it.mean(30)
    expect(m('web.zones.a.error_ratio')).toBe(0)
    expect(compare('failing in the other zone', m('web.zones.b.error_ratio'), 0.4)).toBeLessThan(0.01)
  })
})
