import { afterAll, describe, expect, it } from 'vitest'
import { checkOperation, logRates, operate } from '../../../server/sim/physics/index.ts'
import { compare, type Lab, lab, printTable } from './lab.ts'

const GB = 1e9
/** People ask a service that asks a database: `rate` requests a second, a quarter of them writes. */
const shop = (db: object, o: { rate?: number; call?: object; zones?: object } = {}): unknown => ({
  ...(o.zones && { zones: o.zones }),
  components: {
    web: {
      kind: 'service',
      title: 'Web',
      replicas: 10,
      concurrency: 200,
      calls: { db: { writes: 0.25, ...o.call } },
    },
    db: { kind: 'database', title: 'Database', concurrency: 64, service_time: '5ms', ...db },
  },
  traffic: {
    users: { title: 'Users', to: 'web', rate: `${o.rate ?? 400}/s`, noise: 0, retries: 0, timeout: '1h' },
  },
})
const set = (path: string, value: number) => ({ path, op: 'set', value }) as const
const happened = (it: Lab) => logRates(it.model, it.state).map((r) => `${r.component} ${r.kind}`)
const does = (it: Lab, operation: string, args: Record<string, unknown> = {}) =>
  operate(it.model, it.state, { operation, component: 'db', args })
/** Requests of users that failed since the World began. */
const failed = (it: Lab) => it.state.sources[0]?.bad ?? 0

describe('a database with followers', () => {
  it('sends reads to followers by their share, and writes to the primary alone', () => {
    for (const reads of [1, 0.5, 0]) {
      const it_ = lab(shop({ replicas: 3, replication: { reads } }))
      it_.run(60)
      const m = it_.run(30)
      expect(
        compare(
          `requests at the primary, ${reads} of reads away`,
          m['db.groups.n1.rps'] ?? 0,
          100 + 300 * (1 - reads),
        ),
      ).toBeLessThan(0.001)
      expect(compare('at each follower', m['db.groups.n2.rps'] ?? 0, 150 * reads)).toBeLessThan(0.001)
      expect(m['db.writes_rps']).toBeCloseTo(100, 3)
      expect(m['db.followers_ready']).toBe(2)
      expect(m['db.health']).toBe(0)
    }
  })
  it('leaves a database of one instance, or one nobody speaks of as replicated, as it was', () => {
    const plain = lab(shop({ replicas: 1 }))
    expect(plain.model.components[1]?.cells).toHaveLength(1)
    expect(plain.run(60)['db.rps']).toBeCloseTo(400, 3)
    const alike = lab(shop({ replicas: 3 }, { call: { writes: undefined } }))
    expect(alike.model.components[1]?.cells).toHaveLength(1)
  })
  it('lags behind by the age of what it lacks, as its instruments show', () => {
    const it_ = lab(shop({ replicas: 2, replication: { speed: '80/s' } }))
    it_.run(600)
    const m = it_.run(5)
    expect(
      compare('lag after 600 s, 100/s written, 80/s applied', m['db.replication_lag'] ?? 0, 605 * 0.2),
    ).toBeLessThan(0.02)
    expect(m['db.read_age']).toBeGreaterThan(115)
    expect(happened(it_)).toContain('db replication-lag')
    it_.effects = [set('web.calls.db.writes', 0.1)]
    it_.run(300)
    // 40/s written, 80/s applied: 12,100 less 40/s.
    const left = 605 * 20 - 300 * 40
    expect(
      compare('writes missing 300 s later', it_.state.databases[0]?.set?.behind[1] ?? 0, left),
    ).toBeLessThan(0.02)
    it_.run(10)
    expect(it_.run(5)['db.replication_lag']).toBeCloseTo(0.05, 6)
  })
})

