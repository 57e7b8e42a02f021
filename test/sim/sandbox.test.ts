import { afterAll, describe, expect, it } from 'vitest'
import { exercise, minutes, type Played, seconds } from '../support/exercise.ts'
import { compare, printTable } from './physics/lab.ts'

const known = (values: readonly (number | null)[]) => values.filter((x): x is number => x !== null)
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length)
/** What a metric was in the last so many seconds. */
const lately = (e: Played, metric: string, s: number) => known(e.history(metric).slice(-Math.round(s / 5)))
const now = (e: Played, metric: string): number => e.metric(metric) ?? NaN
const fired = (e: Played) => e.facts.flatMap((f) => (f.type === 'alerts.fired' ? [f.rule] : []))

/** The healthy shop, two minutes into play. */
const shop = () => exercise('sandbox').started().after(minutes(2))
/** The game master breaks something until further notice. */
const broken = (e: Played, fault: string, target: string, amount?: number) =>
  e.as('gm').does({
    type: 'faults.start',
    fault,
    target,
    minutes: null,
    over: 0,
    ...(amount !== undefined && { amount }),
  })
function mended(e: Played): Played {
  for (const { id } of e.as('gm').sees().faults?.running ?? []) e.as('gm').does({ type: 'faults.end', id })
  return e
}

describe('the sandbox at rest', { timeout: 120_000 }, () => {
  it('is well for its whole hour: no alert, nothing strained, room everywhere', () => {
    const e = exercise('sandbox').started().after(minutes(60))
    expect(fired(e)).toEqual([])
    for (const { metrics: m, kind } of e.sim.scenario.model.components) {
      // A job works with all its hands while it runs.
      if (kind !== 'job') expect(Math.max(...known(e.history(`${m}.health`))), m).toBe(0)
      expect(Math.max(...known(e.history(`${m}.error_ratio`))), m).toBeLessThan(0.001)
    }
    for (const m of 'storefront api checkout recommender product_db orders_db fulfilment payments media'.split(
      ' ',
    )) {
      const busy = mean(known(e.history(`${m}.saturation`)))
      expect(busy, m).toBeGreaterThan(0.19)
      expect(busy, m).toBeLessThan(0.62)
    }
    for (const id of ['pages', 'orders', 'partners'])
      expect(now(e, `slo.${id}.budget_left`)).toBeGreaterThan(0.999)
  })
})

