import { afterAll, describe, expect, it } from 'vitest'
import { operate } from '../../../server/sim/physics/index.ts'
import { compare, type Lab, lab, printTable } from './lab.ts'
import { table } from './reference.ts'

const shop = (o: { cache: object; db?: object; web?: object; rate: string; call?: object }): Lab =>
  lab({
    components: {
      web: {
        kind: 'service',
        title: 'Web',
        concurrency: 20_000,
        service_time: '10ms',
        memory: { per_request: 0 },
        calls: { cache: { timeout: '100ms' }, db: { on: 'miss', timeout: '1s', ...o.call } },
        ...o.web,
      },
      cache: { kind: 'cache', title: 'Cache', concurrency: 10_000, ...o.cache },
      db: {
        kind: 'database',
        title: 'Database',
        concurrency: 20_000,
        service_time: '1ms',
        memory: { per_request: 0 },
        ...o.db,
      },
    },
    traffic: { users: { title: 'Users', to: 'web', rate: o.rate, noise: 0, retries: 0 } },
  })
const flush = (it: Lab) => operate(it.model, it.state, { operation: 'flush', component: 'cache', args: {} })

describe('a look-aside cache', () => {
  afterAll(() => printTable('Cache: load behind it, refill after a flush'))
  it.each(table('cache_amplification'))(
    'lets $backend_load_multiplier times the load through when its hit ratio falls from $hit_before to $hit_after',
    (row) => {
      // All keys alike and nothing filled: the share present is the hit ratio.
      const at = (fill: string | undefined) =>
        shop({ cache: { zipf: 0, keys: 1e9, start_fill: Number(fill), ttl: '300d' }, rate: '1000/s' }).run(5)[
          'db.rps'
        ] ?? NaN
      const measured = at(row['hit_after']) / at(row['hit_before'])
      expect(
        compare(
          `${row['hit_before']} to ${row['hit_after']}`,
          measured,
          Number(row['backend_load_multiplier']),
        ),
      ).toBeLessThan(0.02)
    },
  )
  it.each(table('cache_refill').filter((row) => Number(row['t_s']) >= 2))(
    'refills: $req_s/s over $items keys, after $t_s s',
    (row) => {
      const it = shop({
        cache: { keys: Number(row['items']), zipf: Number(row['alpha']), ttl: '300d' },
        rate: `${row['req_s']}/s`,
      })
      it.run(20)
      flush(it)
      it.run(Number(row['t_s']))
      const fill = it.state.stations[1]?.fill ?? []
      const keys = it.model.components[1]?.keys
      let hit = 0
      let loaded = 0
      fill.forEach((f, k) => {
        hit += f * (keys?.count[k] ?? 0) * (keys?.popularity[k] ?? 0)
        loaded += f * (keys?.count[k] ?? 0)
      })
      const name = `${row['req_s']}/s after ${row['t_s']} s`
      expect(compare(`${name} hit ratio`, hit, Number(row['hit_ratio_unbounded_cache']))).toBeLessThan(0.1)
      expect(compare(`${name} keys loaded`, loaded, Number(row['distinct_items_loaded']))).toBeLessThan(0.1)
    },
  )
  it('keeps the share of keys that Che’s approximation says when it is too small', () => {
    const it = shop({ cache: { keys: 10_000, zipf: 0, capacity: 2500, ttl: '300d' }, rate: '1000/s' })
    it.run(400)
    expect(
      compare('equal keys, room for a quarter', it.run(20)['cache.hit_ratio'] ?? NaN, 0.25),
    ).toBeLessThan(0.02)
  })
  it('asks less of the store behind it when misses of one key wait for each other', () => {
    const load = (coalesce: boolean) => {
      const it = shop({
        cache: { keys: 1000, zipf: 1.2, ttl: '2s', coalesce },
        db: { service_time: '500ms' },
        rate: '2000/s',
      })
      it.run(120)
      return it.run(10)['db.rps'] ?? NaN
    }
    expect(load(true)).toBeLessThan(0.75 * load(false))
  })
})

