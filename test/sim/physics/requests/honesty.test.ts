import { describe, expect, test } from 'vitest'
import { type Crowd, crowd, weightedQuantile } from './crowd.ts'
import { type State, states } from './states.ts'

/** Standard errors that one figure in some dozens may lie off by chance; seeds are fixed, so a test that passes keeps passing. */
const SURE = 4.5
/** Histograms have buckets 12 % wide; a percentile lies somewhere within one. */
const BUCKET = 0.13

/** How many equally weighted samples would tell as much. */
const effective = (weights: readonly number[]) => {
  const sum = weights.reduce((a, b) => a + b, 0)
  const squares = weights.reduce((a, b) => a + b * b, 0)
  return squares > 0 ? (sum * sum) / squares : 0
}
const room = (p: number, n: number) => SURE * Math.sqrt(Math.max(1e-9, p * (1 - p)) / Math.max(1, n)) + 0.004

const ELSEWHERE: readonly string[] = ['breaker-open', 'held-back', 'no-connection', 'lost']

function agreesOnErrors(c: Crowd, id: string) {
  // What never left its caller, or never arrived, is none of the component's.
  const spans = c.spans(id).filter((x) => !ELSEWHERE.includes(x.span.note))
  const all = spans.reduce((n, x) => n + x.weight, 0)
  // What is shed on purpose is not counted among a component's errors.
  const asked = spans.filter((x) => x.span.note !== 'shed')
  const kept = asked.reduce((n, x) => n + x.weight, 0)
  const bad = asked.filter((x) => x.span.status !== 200).reduce((n, x) => n + x.weight, 0)
  const n = effective(asked.map((x) => x.weight))
  expect(Math.abs(all / c.seconds / c.metric(`${id}.rps`) - 1), `${id}: rate`).toBeLessThan(
    SURE / Math.sqrt(n) + 0.01,
  )
  const ratio = c.metric(`${id}.error_ratio`)
  expect(Math.abs(bad / kept - ratio), `${id}: error ratio`).toBeLessThan(room(ratio, n))
}

function agreesOnTimes(c: Crowd, id: string) {
  const served = c
    .spans(id)
    .filter((x) => ![...ELSEWHERE, 'shed', 'refused', 'unreachable'].includes(x.span.note))
  const times = served.map((x) => ({ value: x.span.duration, weight: x.weight }))
  const n = effective(times.map((t) => t.weight))
  for (const q of [0.5, 0.95, 0.99]) {
    const told = c.metric(`${id}.latency_p${q * 100}`)
    // The metric must lie between the quantiles of the sample that chance allows.
    const off = SURE * Math.sqrt((q * (1 - q)) / n)
    const low = weightedQuantile(times, Math.max(0, q - off)) * (1 - BUCKET)
    // So few say nothing of what is rarer than they are.
    const high = q + off < 1 ? weightedQuantile(times, q + off) * (1 + BUCKET) : Infinity
    expect(told, `${id}: p${q * 100}`).toBeGreaterThan(low)
    expect(told, `${id}: p${q * 100}`).toBeLessThan(high)
  }
}

describe.each(Object.entries(states))('in %s', (_name, state) => {
  const c = crowd({ ...state, rounds: 12 })
  test('sampled requests come at the rate of the traffic and succeed as often', () => {
    const rate = c.requests.reduce((n, r) => n + r.weight, 0) / c.seconds
    expect(rate / c.metric('traffic.users.rps')).toBeCloseTo(1, 2)
    const ok = c.metric('traffic.users.success_ratio')
    const n = effective(c.requests.map((r) => r.weight))
    expect(Math.abs(c.share((r) => r.status === 200) - ok)).toBeLessThan(room(ok, n))
  })
  test('every component is asked and fails as often as its metrics say', () => {
    for (const id of ['edge', 'web', 'cache', 'db']) agreesOnErrors(c, id)
  })
  test('every component takes as long as its percentiles say', () => {
    for (const id of state.times) agreesOnTimes(c, id)
  })
  test('look-ups hit as often as the hit ratio says', () => {
    const looked = c.spans('cache').filter((x) => ['hit', 'miss', 'shared'].includes(x.span.note))
    const all = looked.reduce((n, x) => n + x.weight, 0)
    const hits = looked.filter((x) => x.span.note === 'hit').reduce((n, x) => n + x.weight, 0)
    const ratio = c.metric('cache.hit_ratio')
    expect(Math.abs(hits / all - ratio)).toBeLessThan(room(ratio, effective(looked.map((x) => x.weight))))
  })
})

test('versions take their share of the traffic and make their own errors', () => {
  const c = crowd({ ...states['a version that fails three times in ten'], rounds: 12 } as State)
  const at = (name: string) => c.model.versions.findIndex((v) => v.name === name)
  const spans = c.spans('web')
  for (const [name, share, errors] of [
    ['v1', 0.8, 0],
    ['v2', 0.2, 0.3],
  ] as const) {
    const own = spans.filter((x) => x.span.version === at(name))
    const all = spans.reduce((n, x) => n + x.weight, 0)
    const mine = own.reduce((n, x) => n + x.weight, 0)
    const bad = own.filter((x) => x.span.status === 500).reduce((n, x) => n + x.weight, 0)
    const n = effective(own.map((x) => x.weight))
    expect(Math.abs(mine / all - share)).toBeLessThan(room(share, n))
    expect(Math.abs(bad / mine - errors)).toBeLessThan(room(errors, n))
  }
})

