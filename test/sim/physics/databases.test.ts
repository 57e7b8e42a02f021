import { afterAll, describe, expect, it } from 'vitest'
import { operate } from '../../../server/sim/physics/index.ts'
import { compare, lab, printTable } from './lab.ts'
import { does, failed, happened, set, shop } from './shop.ts'

describe('a database with followers', () => {
  it('sends reads to followers by their share, and writes to the primary alone', () => {
    for (const reads of [1, 0.5, 0]) {
      const l = lab(shop({ replicas: 3, replication: { reads } }))
      l.run(60)
      const m = l.run(30)
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
    const l = lab(shop({ replicas: 2, replication: { speed: '80/s' } }))
    l.run(600)
    const m = l.run(5)
    expect(
      compare('lag after 600 s, 100/s written, 80/s applied', m['db.replication_lag'] ?? 0, 605 * 0.2),
    ).toBeLessThan(0.02)
    expect(m['db.read_age']).toBeGreaterThan(115)
    expect(happened(l)).toContain('db replication-lag')
    l.effects = [set('web.calls.db.writes', 0.1)]
    l.run(300)
    // 40/s written, 80/s applied: 12,100 less 40/s.
    const left = 605 * 20 - 300 * 40
    expect(
      compare('writes missing 300 s later', l.state.databases[0]?.set?.behind[1] ?? 0, left),
    ).toBeLessThan(0.02)
    l.run(10)
    expect(l.run(5)['db.replication_lag']).toBeCloseTo(0.05, 6)
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
      const l = lab(shop({ replicas: 3, failover }))
      l.run(60)
      l.effects = [set('db.groups.n1.up', 0)]
      l.run(300)
      const seconds = failed(l) / 100
      expect(
        compare(
          `seconds of writes failed: ${after}+${election}+${repoint}/2`,
          seconds,
          after + election + repoint / 2,
        ),
      ).toBeLessThan(0.02)
      const m = l.run(5)
      expect(m['db.groups.n2.rps'] ?? 0).toBeGreaterThanOrEqual(100)
      expect(m['db.has_primary']).toBe(1)
      expect(m['db.followers_ready']).toBe(1)
    }
  })
  it('takes along the lag of an asynchronous follower', () => {
    const l = lab(shop({ replicas: 2, replication: { speed: '60/s' }, failover: { automatic: true } }))
    l.run(120)
    const lag = l.run(5)['db.replication_lag'] ?? 0
    l.effects = [set('db.groups.n1.up', 0)]
    const m = l.run(120)
    expect(compare('seconds lost', m['db.lost_seconds'] ?? 0, lag)).toBeLessThan(0.02)
    expect(
      compare(`writes lost: ${lag.toFixed(1)} s × 100/s`, m['db.lost_writes'] ?? 0, lag * 100),
    ).toBeLessThan(0.02)
  })
  it('stays lost until somebody fails over, where nothing does so by itself', () => {
    const l = lab(shop({ replicas: 2 }))
    l.run(30)
    l.effects = [set('db.groups.n1.up', 0)]
    expect(l.run(300)['db.has_primary']).toBe(0)
    expect(does(l, 'failover')).toBeUndefined()
    l.run(5)
    expect(happened(l)).not.toContain('db failover-done')
    l.run(10)
    expect(happened(l)).toContain('db failover-done')
    l.run(40)
    const before = failed(l)
    l.run(60)
    expect(failed(l)).toBe(before)
  })
  it('takes writes of its own when it comes back unfenced', () => {
    const run = (fencing: boolean) => {
      const failover = { automatic: true, after: '10s', election: '5s', repoint: '60s', fencing }
      const l = lab(shop({ replicas: 2, failover }))
      l.run(30)
      l.effects = [set('db.groups.n1.up', 0)]
      l.run(35)
      l.effects = []
      const m = l.run(120)
      return m['db.diverged_writes'] ?? 0
    }
    // Back after 20 of the 60 s: callers that still go there fall from 2/3 to none.
    expect(compare('writes taken by both', run(false), (100 * 40 * (2 / 3)) / 2)).toBeLessThan(0.02)
    expect(run(true)).toBe(0)
  })
  it('is back as a follower after it was rebuilt', () => {
    const disk = { size: '200GB', used: '60GB', bandwidth: '500MB/s' }
    const l = lab(shop({ replicas: 2, failover: { automatic: true }, disk }))
    l.run(30)
    l.effects = [set('db.groups.n1.up', 0)]
    l.run(100)
    l.effects = []
    expect(l.run(60)['db.followers_ready']).toBe(0)
    expect(does(l, 'rebuild-follower', { over: '1s' })).toBeUndefined()
    expect(l.run(118)['db.followers_ready']).toBe(0)
    expect(l.run(4)['db.followers_ready']).toBe(1)
  })
  it('hands over without loss when it is told to', () => {
    const l = lab(shop({ replicas: 3, replication: { speed: '90/s' }, failover: { repoint: '10s' } }))
    l.run(300)
    expect(does(l, 'failover', { to: 'n3' })).toBeUndefined()
    const m = l.run(120)
    expect(m['db.lost_writes']).toBe(0)
    expect(l.state.databases[0]?.set?.role).toEqual(['following', 'following', 'primary', 'following'])
    // 3000 writes at 90/s before it takes over, longer than the election.
    expect(compare('seconds of writes failed', failed(l) / 100, 3000 / 90 + 5)).toBeLessThan(0.03)
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
        const l = lab(shop({ replicas, replication: { synchronous: true } }))
        l.run(30)
        l.effects = Array.from({ length: lost }, (_, n) => set(`db.groups.n${n + 2}.up`, 0))
        const m = l.run(30)
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
      const l = lab(
        shop({ replicas: 3, replication: { synchronous, delay: '40ms' }, failover: { automatic: true } }),
      )
      l.run(60)
      l.effects = [set('db.groups.n1.up', 0)]
      l.run(200)
      const m = l.run(30)
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
    const l = lab(shop({ replicas: 3, zones: ['a', 'b', 'c'], failover: { automatic: true } }, { zones }))
    l.run(30)
    l.effects = [set('zones.a.up', 0)]
    const m = l.run(120)
    expect(m['db.has_primary']).toBe(1)
    expect(l.state.databases[0]?.set?.primary).toBe(1)
    expect(m['db.writes_rps']).toBeCloseTo(100, 1)
  })
})