describe('a look-aside cache in front of a database that is too small for all misses', () => {
  const cold = () => {
    const it = shop({
      cache: { keys: 200_000, zipf: 0.8 },
      db: { concurrency: 60, service_time: '100ms', connections: 4000 },
      rate: '1200/s',
      call: { retries: 1 },
    })
    it.run(1200)
    expect(it.run(5)['traffic.users.success_ratio']).toBeGreaterThan(0.999)
    flush(it)
    it.run(600)
    return it
  }
  it('stays cold after a flush: late answers fill nothing', () => {
    const it = cold()
    const s = it.run(5)
    expect(s['cache.hit_ratio']).toBeLessThan(0.5)
    expect(s['traffic.users.success_ratio']).toBeLessThan(0.5)
    expect(s['db.saturation']).toBeGreaterThan(0.99)
  })
  it('warms up again when most of the load is shed, and then carries all of it', () => {
    const it = cold()
    it.effects = [{ path: 'traffic.users.rate', op: 'scale', value: 0.2 }]
    it.run(600)
    it.effects = [{ path: 'traffic.users.rate', op: 'scale', value: 0.5 }]
    it.run(300)
    it.effects = []
    it.run(120)
    expect(it.run(5)['traffic.users.success_ratio']).toBeGreaterThan(0.99)
  })
  it('is helped by loading a copy, and not by flushing again', () => {
    const warmed = cold()
    operate(warmed.model, warmed.state, {
      operation: 'warm',
      component: 'cache',
      args: { to: 0.9, over: '2m' },
    })
    warmed.run(300)
    expect(warmed.run(5)['traffic.users.success_ratio']).toBeGreaterThan(0.99)
    const flushed = cold()
    flush(flushed)
    flushed.run(300)
    expect(flushed.run(5)['traffic.users.success_ratio']).toBeLessThan(0.5)
  })
  /** The same shop, with the cache itself asking the database for what it lacks, and taking the time that takes. */
  const readThrough = (o: { coalesce: boolean; timeout: string }) =>
    lab({
      components: {
        web: {
          kind: 'service',
          title: 'Web',
          concurrency: 20_000,
          service_time: '10ms',
          memory: { per_request: 0 },
          calls: { cache: { timeout: '1s', retries: 1 } },
        },
        cache: {
          kind: 'cache',
          title: 'Cache',
          concurrency: 200_000,
          keys: 200_000,
          zipf: 0.8,
          coalesce: o.coalesce,
          memory: { per_request: 0 },
          calls: { db: { on: 'miss', timeout: o.timeout } },
        },
        db: {
          kind: 'database',
          title: 'Database',
          concurrency: 60,
          service_time: '100ms',
          connections: 4000,
          memory: { per_request: 0 },
        },
      },
      traffic: { users: { title: 'Users', to: 'web', rate: '1200/s', noise: 0, retries: 0 } },
    })
  it('recovers when the cache reads through: what comes late for the client is still kept for the next', () => {
    const it = readThrough({ coalesce: false, timeout: '30s' })
    it.run(1200)
    expect(it.run(5)['traffic.users.success_ratio']).toBeGreaterThan(0.999)
    flush(it)
    it.run(30)
    expect(it.run(5)['traffic.users.success_ratio']).toBeLessThan(0.9)
    it.run(600)
    expect(it.run(5)['traffic.users.success_ratio']).toBeGreaterThan(0.99)
  })
  it('stays cold when the cache, too, gives up after a second', () => {
    const it = readThrough({ coalesce: false, timeout: '1s' })
    it.run(1200)
    flush(it)
    it.run(600)
    expect(it.run(5)['cache.hit_ratio']).toBeLessThan(0.5)
  })
  it('recovers sooner still when those who miss one key wait for one fetch', () => {
    const back = (coalesce: boolean) => {
      const it = readThrough({ coalesce, timeout: '30s' })
      it.run(1200)
      flush(it)
      for (let n = 5; n < 900; n += 5) if ((it.run(5)['traffic.users.success_ratio'] ?? 0) > 0.99) return n
      return Infinity
    }
    const [alone, together] = [back(false), back(true)]
    process.stdout.write(
      `\nRead-through after a flush: well after ${alone} s, with coalescing after ${together} s\n`,
    )
    expect(together).toBeLessThan(alone)
  })
  it('of few hot keys recovers once those who miss one key wait for one fetch', () => {
    const it = shop({
      cache: { keys: 100, zipf: 0.6, ttl: '30d' },
      db: { concurrency: 60, service_time: '500ms', connections: 4000 },
      rate: '1500/s',
      call: { retries: 1 },
    })
    it.run(300)
    flush(it)
    it.run(300)
    // Fifteen hundred a second ask for what a hundred and twenty fetches a second could bring, twice.
    expect(it.run(5)['traffic.users.success_ratio']).toBeLessThan(0.1)
    it.effects = [{ path: 'cache.coalesce', op: 'set', value: 1 }]
    it.run(600)
    expect(it.run(5)['traffic.users.success_ratio']).toBeGreaterThan(0.99)
  })
})
