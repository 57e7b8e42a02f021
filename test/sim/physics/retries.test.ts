import { afterAll, describe, expect, it } from 'vitest'
import { compare, type Lab, lab, printTable, single } from './lab.ts'
import { table } from './reference.ts'

describe('retries', () => {
  afterAll(() => printTable('Attempts for each request, and requests that fail'))
  it.each(table('retry_amplification'))('multiply: failure $p_fail_each, up to $max_retries more', (row) => {
    const p = Number(row['p_fail_each'])
    const client = lab(
      single(
        { concurrency: 1000, errors: { 503: p } },
        { rate: '100/s', retries: Number(row['max_retries']), backoff: 0, timeout: '10s' },
      ),
    )
    client.run(60)
    const mean = client.mean(60)
    const attempts = Number(row['attempts_per_request'])
    expect(
      compare(`p=${p} r=${row['max_retries']} attempts of clients`, mean('web.rps') / 100, attempts),
    ).toBeLessThan(0.02)
    expect(Math.abs(1 - mean('traffic.users.success_ratio') - Number(row['P_request_fails']))).toBeLessThan(
      0.002,
    )
    const inner = lab({
      components: {
        web: {
          kind: 'service',
          title: 'Web',
          concurrency: 1000,
          calls: { db: { retries: Number(row['max_retries']) } },
        },
        db: { kind: 'database', title: 'Database', concurrency: 1000, errors: { 503: p } },
      },
      traffic: { users: { title: 'Users', to: 'web', rate: '100/s', noise: 0, retries: 0 } },
    })
    inner.run(60)
    expect(
      compare(
        `p=${p} r=${row['max_retries']} attempts of a service`,
        inner.mean(60)('db.rps') / 100,
        attempts,
      ),
    ).toBeLessThan(0.02)
  })
  it('multiply from layer to layer: three attempts at three layers are 27', () => {
    const it = lab({
      components: {
        a: { kind: 'service', title: 'A', concurrency: 10_000, calls: { b: { retries: 2 } } },
        b: { kind: 'service', title: 'B', concurrency: 10_000, calls: { c: { retries: 2 } } },
        c: { kind: 'service', title: 'C', concurrency: 10_000, up: false },
      },
      traffic: { users: { title: 'Users', to: 'a', rate: '10/s', noise: 0, retries: 2, backoff: 0 } },
    })
    it.run(60)
    expect(compare('attempts at the third layer', it.mean(30)('c.rps') / 10, 27)).toBeLessThan(0.02)
  })
})

/** Thirty workers of ten requests a second; clients wait one second and try again at once. */
const storm = (rate: number, retries: number, more: object = {}): Lab =>
  lab(
    single(
      { concurrency: 30, service_time: '100ms', memory: { per_request: 0 }, ...more },
      { rate: `${rate}/s`, timeout: '1s', retries, backoff: 0 },
    ),
  )
function outage(it: Lab) {
  it.run(60)
  it.effects = [{ path: 'web.service_time', op: 'set', value: 86_400 }]
  it.run(10)
  it.effects = []
}

describe('an outage of ten seconds at a service of 300 requests a second', () => {
  it.each(table('outage_10s'))('with $lambda/s and $retries retries: recovers, $recovers', (row) => {
    const it = storm(Number(row['lambda']), Number(row['retries']))
    outage(it)
    it.run(500)
    const good = it.run(5)['web.goodput_rps'] ?? NaN
    if (row['recovers'] === 'yes') expect(good).toBeGreaterThan(0.95 * Number(row['lambda']))
    else expect(good).toBeLessThan(0.05 * Number(row['lambda']))
  })
  it('leaves a storm at 280/s that ends when the load is shed below C/(r+1)', () => {
    const it = storm(280, 1)
    outage(it)
    it.run(60)
    it.effects = [{ path: 'traffic.users.rate', op: 'set', value: 100 }]
    it.run(400)
    it.effects = []
    it.run(60)
    expect(it.run(5)['web.goodput_rps']).toBeGreaterThan(270)
  })
  it('does not end by a third more capacity', () => {
    const it = storm(280, 1)
    outage(it)
    it.effects = [{ path: 'web.concurrency', op: 'set', value: 40 }]
    it.run(500)
    expect(it.run(5)['web.goodput_rps']).toBeLessThan(30)
  })
  it.each([
    [
      'retries are capped at ten percent',
      {},
      [{ path: 'traffic.users.retry_budget', op: 'set' as const, value: 0.05 }],
    ],
    ['requests nobody waits for are dropped', { drop_expired: true }, []],
    ['the newest are served first', { lifo: true }, []],
    ['the queue is bounded at half of capacity × timeout', { queue_limit: 150 }, []],
  ])('ends by itself when %s', (_, service, after) => {
    const plain = storm(240, 1)
    outage(plain)
    plain.run(600)
    expect(plain.run(5)['web.goodput_rps']).toBeLessThan(30)
    const it = storm(240, 1, service)
    outage(it)
    it.effects = after
    it.run(600)
    expect(it.run(5)['web.goodput_rps']).toBeGreaterThan(0.95 * 240)
  })
})
