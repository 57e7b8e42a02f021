import { describe, expect, it } from 'vitest'
import { checkSystem, logRates, operate } from '../../../server/sim/physics/index.ts'
import { SystemSpec } from '../../../server/sim/scenario/systemSchema.ts'
import { compare, lab, printTable } from './lab.ts'

const users = { title: 'Users', to: 'web', rate: '200/s', noise: 0, retries: 0 }
const shop = (web: object, rest: object, traffic: object = users) => ({
  components: { web: { kind: 'service', title: 'Web', replicas: 8, ...web }, ...rest },
  traffic: { users: traffic },
})
const set = (path: string, value: number) => ({ path, op: 'set' as const, value })

describe('names', () => {
  const named = (dns: object = {}) =>
    shop(
      { calls: { api: { via: 'dns' } } },
      { api: { kind: 'external', title: 'API' }, dns: { kind: 'dns', title: 'Names', ...dns } },
    )
  it('fail one after another when the name server is gone, and the called side sees less and less traffic', () => {
    const it = lab(named())
    it.run(120)
    it.effects = [set('dns.up', 0)]
    it.run(30)
    const half = it.run(5)
    compare(
      'share failing 30 to 35 s after the name server went (TTL 60 s)',
      half['web.error_ratio'] ?? 0,
      32.5 / 60,
    )
    compare('traffic left at the called side', half['api.rps'] ?? 0, 200 * (1 - 32.5 / 60))
    printTable('names expire')
    expect(Math.abs((half['web.error_ratio'] ?? 0) - 32.5 / 60)).toBeLessThan(1 / 16)
    const late = it.run(40)
    expect(late['web.error_ratio']).toBeCloseTo(1, 3)
    expect(late['api.rps'] ?? 0).toBeLessThan(1)
    expect(late['dns.known_ratio']).toBe(0)
    expect(logRates(it.model, it.state).some((r) => r.component === 'web' && r.kind === 'name-failed')).toBe(
      true,
    )
    it.effects = []
    const after = it.run(20)
    expect(after['web.error_ratio']).toBeLessThan(0.01)
    expect(after['dns.known_ratio']).toBe(1)
  })
  it('hold on for as long as stale answers may be used; flushing them is what hurts', () => {
    const it = lab(named({ serve_stale: '1h' }))
    it.run(120)
    it.effects = [set('dns.up', 0)]
    expect(it.run(300)['web.error_ratio']).toBeLessThan(0.01)
    operate(it.model, it.state, { operation: 'forget-names', component: 'dns', args: {} })
    expect(it.run(10)['web.error_ratio']).toBeGreaterThan(0.9)
  })
  it('keep clients from even arriving', () => {
    const it = lab(shop({}, { dns: { kind: 'dns', title: 'Names' } }, { ...users, via: 'dns' }))
    it.run(100)
    it.effects = [set('dns.up', 0)]
    const late = it.run(100)
    expect(late['traffic.users.success_ratio']).toBeLessThan(0.01)
    expect(late['web.rps']).toBeLessThan(1)
  })
  it('move traffic to other zones no faster than their TTL', () => {
    const it = lab({
      zones: { a: { region: 'here' }, b: { region: 'there' } },
      components: {
        web: { kind: 'service', title: 'Web', replicas: 8, zones: ['a', 'b'] },
        dns: { kind: 'dns', title: 'Names', ttl: '60s' },
      },
      traffic: { users: { ...users, via: 'dns' } },
    })
    it.run(120)
    it.effects = [set('web.zones.a.weight', 0)]
    it.run(25)
    const half = it.run(5)['web.zones.a.rps'] ?? 0
    compare('traffic still going to the old zone after 30 s', half, 100 * (1 - 27.5 / 60))
    printTable('a change of address')
    expect(Math.abs(half - 54)).toBeLessThan(12)
    expect(it.run(40)['web.zones.a.rps']).toBeLessThan(1)
  })
})

describe('certificates', () => {
  const secured = (call: object = {}) =>
    shop(
      { calls: { api: call } },
      { api: { kind: 'external', title: 'API', certificate: { expires: '60s' } } },
    )
  it('are a step: all is well until the second they expire, then nothing arrives', () => {
    const it = lab(secured())
    const before = it.run(60)
    expect(before['web.error_ratio']).toBeLessThan(0.001)
    expect(before['api.certificate_days']).toBeCloseTo(1 / 86_400, 8)
    const after = it.run(10)
    expect(after['web.rps_503']).toBeCloseTo(200, 0)
    expect(after['api.rps']).toBe(0)
    expect(logRates(it.model, it.state).some((r) => r.kind === 'certificate' && r.to === 'api')).toBe(true)
    it.effects = [set('api.certificate.expires', 90 * 86_400)]
    expect(it.run(10)['web.error_ratio']).toBeLessThan(0.01)
  })
  it('do not matter to callers that do not check them', () => {
    const it = lab(secured({ verify: false }))
    expect(it.run(100)['web.error_ratio']).toBeLessThan(0.001)
  })
})

