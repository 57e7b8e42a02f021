import { afterAll, describe, expect, it } from 'vitest'
import type { PhysicsEffect } from '../../../server/sim/physics/index.ts'
import { compare, type Lab, lab, printTable, single } from './lab.ts'
import { table } from './reference.ts'

/** Thirty workers of ten requests a second each; clients wait one second, and ask again at once when they hear nothing. */
const CAPACITY = 300
const TIMEOUT = 1
const storm = (rate: number, retries: number, o: { service?: object; traffic?: object } = {}): Lab =>
  lab(
    single(
      { concurrency: 30, service_time: '100ms', memory: { per_request: 0 }, ...o.service },
      { rate: `${rate}/s`, timeout: `${TIMEOUT}s`, retries, backoff: 0, ...o.traffic },
    ),
  )
/** For so many seconds only this share of capacity is there. */
function trigger(it: Lab, seconds: number, share: number) {
  const before = it.effects
  it.effects = [...before, { path: 'web.service_time', op: 'set', value: share > 0 ? 0.1 / share : 86_400 }]
  it.run(seconds)
  it.effects = before
}
const good = (it: Lab): number => it.run(5)['web.goodput_rps'] ?? NaN
/** Whether nearly all are answered again after a while. */
function recovers(it: Lab, rate: number, within = 900): boolean {
  for (let n = 0; n < within; n += 30) {
    it.run(25)
    if (good(it) > 0.95 * rate) return true
  }
  return false
}
/** Between a value that gives false and one that gives true. */
function edge(from: number, to: number, o: { steps: number; test: (x: number) => boolean }): number {
  let [low, high] = [from, to]
  for (let n = 0; n < o.steps; n += 1) {
    const middle = (low + high) / 2
    if (o.test(middle)) high = middle
    else low = middle
  }
  return (low + high) / 2
}
const lines: string[] = []

describe('a service whose clients try again', () => {
  afterAll(() => {
    printTable('Highest load that recovers from an outage of ten seconds: C/(r+1)')
    process.stdout.write(`${lines.splice(0).join('\n')}\n`)
  })
  it.each([1, 2, 3])('comes back by itself below C/(r+1) and not above, with %d retries', (retries) => {
    const test = (rate: number) => {
      const it = storm(rate, retries)
      it.run(60)
      trigger(it, 10, 0)
      return !recovers(it, rate)
    }
    const expected = CAPACITY / (retries + 1)
    const found = edge(0.7 * expected, 1.4 * expected, { steps: 9, test })
    expect(compare(`${retries} retries: edge`, found, expected)).toBeLessThan(0.05)
    for (const rate of [0.5 * expected, 0.8 * expected]) expect(test(rate)).toBe(false)
    for (const share of [0.1, 0.5, 0.95]) expect(test(expected + share * (CAPACITY - expected))).toBe(true)
  })

  it('needs a longer push to go down for good the less it is used, and the less is cut', () => {
    const rates = [160, 200, 240, 270, 290]
    const cuts = [0, 0.25, 0.5, 0.75]
    lines.push('Shortest push (s) that one retry makes last, by load and by what is left of capacity; ∞: none of ten minutes')
    lines.push(`${'left'.padStart(6)}${rates.map((r) => `${r}/s`.padStart(9)).join('')}`)
    const shortest = cuts.map((left) =>
      rates.map((rate) => {
        const test = (seconds: number) => {
          const it = storm(rate, 1)
          it.run(60)
          trigger(it, Math.round(seconds), left)
          return !recovers(it, rate, 600)
        }
        return test(600) ? Math.ceil(edge(0, 600, { steps: 10, test })) : Infinity
      }),
    )
    for (const [i, row] of shortest.entries())
      lines.push(
        `${String(cuts[i]).padStart(6)}${row.map((s) => (s === Infinity ? '∞' : String(s)).padStart(9)).join('')}`,
      )
    for (const row of shortest) for (let n = 1; n < row.length; n += 1) expect(row[n]).toBeLessThanOrEqual(row[n - 1] ?? 0)
    for (let n = 1; n < shortest.length; n += 1)
      for (const [k, seconds] of (shortest[n] ?? []).entries())
        expect(seconds).toBeGreaterThanOrEqual(shortest[n - 1]?.[k] ?? 0)
    expect(shortest[0]?.[0]).toBeGreaterThan(shortest[0]?.[4] ?? 0)
    expect(shortest[3]?.[0]).toBe(Infinity)
  })

  it.each(['500ms', '2s', '10s', '60s'])('is not brought back by pauses between attempts alone: %s', (backoff) => {
    const it = storm(280, 1, { traffic: { backoff, jitter: 1 } })
    it.run(60)
    trigger(it, 10, 0)
    // A pause moves the second attempt, and does not take it away.
    trigger(it, 60, 0)
    expect(recovers(it, 280, 1800)).toBe(false)
  })
})

interface Way {
  readonly service?: object
  readonly traffic?: object
  /** From the end of the outage, and from a minute later for some time. */
  readonly at?: readonly PhysicsEffect[]
  readonly later?: readonly PhysicsEffect[]
  readonly until?: number
}
const rate = (value: number): PhysicsEffect => ({ path: 'traffic.users.rate', op: 'set', value })
const WAYS: Readonly<Record<string, Way>> = {
  none: {},
  'retry token bucket 10 %': { traffic: { retry_budget: 0.1 } },
  'no retries': { traffic: { retries: 0 } },
  'bounded queue 150 (C*T/2)': { service: { queue_limit: 150 } },
  'shed to 100 at +60 s': { later: [rate(100)] },
  'capacity x2 at +60 s': { later: [{ path: 'web.concurrency', op: 'scale', value: 2 }] },
}
/** Seconds after the outage until nearly all are answered for good, or Infinity. */
function recoveredAfter(way: Way): { after: number; it: Lab } {
  const it = storm(280, 1, way)
  it.run(60)
  trigger(it, 10, 0)
  let after = Infinity
  for (let n = 0; n < 900; n += 1) {
    it.effects = n >= 60 && n < 60 + (way.until ?? 900) ? [...(way.later ?? [])] : []
    const wanted = it.effects.find((e) => e.path === 'traffic.users.rate')?.value ?? 280
    const now = it.run(1)['web.goodput_rps'] ?? 0
    if (now < 0.95 * wanted) after = Infinity
    else if (after === Infinity) after = n + 1
  }
  return { after, it }
}

describe('ways out of a storm of retries at 280/s of 300/s', () => {
  afterAll(() => printTable('Seconds until it has recovered for good'))
  it.each(table('hotos_mitigations').filter((row) => (row['case'] ?? '') in WAYS))('$case', (row) => {
    const { after, it } = recoveredAfter(WAYS[row['case'] ?? ''] ?? {})
    const expected = row['recovered_after_s']
    if (expected === 'never') expect(after).toBe(Infinity)
    else compare(`${row['case']}`, after, Number(expected))
    lines.push(`${row['case']} goodput late ${good(it)} of ${row['goodput_late']}`)
  })
})
