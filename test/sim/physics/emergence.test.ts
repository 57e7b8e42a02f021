import { afterAll, describe, expect, it } from 'vitest'
import { operate } from '../../../server/sim/physics/index.ts'
import { compare, type Lab, lab, printTable } from './lab.ts'
import { set } from './shop.ts'

const scale = (path: string, value: number) => ({ path, op: 'scale', value }) as const
const users = (o: object) => ({
  users: { title: 'Users', to: 'web', noise: 0, retries: 0, timeout: '30s', ...o },
})
const service = (o: object) => ({
  kind: 'service',
  title: 'Service',
  concurrency: 50,
  service_time: '10ms',
  replicas: 4,
  ...o,
})
/** People, a service with 200 slots, and one behind it that does 800 a second. */
const pair = (o: { call?: object; rate?: number; traffic?: object } = {}): Lab =>
  lab({
    components: {
      web: service({ calls: { pay: { timeout: '1s', ...o.call } } }),
      pay: service({ concurrency: 10, service_time: '50ms' }),
    },
    traffic: users({ rate: `${o.rate ?? 400}/s`, ...o.traffic }),
  })
/** A metric in each of some seconds. */
const each = (l: Lab, seconds: number, name: string): number[] =>
  Array.from({ length: seconds }, () => l.run(1)[name] ?? Number.NaN)

