import { afterAll, describe, expect, it } from 'vitest'
import { type PhysicsEffect, tick } from '../../../server/sim/physics/index.ts'
import { A } from '../../../server/sim/physics/state.ts'
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
  pass(it, seconds)
  it.effects = before
}
/** Lets seconds pass without samples; returns how many were answered in time. */
function pass(it: Lab, seconds: number): number {
  const station = it.state.stations.at(-1)
  const before = station?.sums[A.ok] ?? NaN
  for (let n = 0; n < seconds; n += 1) {
    tick(it.model, it.state, { second: it.second, effects: it.effects })
    it.second += 1
  }
  return (station?.sums[A.ok] ?? NaN) - before
}
/** Whether nearly all are answered again after a while. */
function recovers(it: Lab, rate: number, within = 900): boolean {
  for (let n = 0; n < within; n += 30) {
    pass(it, 25)
    if (pass(it, 5) > 0.95 * 5 * rate) return true
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
      pass(it, 60)
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
    lines.push(
      'Shortest push (s) that one retry makes last, by load and by what is left of capacity; ∞: none of ten minutes',
    )
    lines.push(`${'left'.padStart(6)}${rates.map((r) => `${r}/s`.padStart(9)).join('')}`)
    const shortest = cuts.map((left) =>
      rates.map((rate) => {
        const test = (seconds: number) => {
          const it = storm(rate, 1)
          pass(it, 60)
          trigger(it, Math.round(seconds), left)
          return !recovers(it, rate, 400)
        }
        return test(600) ? Math.ceil(edge(0, 600, { steps: 10, test })) : Infinity
      }),
    )
    for (const [i, row] of shortest.entries())
      lines.push(
        `${String(cuts[i]).padStart(6)}${row.map((s) => (s === Infinity ? '∞' : String(s)).padStart(9)).join('')}`,
      )
    for (const row of shortest)
      for (let n = 1; n < row.length; n += 1) expect(row[n]).toBeLessThanOrEqual(row[n - 1] ?? 0)
    for (let n = 1; n < shortest.length; n += 1)
      for (const [k, seconds] of (shortest[n] ?? []).entries())
        expect(seconds).toBeGreaterThanOrEqual(shortest[n - 1]?.[k] ?? 0)
    expect(shortest[0]?.[0]).toBeGreaterThan(shortest[0]?.[4] ?? 0)
    expect(shortest[3]?.[0]).toBe(Infinity)
  })

  it.each(['500ms', '2s', '10s', '60s'])(
    'is not brought back by pauses between attempts alone: %s',
    (backoff) => {
      const it = storm(280, 1, { traffic: { backoff, jitter: 1 } })
      pass(it, 60)
      trigger(it, 10, 0)
      // A pause moves the second attempt, and does not take it away.
      trigger(it, 60, 0)
      expect(recovers(it, 280, 1800)).toBe(false)
    },
  )
})

interface Way {
  readonly service?: object
  readonly traffic?: object
  /** From a minute after the outage on. */
  readonly later?: readonly PhysicsEffect[]
}
const rate = (value: number): PhysicsEffect => ({ path: 'traffic.users.rate', op: 'set', value })
const LOAD = 280
/** Seconds after the outage until nearly all are answered for good, or Infinity. */
function recoveredAfter(it: Lab, later: readonly PhysicsEffect[] = []): number {
  pass(it, 60)
  trigger(it, 10, 0)
  let after = Infinity
  for (let n = 0; n < 900; n += 1) {
    it.effects = n >= 60 ? [...later] : []
    const wanted = it.effects.find((e) => e.path === 'traffic.users.rate')?.value ?? LOAD
    const now = pass(it, 1)
    if (now < 0.95 * wanted) after = Infinity
    else if (after === Infinity) after = n + 1
  }
  return after
}
/** A gateway asks for its clients, and again when it hears nothing. */
const gateway = (call: object): Lab =>
  lab({
    components: {
      gate: {
        kind: 'load-balancer',
        title: 'Gateway',
        calls: { web: { timeout: `${TIMEOUT}s`, retries: 1, backoff: 0, ...call } },
      },
      web: {
        kind: 'service',
        title: 'Web',
        concurrency: 30,
        service_time: '100ms',
        memory: { per_request: 0 },
      },
    },
    traffic: { users: { title: 'Users', to: 'gate', rate: `${LOAD}/s`, noise: 0, retries: 0 } },
  })