describe('quotas', () => {
  it('are a cliff where the arithmetic says', () => {
    const it = lab(
      shop({ calls: { api: {} } }, { api: { kind: 'external', title: 'API', quota: { limit: 20_000 } } }),
    )
    let fell = 0
    for (let n = 0; n < 40 && fell === 0; n += 1) if ((it.run(5)['api.rps_429'] ?? 0) > 1) fell = it.second
    compare('seconds until a quota of 20,000 is used up at 200/s', fell, 100)
    printTable('quota')
    expect(Math.abs(fell - 100)).toBeLessThanOrEqual(5)
    const beyond = it.run(20)
    expect(beyond['web.error_ratio']).toBeGreaterThan(0.99)
    expect(beyond['api.quota_left']).toBeLessThan(1)
    operate(it.model, it.state, { operation: 'reset-quota', component: 'api', args: {} })
    expect(it.run(10)['web.error_ratio']).toBeLessThan(0.01)
  })
})

describe('a scheduled job', () => {
  const nightly = (job: object = {}) =>
    shop(
      { calls: { db: {} } },
      {
        db: { kind: 'database', title: 'Database', concurrency: 8 },
        nightly: {
          kind: 'job',
          title: 'Nightly',
          every: '10m',
          offset: '1m',
          items: 6000,
          service_time: '100ms',
          calls: { db: {} },
          ...job,
        },
      },
    )
  it('works its items off as fast as its slots let it, and remembers when it last ended well', () => {
    const it = lab(nightly())
    expect(it.run(60)['nightly.running']).toBe(0)
    it.run(200)
    const ended = it.state.jobs[2]?.goodAt ?? 0
    compare('seconds a run of 6,000 items takes with 4 slots of 110 ms', ended - 60, (6000 * 0.11) / 4)
    printTable('a run')
    expect(Math.abs(ended - 60 - 165)).toBeLessThan(5)
    expect(it.run(60)['nightly.success_age']).toBeGreaterThan(90)
    expect(it.state.jobs[2]).toMatchObject({ badRuns: 0, running: false })
  })
  it('loads what it calls, fails with it, and can be given up or asked for', () => {
    const it = lab(nightly({ concurrency: 64, items: 60_000 }))
    it.run(60)
    expect(it.run(30)['db.saturation']).toBeGreaterThan(0.5)
    it.effects = [set('db.up', 0)]
    it.run(10)
    expect(logRates(it.model, it.state).some((r) => r.kind === 'item-failed')).toBe(true)
    operate(it.model, it.state, { operation: 'cancel-run', component: 'nightly', args: {} })
    expect(it.run(5)['nightly.running']).toBe(0)
    it.effects = []
    operate(it.model, it.state, { operation: 'start-run', component: 'nightly', args: {} })
    expect(it.run(5)['nightly.running']).toBe(1)
    expect(it.run(5)['nightly.failed_runs']).toBe(1)
  })
})

it('a queue whose messages have all been taken holds none, however long one waits', () => {
  const it = lab({
    components: {
      jobs: { kind: 'queue', title: 'Jobs' },
      crunch: { kind: 'worker', title: 'Crunch', consumes: 'jobs', concurrency: 8 },
    },
    traffic: { users: { ...users, to: 'jobs', rate: '40/s' } },
  })
  it.run(60)
  it.effects = [set('traffic.users.rate', 0)]
  it.run(300)
  expect(it.run(5)).toMatchObject({ 'jobs.messages': 0, 'jobs.oldest_age': 0, 'crunch.in_flight': 0 })
})

it('what cannot work is found when the scenario is read', () => {
  const spec = SystemSpec.parse(
    shop(
      { calls: { nightly: {}, api: { via: 'web' } } },
      {
        api: { kind: 'external', title: 'API', quota: { limit: 10, used: 11 } },
        nightly: { kind: 'job', title: 'Nightly' },
      },
      { ...users, via: 'nobody' },
    ),
  )
  const said = checkSystem(spec).map((f) => f.message)
  expect(said).toEqual(
    expect.arrayContaining([
      'nightly is a job: nobody calls it',
      'web is no component of kind dns',
      'More is used than the quota allows',
      'nobody is no component of kind dns',
    ]),
  )
})
