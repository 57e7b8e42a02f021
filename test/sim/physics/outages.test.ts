import { afterAll, describe, expect, it } from 'vitest'
import { operate } from '../../../server/sim/physics/index.ts'
import { compare, lab, printTable } from './lab.ts'
import { set } from './shop.ts'
import { scale, service, users } from './veteran.ts'

describe('what somebody who knows production expects of outages', () => {
  afterAll(() => {
    printTable('What a veteran expects')
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
    const settled = roomy.run(25)
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
    operate(l.model, l.state, { operation: 'free-disk', component: 'db', args: { to: 0.5, over: '10s' } })
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
    const flood = scale('traffic.users.attributes.tenant.acme', 10)
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
  it('a zone cut off from all around it is lost to callers that are in no zone, too', () => {
    const l = lab({
      zones: { a: { region: 'r' }, b: { region: 'r' } },
      components: {
        web: { kind: 'load-balancer', title: 'Balancer', calls: { app: { timeout: '500ms' } } },
        app: service({ zones: ['a', 'b'] }),
      },
      traffic: users({ rate: '100/s' }),
    })
    l.effects = [set('zones.a.loss', 1)]
    l.run(20)
    const now = l.run(5)
    expect(compare('one of two zones cut off: 504', now['web.rps_504'] ?? 0, 50)).toBeLessThan(0.01)
    expect(now['app.replicas_ready']).toBe(4)
  })
})