describe('what if, in the sandbox', { timeout: 120_000 }, () => {
  afterAll(() => printTable('the sandbox, broken by hand'))

  it('the payment provider goes offline: every order fails with 503, and no page does', () => {
    const e = broken(shop(), 'offline', 'payments').after(minutes(3))
    expect(now(e, 'checkout.error_ratio')).toBeGreaterThan(0.99)
    const { rps, bad } = { rps: now(e, 'checkout.rps'), bad: now(e, 'checkout.rps_503') }
    expect(compare('orders refused with 503 (1/s)', bad, rps)).toBeLessThan(0.01)
    expect(Math.max(...lately(e, 'storefront.error_ratio', 180))).toBeLessThan(0.001)
    expect(fired(e)).toContain('checkout-errors')
    mended(e).after(minutes(2))
    expect(now(e, 'checkout.error_ratio')).toBeLessThan(0.01)
    expect(now(e, 'slo.orders.sli')).toBeGreaterThan(0.99)
  })

  it('the recommender is twenty times slower: the breaker opens and pages stay fast', () => {
    const e = shop()
    const usual = mean(lately(e, 'storefront.latency_p95', 60))
    broken(e, 'slow', 'recommender', 20).after(seconds(10))
    e.after(minutes(2))
    expect(mean(lately(e, 'storefront.latency_p95', 60))).toBeLessThan(usual * 1.05)
    expect(Math.max(...lately(e, 'storefront.error_ratio', 120))).toBeLessThan(0.001)
    // Each of three callers opens for 5 s and tries one call in the second after.
    const trials = mean(lately(e, 'recommender.rps', 60))
    expect(compare('trials of a half-open breaker (1/s)', trials, 3 / 6)).toBeLessThan(0.1)
    expect(fired(e)).toEqual(['recommender-down'])
    mended(e).after(minutes(1))
    expect(now(e, 'recommender.rps')).toBeGreaterThan(300)
  })

  it('Dublin is lost: a second or two of errors, then two zones carry everything', () => {
    const e = shop()
    const [rps, usual] = [now(e, 'storefront.rps'), mean(lately(e, 'storefront.zones.fra_a.rps', 60))]
    broken(e, 'zone-outage', 'zones.dub-a').after(minutes(2))
    const failed = lately(e, 'storefront.rps_503', 120).reduce((a, b) => a + b * 5, 0)
    console.log(
      `pages lost with the zone: ${failed.toFixed(0)}, ${(failed / (rps / 3)).toFixed(1)} s of its third`,
    )
    expect(failed).toBeLessThan(5 * rps)
    expect(Math.max(...lately(e, 'storefront.error_ratio', 90))).toBeLessThan(0.001)
    expect(now(e, 'storefront.zones.dub_a.rps')).toBe(0)
    const more = mean(lately(e, 'storefront.zones.fra_a.rps', 60)) / usual
    expect(compare('traffic of a zone that is left, times usual', more, 3 / 2)).toBeLessThan(0.05)
    expect(now(e, 'storefront.replicas_ready')).toBe(8)
    expect(now(e, 'storefront.saturation')).toBeLessThan(0.8)
    const share = now(e, 'edge.calls.storefront.healthy_ratio')
    expect(compare('instances taken for healthy', share, 2 / 3)).toBeLessThan(0.01)
    mended(e).after(minutes(2))
    expect(now(e, 'edge.calls.storefront.healthy_ratio')).toBe(1)
    expect(now(e, 'storefront.health')).toBe(0)
  })

  it('the product cache is flushed: misses multiply, the database carries them, the cache fills again', () => {
    const e = shop()
    const misses = () => now(e, 'storefront.rps') * (1 - now(e, 'product_cache.hit_ratio'))
    const [usual, asked] = [misses(), now(e, 'product_db.rps')]
    broken(e, 'cold-cache', 'product-cache').after(seconds(5))
    const at = { misses: misses(), asked: now(e, 'product_db.rps') }
    console.log(`misses ${usual.toFixed(0)}/s at rest, ${at.misses.toFixed(0)}/s in the first five seconds`)
    expect(at.misses).toBeGreaterThan(15 * usual)
    // Each further miss is a further query.
    const further = at.asked - asked
    expect(compare('further queries (1/s)', further, at.misses - usual)).toBeLessThan(0.05)
    e.after(minutes(10))
    expect(now(e, 'product_cache.hit_ratio')).toBeGreaterThan(0.9)
    expect(Math.max(...lately(e, 'storefront.error_ratio', 600))).toBeLessThan(0.001)
    expect(fired(e)).toEqual(['cache-cold'])
  })

  it('the primary is lost behind a lag of 30 s: writes fail until callers find the next, and 30 s of them are gone', () => {
    const e = broken(shop(), 'lagging', 'product-db', 30).after(seconds(10))
    const rate = mean(lately(e, 'product_db.writes_rps', 60))
    broken(e, 'offline', 'product-db.groups.n1').after(minutes(2))
    const seen = lately(e, 'product_db.writes_rps', 120)
    // 15 s until it is sure, 10 s for the election, and on average half of the 20 s in which callers find it; retries win some back.
    const missing = seen.reduce((sum, w) => sum + (rate - w) * 5, 0) / rate
    expect(compare('seconds of writes refused', missing, 15 + 10 + 20 / 2)).toBeLessThan(0.2)
    expect(missing).toBeGreaterThan(25)
    expect(missing).toBeLessThan(35)
    const lost = now(e, 'product_db.lost_writes')
    expect(compare('writes lost: rate × lag', lost, rate * 30.08)).toBeLessThan(0.05)
    expect(lately(e, 'product_db.has_primary', 120).filter((x) => x < 0.5).length).toBe(5)
    expect(fired(e)).toContain('product-db-no-primary')
    expect(now(e, 'api.error_ratio')).toBeLessThan(0.001)
    expect(now(e, 'storefront.error_ratio')).toBeLessThan(0.001)
  })

  it('the name servers are down: payment fails over one TTL, caller after caller', () => {
    const e = broken(shop(), 'offline', 'names')
    for (const s of [15, 30, 45, 60]) {
      e.after(seconds(15))
      expect(Math.abs(now(e, 'names.known_ratio') - (1 - s / 60))).toBeLessThan(0.07)
      // The sample is a mean over the five seconds before.
      const expected = 1 - (s - 2.5) / 60
      expect(Math.abs(1 - now(e, 'checkout.error_ratio') - expected)).toBeLessThan(0.2)
      console.log(
        `after ${s} s: ${(now(e, 'names.known_ratio') * 100).toFixed(0)} % of callers know the name, ${(100 - now(e, 'checkout.error_ratio') * 100).toFixed(0)} % of orders succeed (expected ${(expected * 100).toFixed(0)} %)`,
      )
    }
    expect(now(e, 'storefront.error_ratio')).toBeLessThan(0.001)
    expect(fired(e)).toContain('names-fail')
    mended(e).after(minutes(1))
    expect(now(e, 'names.known_ratio')).toBe(1)
  })

  it('whatever happens to the storefront, visitors get the status that belongs to it', () => {
    const e = shop()
    for (const [fault, metric, share] of [
      ['not-found', 'storefront.rps_404', 0.3],
      ['throttled', 'storefront.rps_429', 0.3],
      ['errors', 'storefront.rps_500', 0.3],
      ['offline', 'edge.rps_503', 1],
      ['partition', 'edge.rps_504', 1],
    ] as const) {
      broken(e, fault, 'storefront').after(minutes(1))
      const [owner = ''] = metric.split('.')
      const seen = mean(lately(e, metric, 20)) / mean(lately(e, `${owner}.rps`, 20))
      expect(compare(`${fault}: ${metric} of all`, seen, share), fault).toBeLessThan(0.02)
      mended(e).after(seconds(90))
      expect(now(e, 'edge.error_ratio'), fault).toBeLessThan(0.001)
    }
  })
})
