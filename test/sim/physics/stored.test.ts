import { afterAll, describe, expect, it } from 'vitest'
import { checkOperation } from '../../../server/sim/physics/index.ts'
import { compare, type Lab, lab, printTable } from './lab.ts'
import { does, failed, GB, happened, set, shop } from './shop.ts'

describe('a disk', () => {
  it('of a database fills with writes and then refuses them, while reads go on', () => {
    const disk = { size: '100GB', used: '90GB', per_request: '100kB', growth: '1MB/s' }
    const l = lab(shop({ disk }))
    const expected = (10 * GB) / (100 * 100e3 + 1e6)
    l.run(60)
    const m = l.run(5)
    expect(
      compare('seconds until full, as shown after 65 s', m['db.disk_full_in'] ?? 0, expected - 65),
    ).toBeLessThan(0.001)
    expect(compare('disk in use', m['db.disk_ratio'] ?? 0, 0.9 + (65 * 11e6) / (100 * GB))).toBeLessThan(
      0.001,
    )
    expect(happened(l)).toContain('db disk-nearly-full')
    while (failed(l) === 0 && l.second < 2000) l.run(1)
    compare('seconds until the first write fails', l.second, expected)
    expect(Math.abs(l.second - expected)).toBeLessThanOrEqual(1.5)
    const full = l.mean(30)
    expect(compare('writes refused when full', full('db.rps_500'), 100)).toBeLessThan(0.01)
    expect(full('db.goodput_rps')).toBeCloseTo(300, 1)
    // A larger one helps at once; deleting helps as fast as it goes.
    l.effects = [set('db.disk.size', 120 * GB)]
    l.run(5)
    expect(l.run(5)['db.rps_500']).toBe(0)
    l.effects = []
    l.run(60)
    expect(does(l, 'free-disk', { to: '50%', over: '100s' })).toBeUndefined()
    const freed = l.run(100)
    expect(freed['db.rps_500']).toBe(0)
    expect(
      compare('disk in use after freeing', freed['db.disk_ratio'] ?? 0, 0.5 + (100 * 11e6) / (100 * GB)),
    ).toBeLessThan(0.01)
  })
  it('of a service fails all that need it, and that of a follower stops it from following', () => {
    const l = lab({
      components: {
        web: {
          kind: 'service',
          title: 'Web',
          disk: { size: '1GB', used: '0.99GB', growth: '1MB/s', needed: 0.3 },
        },
      },
      traffic: { users: { title: 'Users', to: 'web', rate: '100/s', noise: 0, retries: 0 } },
    })
    l.run(30)
    expect(l.run(10)['web.error_ratio']).toBeCloseTo(0.3, 6)
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
    const l = lab(shop({ disk, backups }))
    l.run(100)
    l.effects = [set('db.data.damaged', 0.2)]
    const hurt = l.run(20)
    expect(compare('reads of damaged data', hurt['db.rps_500'] ?? 0, 300 * 0.2)).toBeLessThan(0.001)
    expect(does(l, 'restore', { backup: 'broken' })).toBeUndefined()
    l.run(600)
    expect(happened(l)).not.toContain('db restore-failed')
    l.run(5)
    expect(happened(l)).toContain('db restore-failed')
    expect(l.run(5)['db.rps_500']).toBeCloseTo(60, 3)
    const from = l.second
    does(l, 'restore', { backup: 'nightly' })
    while ((l.run(1)['db.goodput_rps'] ?? 0) < 100) expect(l.second).toBeLessThan(2000)
    expect(compare('seconds down for 150 GB at 250 MB/s', l.second - 1 - from, 600)).toBeLessThan(0.002)
    const m = l.run(5)
    expect(m['db.rps_500']).toBe(0)
    expect(
      compare('writes lost, six hours and what came since', m['db.lost_writes'] ?? 0, (6 * 3600 + 130) * 100),
    ).toBeLessThan(0.001)
    expect(m['db.backup_age']).toBeCloseTo(3600 + l.second, 0)
  })
})

describe('the one lock', () => {
  it('lets through what its time allows, and no more', () => {
    for (const [share, time] of [
      [1, 0.01],
      [0.2, 0.05],
    ] as const) {
      const l = lab(
        shop(
          { lock: { share, time: `${time * 1000}ms` }, queue_limit: 20 },
          { rate: 300, call: { writes: 0 } },
        ),
      )
      l.run(120)
      const m = l.mean(60)
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
    const check = (l: Lab, operation: string, args: Record<string, unknown>) =>
      checkOperation(l.model, { operation, component: 'db', args })
    expect(check(plain, 'failover', {})).toBe('bad-arguments')
    expect(check(plain, 'free-disk', {})).toBe('bad-arguments')
    expect(check(many, 'failover', { to: 'n2' })).toBeUndefined()
    expect(check(many, 'failover', { to: 'n3' })).toBe('bad-arguments')
    expect(check(many, 'restore', { backup: 'b' })).toBeUndefined()
    expect(check(many, 'restore', { backup: 'c' })).toBe('bad-arguments')
  })
})

afterAll(() => printTable('What databases and others store'))