describe('a primary that is lost', () => {
  it('fails writes for detection, election and half the repointing, and reads not at all', () => {
    for (const [after, election, repoint] of [
      [30, 10, 30],
      [10, 5, 0],
      [20, 15, 100],
    ] as const) {
      const failover = {
        automatic: true,
        after: `${after}s`,
        election: `${election}s`,
        repoint: `${repoint}s`,
      }
      const it_ = lab(shop({ replicas: 3, failover }))
      it_.run(60)
      it_.effects = [set('db.groups.n1.up', 0)]
      it_.run(300)
      const seconds = failed(it_) / 100
      expect(
        compare(
          `seconds of writes failed: ${after}+${election}+${repoint}/2`,
          seconds,
          after + election + repoint / 2,
        ),
      ).toBeLessThan(0.02)
      const m = it_.run(5)
      expect(m['db.groups.n2.rps'] ?? 0).toBeGreaterThanOrEqual(100)
      expect(m['db.has_primary']).toBe(1)
      expect(m['db.followers_ready']).toBe(1)
    }
  })
  it('takes along the lag of an asynchronous follower', () => {
    const it_ = lab(shop({ replicas: 2, replication: { speed: '60/s' }, failover: { automatic: true } }))
    it_.run(120)
    const lag = it_.run(5)['db.replication_lag'] ?? 0
    it_.effects = [set('db.groups.n1.up', 0)]
    const m = it_.run(120)
    expect(
      compare(`writes lost: ${lag.toFixed(1)} s × 100/s`, m['db.lost_writes'] ?? 0, lag * 100),
    ).toBeLessThan(0.02)
  })
  it('stays lost until somebody fails over, where nothing does so by itself', () => {
    const it_ = lab(shop({ replicas: 2 }))
    it_.run(30)
    it_.effects = [set('db.groups.n1.up', 0)]
    expect(it_.run(300)['db.has_primary']).toBe(0)
    expect(does(it_, 'failover')).toBeUndefined()
    it_.run(5)
    expect(happened(it_)).not.toContain('db failover-done')
    it_.run(10)
    expect(happened(it_)).toContain('db failover-done')
    it_.run(40)
    const before = failed(it_)
    it_.run(60)
    expect(failed(it_)).toBe(before)
  })
  it('takes writes of its own when it comes back unfenced', () => {
    const run = (fencing: boolean) => {
      const failover = { automatic: true, after: '10s', election: '5s', repoint: '60s', fencing }
      const it_ = lab(shop({ replicas: 2, failover }))
      it_.run(30)
      it_.effects = [set('db.groups.n1.up', 0)]
      it_.run(35)
      it_.effects = []
      const m = it_.run(120)
      return m['db.diverged_writes'] ?? 0
    }
    // Back after 20 of the 60 s: callers that still go there fall from 2/3 to none.
    expect(compare('writes taken by both', run(false), (100 * 40 * (2 / 3)) / 2)).toBeLessThan(0.02)
    expect(run(true)).toBe(0)
  })
  it('is back as a follower after it was rebuilt', () => {
    const disk = { size: '200GB', used: '60GB', bandwidth: '500MB/s' }
    const it_ = lab(shop({ replicas: 2, failover: { automatic: true }, disk }))
    it_.run(30)
    it_.effects = [set('db.groups.n1.up', 0)]
    it_.run(100)
    it_.effects = []
    expect(it_.run(60)['db.followers_ready']).toBe(0)
    expect(does(it_, 'rebuild-follower', { over: '1s' })).toBeUndefined()
    expect(it_.run(118)['db.followers_ready']).toBe(0)
    expect(it_.run(4)['db.followers_ready']).toBe(1)
  })
  it('hands over without loss when it is told to', () => {
    const it_ = lab(shop({ replicas: 3, replication: { speed: '90/s' }, failover: { repoint: '10s' } }))
    it_.run(300)
    expect(does(it_, 'failover', { to: 'n3' })).toBeUndefined()
    const m = it_.run(120)
    expect(m['db.lost_writes']).toBe(0)
    expect(it_.state.databases[0]?.set?.role).toEqual(['following', 'following', 'primary', 'following'])
    // 3000 writes at 90/s before it takes over, longer than the election.
    expect(compare('seconds of writes failed', failed(it_) / 100, 3000 / 90 + 5)).toBeLessThan(0.03)
  })
})

