import { afterAll, describe, expect, it } from 'vitest'
import { compare, lab, printTable } from './lab.ts'
import { table } from './reference.ts'
import { shop, users } from './customers.ts'

const ACME = { where: { tenant: 'acme' } }

describe('attributes of traffic', () => {
  it('scale the source and change its mix: ten times the acme of 30 % is 3.7 times the traffic', () => {
    const it = lab(shop({ slices: { acme: { ...ACME, errors: { 500: 1 } } } }))
    it.run(30)
    expect(it.mean(20)('traffic.users.success_ratio')).toBeCloseTo(0.7, 6)
    it.effects = [{ path: 'traffic.users.attributes.tenant.acme', op: 'scale', value: 10 }]
    it.run(30)
    const mean = it.mean(20)
    expect(mean('web.rps')).toBeCloseTo(370, 6)
    expect(mean('traffic.users.success_ratio')).toBeCloseTo(0.7 / 3.7, 6)
    it.effects = [{ path: 'traffic.users.attributes.tenant.acme', op: 'set', value: 0 }]
    it.run(30)
    expect(it.mean(20)('web.rps')).toBeCloseTo(70, 6)
  })
  it('can be told apart in metrics, those that cut across slices, too', () => {
    const it = lab(
      shop(
        { slices: { acme: { ...ACME, errors: { 500: '40%' } } } },
        { users: users({ metrics: ['tenant', 'endpoint'] }) },
      ),
    )
    it.run(30)
    const mean = it.mean(20)
    expect(mean('traffic.users.tenant.acme.rps')).toBeCloseTo(30, 6)
    expect(mean('traffic.users.tenant.acme.success_ratio')).toBeCloseTo(0.6, 6)
    expect(mean('traffic.users.tenant.others.success_ratio')).toBeCloseTo(1, 6)
    expect(mean('traffic.users.endpoint.checkout.success_ratio')).toBeCloseTo(0.88, 6)
  })
  it('change nothing by themselves', () => {
    const plain = lab({ ...shop(), traffic: { users: users({ attributes: {} }) } })
    const named = lab(shop())
    expect(named.run(60)).toEqual(plain.run(60))
    expect(named.model.classes.classes).toEqual([])
  })
})

describe('a slice that treats nobody differently', () => {
  it('leaves every number as it is', () => {
    const system = (slices: object) => ({
      components: {
        edge: { kind: 'load-balancer', title: 'Edge', calls: { web: { timeout: '2s', retries: 1 } } },
        web: {
          kind: 'service',
          title: 'Web',
          concurrency: 24,
          replicas: 2,
          errors: { 500: '2%' },
          calls: { db: { retries: 2, per_request: 1.5 }, tips: { fallback: 0.5, timeout: '50ms' }, jobs: {} },
        },
        db: { kind: 'database', title: 'Database', concurrency: 8, errors: { 503: '10%' }, slices },
        tips: { kind: 'external', title: 'Tips' },
        jobs: { kind: 'queue', title: 'Jobs' },
        crunch: {
          kind: 'worker',
          title: 'Crunch',
          consumes: 'jobs',
          replicas: 9,
          errors: { 500: '3%' },
          slices,
        },
      },
      traffic: {
        users: { ...users({ retries: 2, timeout: '3s' }), to: 'edge' },
        robots: { title: 'Robots', to: 'web', rate: '30/s', noise: 0 },
      },
    })
    const plain = lab(system({}))
    const sliced = lab(system({ acme: ACME, checkout: { where: { endpoint: 'checkout' } } }))
    expect(sliced.model.classes.classes).toHaveLength(5)
    for (const effects of [[], [{ path: 'db.service_time', op: 'scale' as const, value: 1.5 }], []]) {
      plain.effects = sliced.effects = effects
      plain.run(60)
      sliced.run(60)
      const a = plain.mean(30)
      const b = sliced.mean(30)
      for (const { name } of plain.model.metrics)
        expect(Math.abs(b(name) - a(name)), name).toBeLessThan(0.005 * (Math.abs(a(name)) + 0.01))
    }
  })
})

