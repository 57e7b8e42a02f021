import { afterAll, describe, expect, it } from 'vitest'
import { compare, lab, printTable } from './lab.ts'
import { set } from './shop.ts'
import { each, pair, scale, service, users } from './veteran.ts'

describe('what somebody who knows production expects of load', () => {
  afterAll(() => {
    printTable('What a veteran expects')
  })

  it('a full caller hands its callee a steady load, second by second, and never more than its own slots', () => {
    const l = pair({ rate: 900 })
    l.run(10)
    const good = each(l, 30, 'web.goodput_rps')
    expect(compare('full caller: least of 30 s', Math.min(...good), 800)).toBeLessThan(0.02)
    expect(compare('full caller: most of 30 s', Math.max(...good), 800)).toBeLessThan(0.02)
    const now = l.run(5)
    expect((now['pay.queue'] ?? 0) + (now['pay.in_flight'] ?? 0)).toBeLessThan(201)
    expect(now['web.rps_504']).toBeLessThan(1)
  })
  it('a pool that is too small passes its size by the time of a call, steadily, and leaves the callee idle', () => {
    const l = pair({ rate: 900, call: { pool: 5 } })
    l.run(10)
    const good = each(l, 20, 'web.goodput_rps')
    expect(compare('20 connections of 50 ms: least', Math.min(...good), 400)).toBeLessThan(0.02)
    expect(compare('20 connections of 50 ms: most', Math.max(...good), 400)).toBeLessThan(0.02)
    expect(compare('callee in use', l.run(5)['pay.saturation'] ?? 0, 0.5)).toBeLessThan(0.02)
    // As many connections as the callee has slots: none is idle, whatever waits for them.
    const even = pair({ rate: 900, call: { pool: 10 } })
    even.run(10)
    const some = each(even, 20, 'web.goodput_rps')
    expect(Math.min(...some)).toBeGreaterThan(0.85 * 800)
    expect(Math.max(...some) / Math.min(...some)).toBeLessThan(1.05)
  })
  it('down is refused at once, a partition fills the caller, errors pass as what they are', () => {
    const seen = (path: string, value: number) => {
      const l = pair()
      l.run(10)
      l.effects = [set(path, value)]
      l.run(5)
      return l.run(5)
    }
    const down = seen('pay.up', 0)
    expect(compare('down: 503', down['web.rps_503'] ?? 0, 400)).toBeLessThan(0.01)
    expect(down['web.in_flight']).toBeLessThan(10)
    expect(down['pay.replicas_ready']).toBe(0)
    const cut = seen('pay.partition', 1)
    expect(compare('partition: 504 = slots / timeout', cut['web.rps_504'] ?? 0, 200 / 1.01)).toBeLessThan(
      0.01,
    )
    expect(cut['web.saturation']).toBeGreaterThan(0.99)
    expect(cut['pay.rps']).toBe(0)
    expect(cut['pay.replicas_ready']).toBe(4)
    expect(compare('failing: 500', seen('pay.errors.500', 1)['web.rps_500'] ?? 0, 400)).toBeLessThan(0.01)
    expect(compare('missing: 404', seen('pay.errors.404', 1)['web.rps_404'] ?? 0, 400)).toBeLessThan(0.01)
    expect(compare('throttled: 503', seen('pay.shed', 1)['web.rps_503'] ?? 0, 400)).toBeLessThan(0.01)
  })
  it('a breaker with a fallback keeps the slots free and the answers coming', () => {
    const l = pair({ call: { fallback: 1, breaker: { enabled: true } } })
    l.run(10)
    l.effects = [set('pay.service_time', 5)]
    l.run(20)
    const now = l.run(15)
    expect(now['traffic.users.success_ratio']).toBeGreaterThan(0.999)
    expect(now['web.saturation']).toBeLessThan(0.5)
    expect(now['pay.rps']).toBeLessThan(100)
  })
  it('retries in three layers multiply', () => {
    const again = { timeout: '5s', retries: 2, backoff: '0s' }
    const l = lab({
      components: {
        web: service({ calls: { mid: again } }),
        mid: service({ calls: { low: again } }),
        low: service({ calls: { db: again } }),
        db: { kind: 'database', title: 'Database', errors: { 500: 1 } },
      },
      traffic: users({ rate: '20/s' }),
    })
    l.run(20)
    expect(compare('attempts at the bottom, three layers of 3', l.run(5)['db.rps'] ?? 0, 540)).toBeLessThan(
      0.01,
    )
  })
  it('first in, first out under twice the load answers nobody in time; every way of giving up early keeps the capacity', () => {
    for (const [name, o] of Object.entries({
      none: {},
      'newest first': { lifo: true },
      'controlled delay': { codel: { target: '50ms' } },
      'adaptive limit': { adaptive: true },
      'dropping the expired': { drop_expired: true },
      'a short queue': { queue_limit: 50 },
    })) {
      const l = lab({
        components: { web: service({ concurrency: 10, service_time: '50ms', ...o }) },
        traffic: users({ rate: '600/s', timeout: '2s' }),
      })
      l.run(20)
      l.effects = [scale('traffic.users.rate', 2)]
      l.run(30)
      const mean = l.mean(20)
      const good = mean('web.goodput_rps')
      if (name === 'none') expect(good).toBeLessThan(1)
      else expect(compare(`${name}: good of 800`, good, 800)).toBeLessThan(0.02)
      // What clients get is what the server says it answered, to what its callers no longer wait for.
      const got = mean('traffic.users.success_ratio') * mean('traffic.users.rps')
      expect(Math.abs(got - good)).toBeLessThan(0.06 * 800)
    }
  })
  it('an open load piles up without end, a closed crowd waits for its answers', () => {
    const web = { web: service({ concurrency: 10, service_time: '150ms' }) }
    const open = lab({ components: web, traffic: users({ rate: '500/s', timeout: '10min' }) })
    open.run(60)
    expect(
      compare('open: queue grows by', (open.run(60)['web.queue'] ?? 0) / 118.5, 500 - 4 * (10 / 0.15)),
    ).toBeLessThan(0.02)
    const closed = lab({ components: web, traffic: users({ users: 5000, think: '10s', timeout: '10min' }) })
    closed.run(120)
    const p50 = each(closed, 30, 'web.latency_p50')
    const answer = 5000 / (4 * (10 / 0.15)) - 10
    expect(compare('closed: answer time N/X − Z, least', Math.min(...p50), answer)).toBeLessThan(0.05)
    expect(compare('closed: answer time N/X − Z, most', Math.max(...p50), answer)).toBeLessThan(0.05)
  })
  it('effects compose, and when the last has gone nothing is left of them', () => {
    const l = pair({ rate: 200 })
    l.run(60)
    const before = l.run(5)
    const three = [
      set('pay.service_time', 0.02),
      scale('pay.service_time', 2),
      { path: 'pay.service_time', op: 'add', value: 0.03 },
    ] as const
    l.effects = [...three]
    l.run(20)
    expect(
      compare('set 20 ms, twice, and 30 ms more', l.run(5)['pay.latency_p50'] ?? 0, 0.07 * Math.LN2),
    ).toBeLessThan(0.02)
    // Of those that overlap each takes back its own part alone.
    l.effects = [three[1]]
    l.run(20)
    expect(
      compare('the other two gone: 2 × 50 ms', l.run(5)['pay.latency_p50'] ?? 0, 0.1 * Math.LN2),
    ).toBeLessThan(0.06)
    l.effects = []
    l.run(60)
    for (const [name, value] of Object.entries(l.run(5)))
      expect(value ?? -1, name).toBeCloseTo(before[name] ?? -1, 6)
  })
})