describe('what somebody who knows production expects', () => {
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
  it('a cold cache is nothing to a database with room, and for good to one without', () => {
    const shop = (slots: number) =>
      lab({
        components: {
          web: service({
            concurrency: 500,
            calls: { cache: { timeout: '100ms', optional: true }, db: { on: 'miss', timeout: '500ms' } },
          }),
          cache: { kind: 'cache', title: 'Cache', keys: 100_000, ttl: '10m' },
          db: { kind: 'database', title: 'Database', concurrency: slots, memory: { per_request: '1KiB' } },
        },
        traffic: users({ rate: '2000/s', timeout: '2s' }),
      })
    for (const [slots, heals] of [
      [30, true],
      [8, false],
    ] as const) {
      const l = shop(slots)
      l.run(300)
      const usual = l.run(5)['db.rps'] ?? 0
      // Well provided for in quiet times, either way.
      expect(usual).toBeLessThan(0.5 * slots * 100)
      operate(l.model, l.state, { operation: 'flush', component: 'cache', args: {} })
      l.run(120)
      const after = l.run(5)['traffic.users.success_ratio'] ?? 0
      compare(`flush, database for ${slots * 100}/s: success after 2 min`, after, heals ? 1 : 0.5)
      expect(after > 0.999).toBe(heals)
    }
  })
  it('while nothing is processed the oldest message gets a second older every second, and drains at what workers have to spare', () => {
    const l = lab({
      components: {
        web: service({ calls: { queue: {} } }),
        queue: { kind: 'queue', title: 'Queue' },
        work: {
          kind: 'worker',
          title: 'Worker',
          consumes: 'queue',
          replicas: 4,
          concurrency: 4,
          calls: { db: {} },
        },
        db: { kind: 'database', title: 'Database' },
      },
      traffic: users({ rate: '60/s' }),
    })
    l.run(30)
    l.effects = [set('db.up', 0)]
    expect(compare('age of the oldest after 120 s', l.run(120)['queue.oldest_age'] ?? 0, 120)).toBeLessThan(
      0.05,
    )
    const there = l.run(1)['queue.messages'] ?? 0
    l.effects = []
    const most = 16 / 0.11
    let seconds = 0
    while ((l.run(1)['queue.messages'] ?? 0) > 120 && seconds < 600) seconds += 1
    expect(compare('seconds to drain', seconds, (there - 120) / (most - 60))).toBeLessThan(0.05)
  })
  it('the loss of a zone is survived by the rest when it has the room, and not when checks fail on the overloaded, too', () => {
    const site = (rate: number) =>
      lab({
        zones: { a: { region: 'r' }, b: { region: 'r' }, c: { region: 'r' } },
        components: {
          web: {
            kind: 'load-balancer',
            title: 'Balancer',
            calls: { app: { timeout: '5s', health_check: { interval: '5s', timeout: '1s', unhealthy: 3 } } },
          },
          app: service({ zones: ['a', 'b', 'c'], replicas: 9, concurrency: 10, service_time: '50ms' }),
        },
        traffic: users({ rate: `${rate}/s`, timeout: '5s', retries: 1 }),
      })
    const roomy = site(1000)
    roomy.run(10)
    roomy.effects = [set('zones.a.up', 0)]
    roomy.run(5)
    expect(
      compare('before checks have failed: refused', roomy.run(5)['web.error_ratio'] ?? 0, 1 / 3),
    ).toBeLessThan(0.02)
    roomy.run(15)
    const settled = roomy.run(10)
    expect(settled['traffic.users.success_ratio']).toBeGreaterThan(0.9999)
    expect(settled['app.replicas_ready']).toBe(6)
    const tight = site(1400)
    tight.run(10)
    tight.effects = [set('zones.a.up', 0)]
    tight.run(60)
    // Too few are well: all are used again, the dead zone among them.
    const panic = tight.run(10)
    expect(panic['web.calls.app.healthy_ratio']).toBe(0)
    expect(compare('in panic: refused', panic['web.error_ratio'] ?? 0, 1 / 3)).toBeLessThan(0.05)
  })
  it('a full disk fails writes alone, and room brings them back', () => {
    const l = lab({
      components: {
        web: service({ calls: { db: { writes: 0.25 } } }),
        db: {
          kind: 'database',
          title: 'Database',
          disk: { size: '10GiB', used: '9.99GiB', per_request: '1MiB' },
        },
      },
      traffic: users({ rate: '400/s' }),
    })
    l.run(20)
    expect(compare('full: 500', l.run(5)['web.rps_500'] ?? 0, 100)).toBeLessThan(0.01)
    operate(l.model, l.state, { operation: 'free-disk', component: 'db', args: { to: 0.5, over: 10 } })
    l.run(15)
    expect(l.run(5)['traffic.users.success_ratio']).toBeGreaterThan(0.9999)
  })
  it('a customer who floods is felt by all, until its own limit at the door', () => {
    const l = lab({
      components: {
        web: service({
          concurrency: 10,
          service_time: '50ms',
          queue_limit: 100,
          slices: { big: { where: { tenant: 'acme' } } },
        }),
      },
      traffic: users({
        rate: '500/s',
        attributes: { tenant: { acme: 0.2, others: 0.8 } },
        metrics: ['tenant'],
      }),
    })
    l.run(20)
    const flood = scale('traffic.users.tenant.acme', 10)
    l.effects = [flood]
    l.run(10)
    const fair = 800 / 1400
    expect(
      compare(
        'flood: success of the others',
        l.run(10)['traffic.users.tenant.others.success_ratio'] ?? 0,
        fair,
      ),
    ).toBeLessThan(0.02)
    l.effects = [flood, set('web.slices.big.rate_limit', 100)]
    l.run(10)
    const held = l.run(10)
    expect(held['traffic.users.tenant.others.success_ratio']).toBeGreaterThan(0.999)
    expect(
      compare('limited: success of the flood', held['traffic.users.tenant.acme.success_ratio'] ?? 0, 0.1),
    ).toBeLessThan(0.02)
  })
  it('effects compose, and when the last has gone nothing is left of them', () => {
    const l = pair()
    l.run(60)
    const before = l.run(5)
    const three = [
      set('pay.service_time', 0.02),
      scale('pay.service_time', 2),
      { path: 'pay.service_time', op: 'add', value: 0.03 },
    ] as const
    const times = new Set<number | null | undefined>()
    for (const order of [three, three.toReversed(), [three[1], three[0], three[2]]]) {
      l.effects = [...order]
      l.run(20)
      times.add(Number((l.run(5)['pay.latency_p50'] ?? 0).toFixed(6)))
    }
    l.effects = []
    l.run(60)
    expect(l.run(5)).toEqual(before)
    expect(times.size).toBeGreaterThan(0)
  })
})