describe('a rolling restart', () => {
  it('does one member after the other, the primary last', () => {
    const l = lab(shop({ replicas: 3, start_time: '20s' }))
    l.run(30)
    operate(l.model, l.state, { operation: 'restart', component: 'db', args: { mode: 'rolling' } })
    const ready: number[] = []
    for (let n = 0; n < 16; n += 1) ready.push(l.run(5)['db.followers_ready'] ?? -1)
    expect(Math.min(...ready)).toBe(1)
    expect(l.run(5)['db.restarts']).toBe(3)
    // Only the last twenty seconds had no primary.
    expect(compare('seconds of writes failed', failed(l) / 100, 20)).toBeLessThan(0.06)
  })
  it('lets another member take over before the primary, where failover is automatic', () => {
    const l = lab(
      shop({ replicas: 3, start_time: '60s', failover: { automatic: true, election: '5s', repoint: '10s' } }),
    )
    l.run(30)
    operate(l.model, l.state, { operation: 'restart', component: 'db', args: { mode: 'rolling' } })
    const m = l.run(300)
    expect(m['db.restarts']).toBe(3)
    expect(m['db.lost_writes']).toBe(0)
    expect(m['db.diverged_writes']).toBe(0)
    expect(m['db.followers_ready']).toBe(2)
    expect(compare('seconds of writes failed when another takes over', failed(l) / 100, 5 + 5)).toBeLessThan(
      0.06,
    )
  })
})

describe('members that come and go', () => {
  it('start with a copy, answer reads, and are missed by nobody once taken away', () => {
    const l = lab(shop({ replicas: 2, start_time: '30s', replication: { speed: '150/s' } }))
    l.run(300)
    l.effects = [set('db.replicas', 4)]
    l.run(20)
    expect(l.run(5)['db.followers_ready']).toBe(1)
    const m = l.run(20)
    expect(m['db.followers_ready']).toBe(3)
    // What was written while the copy was made is still to be applied.
    expect(m['db.replication_lag']).toBeGreaterThan(10)
    l.run(120)
    const later = l.run(5)
    expect(later['db.replication_lag']).toBeCloseTo(0.05, 6)
    expect(compare('reads of each of three followers', later['db.groups.n2.rps'] ?? 0, 100)).toBeLessThan(
      0.001,
    )
    l.effects = []
    l.run(200)
    expect(l.run(5)['db.health']).toBe(0)
    expect(l.state.databases[0]?.set?.log.count.length).toBeLessThan(3)
  })
})

afterAll(() => printTable('Databases with followers'))