test('what gets no connection of a dry pool is told at the caller, as often as the model says', () => {
  const c = crowd({ ...states['a pool with too few connections to a slow database'], rounds: 12 } as State)
  const all = c.spans('db')
  const dry = all.filter((x) => x.span.note === 'no-connection')
  expect(dry.length).toBeGreaterThan(100)
  expect(dry.every((x) => x.span.node === 0 && x.span.status === 504)).toBe(true)
  const asked = all.reduce((n, x) => n + x.weight, 0) / c.seconds
  const left = asked - dry.reduce((n, x) => n + x.weight, 0) / c.seconds
  expect(left / c.metric('db.rps')).toBeCloseTo(1, 1)
})

test('errors of one zone are seen in that zone alone', () => {
  const name = 'one of two zones that fails a fifth of what it takes'
  const c = crowd({ ...states[name], rounds: 4 } as State)
  const zoneOf = (cell: number) => c.model.zones[c.model.cells[cell]?.zone ?? -1]?.id
  const bad = c.spans('web').filter((x) => x.span.status === 500)
  expect(bad.length).toBeGreaterThan(50)
  expect(new Set(bad.map((x) => zoneOf(x.span.cell)))).toEqual(new Set(['fra-b']))
})

test('requests of one tenant end and take as long as that tenant’s do, and the others’ as theirs', () => {
  const c = crowd({
    system: {
      components: {
        web: {
          kind: 'service',
          title: 'Web',
          replicas: 6,
          service_time: '10ms',
          calls: { db: { timeout: '2s', retries: 1 }, jobs: { timeout: '1s' } },
        },
        db: {
          kind: 'database',
          title: 'Database',
          service_time: '5ms',
          slices: {
            imports: { where: { tenant: 'acme' }, errors: { 500: '40%' } },
            reports: { where: { endpoint: 'reports' }, service_time_scale: 8 },
          },
        },
        jobs: { kind: 'queue', title: 'Jobs' },
        mailer: {
          kind: 'worker',
          title: 'Mailer',
          consumes: 'jobs',
          replicas: 20,
          service_time: '20ms',
          slices: { poison: { where: { tenant: 'acme' }, errors: { 500: '30%' } } },
        },
      },
      traffic: {
        users: {
          title: 'Users',
          to: 'web',
          rate: '300/s',
          retries: 0,
          attributes: {
            tenant: { acme: 0.2, globex: 0.3, initech: 0.5 },
            endpoint: { reports: 0.1, rest: 0.9 },
            app: { ios: 0.5, web: 0.5 },
          },
        },
      },
    },
    settle: 60,
    watch: 60,
    rounds: 20,
  })
  const users = c.requests.filter((r) => r.source === 'users')
  const weigh = (list: readonly { weight: number }[]) => list.reduce((n, r) => n + r.weight, 0)
  const share = (of: readonly (typeof users)[number][], is: (r: (typeof users)[number]) => boolean) =>
    weigh(of.filter(is)) / weigh(of)
  for (const [name, value, expected] of [
    ['tenant', 'acme', 0.2],
    ['tenant', 'initech', 0.5],
    ['endpoint', 'reports', 0.1],
    ['app', 'ios', 0.5],
  ] as const)
    expect(share(users, (r) => r.attributes[name] === value)).toBeCloseTo(expected, 1)
  const acme = users.filter((r) => r.attributes['tenant'] === 'acme')
  const others = users.filter((r) => r.attributes['tenant'] !== 'acme')
  // Two attempts of which each fails four times in ten.
  expect(share(acme, (r) => r.status !== 200)).toBeCloseTo(0.16, 1)
  expect(share(others, (r) => r.status !== 200)).toBe(0)
  expect(share(users, (r) => r.status === 200)).toBeCloseTo(c.metric('traffic.users.success_ratio'), 2)

  const db = c.spans('db')
  const timesOf = (endpoint: string) =>
    db
      .filter((x) => x.of.attributes['endpoint'] === endpoint)
      .map((x) => ({ value: x.span.duration, weight: x.weight }))
  const mean = (list: readonly { value: number; weight: number }[]) =>
    list.reduce((n, x) => n + x.value * x.weight, 0) / weigh(list)
  expect(mean(timesOf('reports')) / mean(timesOf('rest'))).toBeGreaterThan(7)
  expect(mean(timesOf('reports')) / mean(timesOf('rest'))).toBeLessThan(9)
  expect(mean(timesOf('rest'))).toBeCloseTo(0.005, 3)

  const worked = c.requests.filter((r) => r.source === 'jobs')
  const poison = worked.filter((r) => r.attributes['tenant'] === 'acme')
  expect(share(poison, (r) => r.status === 500)).toBeCloseTo(0.3, 1)
  expect(
    share(
      worked.filter((r) => r.attributes['tenant'] !== 'acme'),
      (r) => r.status === 500,
    ),
  ).toBe(0)
})