describe('a majority', () => {
  it('of two, three and five must be there for synchronous writes, and then nothing is lost', () => {
    for (const [replicas, mayLose] of [
      [2, 0],
      [3, 1],
      [5, 2],
    ] as const) {
      for (let lost = 0; lost <= mayLose + 1; lost += 1) {
        const it_ = lab(shop({ replicas, replication: { synchronous: true } }))
        it_.run(30)
        it_.effects = Array.from({ length: lost }, (_, n) => set(`db.groups.n${n + 2}.up`, 0))
        const m = it_.run(30)
        expect(m['db.has_primary'], `${lost} of ${replicas} gone`).toBe(lost <= mayLose ? 1 : 0)
        const writes = m['db.writes_rps'] ?? 0
        expect(
          compare(
            `writes with ${lost} followers of ${replicas} instances gone`,
            writes,
            lost <= mayLose ? 100 : 0,
          ),
        ).toBeLessThan(0.001)
      }
    }
  })
  it('makes a write wait for the others, and keeps every write when the primary is lost', () => {
    const times = (synchronous: boolean) => {
      const it_ = lab(
        shop({ replicas: 3, replication: { synchronous, delay: '40ms' }, failover: { automatic: true } }),
      )
      it_.run(60)
      it_.effects = [set('db.groups.n1.up', 0)]
      it_.run(200)
      const m = it_.run(30)
      return { p50: m['db.groups.n2.latency_p99'] ?? 0, lost: m['db.lost_writes'] ?? 0 }
    }
    const [safe, fast] = [times(true), times(false)]
    expect(safe.lost).toBe(0)
    expect(compare('writes lost without', fast.lost, 0.04 * 100)).toBeLessThan(0.02)
    expect(safe.p50).toBeGreaterThan(fast.p50 + 0.02)
  })
})

describe('zones', () => {
  it('take the members in turn, and a zone that is cut off takes its primary along', () => {
    const zones = { a: { region: 'r' }, b: { region: 'r' }, c: { region: 'r' } }
    const it_ = lab(shop({ replicas: 3, zones: ['a', 'b', 'c'], failover: { automatic: true } }, { zones }))
    it_.run(30)
    it_.effects = [set('zones.a.up', 0)]
    const m = it_.run(120)
    expect(m['db.has_primary']).toBe(1)
    expect(it_.state.databases[0]?.set?.primary).toBe(1)
    expect(m['db.writes_rps']).toBeCloseTo(100, 1)
  })
})

describe('a rolling restart', () => {
  it('does one member after the other, the primary last', () => {
    const it_ = lab(shop({ replicas: 3, start_time: '20s' }))
    it_.run(30)
    operate(it_.model, it_.state, { operation: 'restart', component: 'db', args: { mode: 'rolling' } })
    const ready: number[] = []
    for (let n = 0; n < 16; n += 1) ready.push(it_.run(5)['db.followers_ready'] ?? -1)
    expect(Math.min(...ready)).toBe(1)
    expect(it_.run(5)['db.restarts']).toBe(3)
    // Only the last twenty seconds had no primary.
    expect(compare('seconds of writes failed', failed(it_) / 100, 20)).toBeLessThan(0.06)
  })
})

describe('a disk', () => {
  it('of a database fills with writes and then refuses them, while reads go on', () => {
    const disk = { size: '100GB', used: '90GB', per_request: '100kB', growth: '1MB/s' }
    const it_ = lab(shop({ disk }))
    const expected = (10 * GB) / (100 * 100e3 + 1e6)
    it_.run(60)
    const m = it_.run(5)
    expect(
      compare('seconds until full, as shown after 65 s', m['db.disk_full_in'] ?? 0, expected - 65),
    ).toBeLessThan(0.001)
    expect(compare('disk in use', m['db.disk_ratio'] ?? 0, 0.9 + (65 * 11e6) / (100 * GB))).toBeLessThan(
      0.001,
    )
    expect(happened(it_)).toContain('db disk-nearly-full')
    while (failed(it_) === 0 && it_.second < 2000) it_.run(1)
    compare('seconds until the first write fails', it_.second, expected)
    expect(Math.abs(it_.second - expected)).toBeLessThanOrEqual(1.5)
    const full = it_.mean(30)
    expect(compare('writes refused when full', full('db.rps_500'), 100)).toBeLessThan(0.01)
    expect(full('db.goodput_rps')).toBeCloseTo(300, 1)
    // A larger one helps at once; deleting helps as fast as it goes.
    it_.effects = [set('db.disk.size', 120 * GB)]
    it_.run(5)
    expect(it_.run(5)['db.rps_500']).toBe(0)
    it_.effects = []
    it_.run(60)
    expect(does(it_, 'free-disk', { to: '50%', over: '100s' })).toBeUndefined()
    const freed = it_.run(100)
    expect(freed['db.rps_500']).toBe(0)
    expect(
      compare('disk in use after freeing', freed['db.disk_ratio'] ?? 0, 0.5 + (100 * 11e6) / (100 * GB)),
    ).toBeLessThan(0.01)
  })
  it('of a service fails all that need it, and that of a follower stops it from following', () => {
    const it_ = lab({
      components: {
        web: {
          kind: 'service',
          title: 'Web',
          disk: { size: '1GB', used: '0.99GB', growth: '1MB/s', needed: 0.3 },
        },
      },
      traffic: { users: { title: 'Users', to: 'web', rate: '100/s', noise: 0, retries: 0 } },
    })
    it_.run(30)
    expect(it_.run(10)['web.error_ratio']).toBeCloseTo(0.3, 6)
    const lagging = lab(shop({ replicas: 2, disk: { size: '1GB', used: '0.9GB', per_request: '1kB' } }))
    lagging.effects = [set('db.groups.n2.disk.growth', 10e6)]
    lagging.run(60)
    expect(lagging.run(60)['db.replication_lag']).toBeGreaterThan(90)
  })
})