describe('ways out of a storm of retries at 280/s of 300/s', () => {
  afterAll(() => {
    printTable('Seconds until it has recovered for good, beside a simulation of single requests')
    process.stdout.write(`${lines.splice(0).join('\n')}\n`)
  })
  const expected = new Map(
    table('hotos_mitigations').map((row) => [row['case'], Number(row['recovered_after_s'])]),
  )
  // One random history of that simulation had 276/s and not 280/s after its outage: times that hang on the small gap to capacity differ so far.
  it.each<[string, Way, number]>([
    ['no retries', { traffic: { retries: 0 } }, 0.25],
    ['retry token bucket 10 %', { traffic: { retry_earned: 0.1 } }, 0.25],
    ['shed to 100 at +60 s', { later: [rate(100)] }, 0.05],
    ['capacity x2 at +60 s', { later: [{ path: 'web.concurrency', op: 'scale', value: 2 }] }, 0.06],
  ])('%s', (name, way, tolerance) => {
    const after = recoveredAfter(storm(LOAD, 1, way), way.later)
    expect(compare(name, after, expected.get(name) ?? NaN)).toBeLessThan(tolerance)
  })
  it.each<[string, Way]>([
    ['bounded queue 150 (C*T/2)', { service: { queue_limit: 150 } }],
    ['the newest first', { service: { lifo: true } }],
    ['what nobody waits for is dropped', { service: { drop_expired: true } }],
    ['controlled delay', { service: { codel: { target: '5ms' } } }],
    ['an adaptive limit', { service: { adaptive: true } }],
  ])('%s: within seconds', (name, way) => {
    const after = recoveredAfter(storm(LOAD, 1, way))
    const known = expected.get(name)
    if (known !== undefined) compare(name, after, known)
    else lines.push(`${name}: ${after} s`)
    expect(after).toBeLessThan(20)
  })
  it('a breaker: once it has let the queue drain', () => {
    expect(recoveredAfter(gateway({}))).toBe(Infinity)
    const after = recoveredAfter(gateway({ breaker: { enabled: true } }))
    const name = 'circuit breaker 50 %/10 s/5 s'
    compare(name, after, expected.get(name) ?? NaN)
    expect(after).toBeLessThan(60)
  })
  it('nothing, doubled pauses and a third more capacity are none', () => {
    expect(recoveredAfter(storm(LOAD, 1))).toBe(Infinity)
    expect(recoveredAfter(storm(LOAD, 1, { traffic: { backoff: '5s', jitter: 1 } }))).toBe(Infinity)
    const more: PhysicsEffect = { path: 'web.concurrency', op: 'scale', value: 4 / 3 }
    expect(recoveredAfter(storm(LOAD, 1), [more])).toBe(Infinity)
  })
  it.each([0.05, 0.1, 0.3])('a retry budget of %d is one below C/(1 + budget)', (budget) => {
    const test = (load: number) => {
      const it = storm(load, 1, { traffic: { retry_budget: budget } })
      pass(it, 60)
      trigger(it, 10, 0)
      return !recovers(it, load, 1800)
    }
    const edgeAt = CAPACITY / (1 + budget)
    const found = edge(0.8 * edgeAt, Math.min(299, 1.2 * edgeAt), { steps: 8, test })
    expect(compare(`budget ${budget}: edge (requests a second)`, found, edgeAt)).toBeLessThan(0.05)
  })
  it('shedding is one only below C/(r+1)', () => {
    const test = (load: number) => {
      const it = storm(LOAD, 1)
      pass(it, 60)
      trigger(it, 10, 0)
      pass(it, 60)
      it.effects = [rate(load)]
      return !recovers(it, load, 6000)
    }
    const found = edge(130, 170, { steps: 5, test })
    expect(compare('shed to (requests a second): edge', found, CAPACITY / 2)).toBeLessThan(0.05)
  })
})