describe('a slice', () => {
  afterAll(() => printTable('Kinds of requests'))
  it('fails alone, at the component and for its own source', () => {
    const it = lab(
      shop(
        { slices: { partners: { from: ['partners'], errors: { 500: 1 } } } },
        { partners: { ...users(), title: 'Partners', rate: '50/s' } },
      ),
    )
    it.run(30)
    const mean = it.mean(20)
    expect(mean('traffic.users.success_ratio')).toBeCloseTo(1, 6)
    expect(mean('traffic.partners.success_ratio')).toBeCloseTo(0, 6)
    expect(mean('web.rps_5xx')).toBeCloseTo(50, 3)
  })
  it('that always fails is always tried again, the rest never: 30 % with two retries are 1.6 attempts', () => {
    const failing = { slices: { acme: { ...ACME, errors: { 503: 1 } } } }
    const client = lab(shop(failing, { users: users({ retries: 2, backoff: 0 }) }))
    client.run(30)
    const mean = client.mean(20)
    expect(compare('attempts of clients', mean('web.rps') / 100, 1.6)).toBeLessThan(1e-3)
    expect(mean('traffic.users.success_ratio')).toBeCloseTo(0.7, 3)
    const inner = lab(
      shop(
        { calls: { db: { retries: 2 } } },
        {},
        { db: { kind: 'database', title: 'Database', concurrency: 200, ...failing } },
      ),
    )
    inner.run(30)
    const within = inner.mean(20)
    expect(compare('attempts of a service', within('db.rps') / 100, 1.6)).toBeLessThan(1e-3)
    expect(compare('requests that fail', 1 - within('traffic.users.success_ratio'), 0.3)).toBeLessThan(1e-3)
  })
  it('turned away at the edge is missing behind it', () => {
    const it = lab({
      components: {
        edge: {
          kind: 'load-balancer',
          title: 'Edge',
          calls: { web: {} },
          slices: { acme: ACME },
        },
        web: {
          kind: 'service',
          title: 'Web',
          concurrency: 200,
          memory: { limit: '2GiB', base: '100MiB', per_request: '10MiB' },
          slices: { imports: { ...ACME, memory_scale: 100, service_time_scale: 5 } },
        },
      },
      traffic: { users: { ...users(), to: 'edge' } },
    })
    it.run(30)
    const before = it.mean(20)
    it.effects = [{ path: 'edge.slices.acme.shed', op: 'set', value: 1 }]
    it.run(30)
    const after = it.mean(20)
    expect(after('web.rps')).toBeCloseTo(70, 3)
    expect(after('edge.rps_429')).toBeCloseTo(30, 3)
    expect(after('traffic.users.success_ratio')).toBeCloseTo(0.7, 6)
    // 30 × 50 ms of 1000 MiB and 70 × 10 ms of 10 MiB in work, against the latter alone.
    const base = 100 / 2048
    expect(
      compare('memory with the slice', before('web.memory_ratio') - base, (30 * 0.05 * 1000 + 7) / 2048),
    ).toBeLessThan(0.01)
    expect(compare('memory without it', after('web.memory_ratio') - base, 7 / 2048)).toBeLessThan(0.01)
  })
  it('limited to a rate passes that rate, and a burst after a quiet time', () => {
    const it = lab(shop({ slices: { acme: { ...ACME, rate_limit: '10/s', rate_burst: 100 } } }))
    it.run(4)
    expect(it.state.stations[0]?.sums[4] ?? 0).toBe(0)
    it.run(56)
    expect(it.mean(20)('web.rps_429')).toBeCloseTo(20, 6)
    expect(it.mean(20)('traffic.users.success_ratio')).toBeCloseTo(0.8, 6)
  })
  it('that is slow makes everybody wait: mean wait of a mixture after Pollaczek and Khinchine', () => {
    const it = lab(
      shop({
        concurrency: 1,
        service_time: '5ms',
        slices: { slow: { where: { endpoint: 'checkout' }, service_time_scale: 4 } },
      }),
    )
    it.run(300)
    const mean = it.mean(100)
    // 80 % of 5 ms and 20 % of 20 ms, exponential: mean 8 ms, mean square 2·(0.8·25 + 0.2·400) ms².
    const wait = (100 * 2 * (0.8 * 25e-6 + 0.2 * 400e-6)) / (2 * (1 - 0.8))
    expect(compare('waiting', mean('web.queue'), 100 * wait)).toBeLessThan(0.02)
  })
  it('that takes longer than its timeout times out alone', () => {
    const it = lab(
      shop(
        { calls: { db: { timeout: '300ms' } } },
        {},
        {
          db: {
            kind: 'database',
            title: 'Database',
            concurrency: 500,
            service_time: '10ms',
            cv: 0.3,
            slices: { acme: { ...ACME, service_time_scale: 100 } },
          },
        },
      ),
    )
    it.run(60)
    expect(it.mean(20)('traffic.users.success_ratio')).toBeCloseTo(0.7, 2)
  })
  it('can be a place: one app version in one region', () => {
    const system = shop(
      {
        zones: ['eu', 'us'],
        replicas: 4,
        slices: { ios: { where: { app: 'ios-42', region: 'america' }, errors: { 500: 1 } } },
      },
      { users: users({ attributes: { app: { 'ios-42': '40%', other: '60%' } } }) },
    )
    const it = lab({ ...system, zones: { eu: { region: 'europe' }, us: { region: 'america' } } })
    it.run(30)
    const mean = it.mean(20)
    expect(mean('traffic.users.success_ratio')).toBeCloseTo(0.8, 6)
    expect(mean('web.zones.us.error_ratio')).toBeCloseTo(0.4, 6)
    expect(mean('web.zones.eu.error_ratio')).toBeCloseTo(0, 6)
  })
  it('can be what one version does to one customer', () => {
    const it = lab(
      shop({
        versions: { v1: { share: 0.75 }, v2: { share: 0.25 } },
        slices: { acme: { where: { tenant: 'acme', version: 'v2' }, errors: { 500: 1 } } },
      }),
    )
    it.run(30)
    expect(it.mean(20)('traffic.users.success_ratio')).toBeCloseTo(1 - 0.3 * 0.25, 6)
  })
  it('of messages that always fail and come back fills its queue and its workers', () => {
    const it = lab(
      shop(
        { calls: { jobs: { per_request: 0.1 } } },
        {},
        {
          jobs: { kind: 'queue', title: 'Jobs' },
          crunch: {
            kind: 'worker',
            title: 'Crunch',
            consumes: 'jobs',
            replicas: 1,
            service_time: '200ms',
            slices: { poison: { ...ACME } },
          },
        },
      ),
    )
    it.run(60)
    expect(it.run(5)['jobs.messages']).toBeLessThan(30)
    it.effects = [{ path: 'crunch.slices.poison.errors.500', op: 'set', value: 1 }]
    it.run(600)
    const last = it.run(5)
    expect(last['jobs.messages']).toBeGreaterThan(1000)
    // Nearly all that the workers do by now is in vain.
    expect(last['crunch.error_ratio']).toBeGreaterThan(0.6)
  })
})

describe('a rate limit with a burst', () => {
  it.each(table('token_bucket'))(
    'of $burst at $rate/s lets through what a token bucket does of $offered/s',
    (row) => {
      const offered = Number(row['offered'])
      const it = lab(
        shop(
          { concurrency: 5000, rate_limit: `${row['rate']}/s`, rate_burst: Number(row['burst']) },
          { users: users({ rate: `${offered}/s`, attributes: {} }) },
        ),
      )
      let first: number | null = null
      let turned = 0
      for (let second = 0; second < 60; second += 1) {
        const now = it.run(1)['web.rps_429'] ?? 0
        // Refusals begin when the tokens are gone and last until the second ends.
        if (now > 1e-9 && first === null) first = second + 1 - now / (offered - Number(row['rate']))
        turned += now
      }
      expect(60 * offered - turned).toBeCloseTo(Number(row['accepted_in_60s']), 6)
      expect(first === null ? 'never' : first.toFixed(4)).toBe(row['time_to_first_reject_s'])
    },
  )
})