describe('a backup', () => {
  const disk = { size: '1TB', used: '150GB', bandwidth: '250MB/s' }
  const backups = [
    { name: 'nightly', title: 'Last night', age: '6h' },
    { name: 'broken', title: 'The other one', age: '1h', works: false },
  ]
  it('is put back in its size by the throughput, with damage undone and writes lost', () => {
    const it_ = lab(shop({ disk, backups }))
    it_.run(100)
    it_.effects = [set('db.data.damaged', 0.2)]
    const hurt = it_.run(20)
    expect(compare('reads of damaged data', hurt['db.rps_500'] ?? 0, 300 * 0.2)).toBeLessThan(0.001)
    expect(does(it_, 'restore', { backup: 'broken' })).toBeUndefined()
    it_.run(600)
    expect(happened(it_)).not.toContain('db restore-failed')
    it_.run(5)
    expect(happened(it_)).toContain('db restore-failed')
    expect(it_.run(5)['db.rps_500']).toBeCloseTo(60, 3)
    const from = it_.second
    does(it_, 'restore', { backup: 'nightly' })
    while ((it_.run(1)['db.goodput_rps'] ?? 0) < 100) expect(it_.second).toBeLessThan(2000)
    expect(compare('seconds down for 150 GB at 250 MB/s', it_.second - 1 - from, 600)).toBeLessThan(0.002)
    const m = it_.run(5)
    expect(m['db.rps_500']).toBe(0)
    expect(
      compare('writes lost, six hours and what came since', m['db.lost_writes'] ?? 0, (6 * 3600 + 130) * 100),
    ).toBeLessThan(0.001)
    expect(m['db.backup_age']).toBeCloseTo(3600 + it_.second, 0)
  })
})

describe('the one lock', () => {
  it('lets through what its time allows, and no more', () => {
    for (const [share, time] of [
      [1, 0.01],
      [0.2, 0.05],
    ] as const) {
      const it_ = lab(
        shop(
          { lock: { share, time: `${time * 1000}ms` }, queue_limit: 20 },
          { rate: 300, call: { writes: 0 } },
        ),
      )
      it_.run(120)
      const m = it_.mean(60)
      expect(
        compare(
          `most with a lock of ${time * 1000} ms for ${share}`,
          m('db.goodput_rps') + m('db.abandoned_rps'),
          1 / (share * time),
        ),
      ).toBeLessThan(0.02)
    }
    const calm = lab(shop({ lock: { share: 0.5, time: '4ms' } }, { rate: 300, call: { writes: 0 } }))
    calm.run(60)
    // M/M/1 on the lock for half of the requests, and the own work beside it.
    const m = calm.mean(60)
    const expected = 300 * (0.005 + (0.5 * 0.004) / (1 - 0.6))
    expect(
      compare('in work with a lock used to 60 %', m('db.in_flight') + m('db.queue'), expected),
    ).toBeLessThan(0.02)
  })
})

describe('operations on data', () => {
  it('are refused where they name what is not there', () => {
    const plain = lab(shop({}))
    const many = lab(shop({ replicas: 2, backups: [{ name: 'b', title: 'B', age: '1h', size: '1GB' }] }))
    const check = (it_: Lab, operation: string, args: Record<string, unknown>) =>
      checkOperation(it_.model, { operation, component: 'db', args })
    expect(check(plain, 'failover', {})).toBe('bad-arguments')
    expect(check(plain, 'free-disk', {})).toBe('bad-arguments')
    expect(check(many, 'failover', { to: 'n2' })).toBeUndefined()
    expect(check(many, 'failover', { to: 'n3' })).toBe('bad-arguments')
    expect(check(many, 'restore', { backup: 'b' })).toBeUndefined()
    expect(check(many, 'restore', { backup: 'c' })).toBe('bad-arguments')
  })
})

afterAll(() => printTable('Databases'))
