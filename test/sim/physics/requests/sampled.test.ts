import { expect, test } from 'vitest'
import { compileSystem, createPhysics, tick } from '../../../../server/sim/physics/index.ts'
import {
  packRequest,
  readWalk,
  sampleRequests,
  unpackRequest,
} from '../../../../server/sim/physics/requests/index.ts'
import { normalQuantile } from '../../../../server/sim/physics/requests/draws.ts'
import { normalCdf } from '../../../../server/sim/physics/math.ts'
import { originOf } from '../../../../server/sim/physics/requests/describe.ts'
import { SystemSpec } from '../../../../server/sim/scenario/systemSchema.ts'
import { crowd } from './crowd.ts'

const system = (o: { rate?: string; errors?: string; users?: object; call?: object } = {}) => ({
  components: {
    web: {
      kind: 'service',
      title: 'Web',
      replicas: 4,
      service_time: '10ms',
      calls: { db: { timeout: '500ms', ...o.call }, jobs: { timeout: '1s' } },
    },
    db: { kind: 'database', title: 'Database', service_time: '5ms', errors: { 500: o.errors ?? '0%' } },
    jobs: { kind: 'queue', title: 'Jobs' },
    mailer: { kind: 'worker', title: 'Mailer', consumes: 'jobs', replicas: 4, service_time: '20ms' },
  },
  traffic: {
    users: { title: 'Users', to: 'web', rate: o.rate ?? '200/s', noise: 0, retries: 0, ...o.users },
  },
})

test('equal seeds and seconds give equal requests, others give others', () => {
  const model = compileSystem(SystemSpec.parse(system()))
  const state = createPhysics(model, 7)
  for (let second = 0; second < 30; second += 1) tick(model, state, { second, effects: [] })
  const walk = readWalk(model, state)
  const draw = (seed: number, second: number) => sampleRequests(walk, { seed, second }).map(packRequest)
  expect(draw(7, 30)).toEqual(draw(7, 30))
  expect(draw(7, 30)).not.toEqual(draw(7, 31))
  expect(draw(7, 30)).not.toEqual(draw(8, 30))
  const traces = [30, 31, 32].flatMap((s) => draw(7, s).map((line) => unpackRequest(line).trace))
  expect(new Set(traces).size).toBe(traces.length)
})

test('looking at requests changes nothing in the system', () => {
  const model = compileSystem(SystemSpec.parse(system({ errors: '10%' })))
  const [seen, unseen] = [createPhysics(model, 7), createPhysics(model, 7)]
  for (let second = 0; second < 60; second += 1) {
    tick(model, seen, { second, effects: [] })
    sampleRequests(readWalk(model, seen), { seed: 7, second })
  }
  for (let second = 0; second < 60; second += 1) tick(model, unseen, { second, effects: [] })
  expect(seen).toEqual(unseen)
})

test('a request survives its way through the log', () => {
  const { requests } = crowd({ system: system({ errors: '20%' }), settle: 20, watch: 10 })
  for (const r of requests) {
    const back = unpackRequest(packRequest(r))
    expect(back.trace).toMatch(/^[0-9a-f]{16}$/)
    expect({ ...back, weight: 0, duration: 0, spans: [] }).toEqual({
      ...r,
      weight: 0,
      duration: 0,
      spans: [],
    })
    expect(back.spans.length).toBe(r.spans.length)
    back.spans.forEach((s, i) => {
      const was = r.spans[i]
      expect({ ...s, start: 0, duration: 0, wait: 0 }).toEqual({ ...was, start: 0, duration: 0, wait: 0 })
      expect(Math.abs(s.duration - (was?.duration ?? 0))).toBeLessThan(1e-4)
    })
  }
})

test('failures rarer than one a second are seen as rarely as they are', () => {
  const c = crowd({ system: system({ errors: '0.05%' }), settle: 20, watch: 400 })
  const failed = c.requests.filter((r) => r.status !== 200)
  const perSecond = failed.reduce((n, r) => n + r.weight, 0) / c.seconds
  // 200 a second, one in 2000 of them: once in ten seconds.
  expect(perSecond).toBeGreaterThan(0.05)
  expect(perSecond).toBeLessThan(0.16)
  expect(Math.min(...c.requests.map((r) => r.weight))).toBeGreaterThanOrEqual(1)
})

test('where few ask, every request is told, each standing for itself', () => {
  const c = crowd({ system: system({ rate: '2/s' }), settle: 20, watch: 300 })
  const users = c.requests.filter((r) => r.source === 'users')
  expect(new Set(users.map((r) => r.weight))).toEqual(new Set([1]))
  expect(users.length / c.seconds).toBeGreaterThan(1.7)
  expect(users.length / c.seconds).toBeLessThan(2.3)
})

test('every part lies within the one that asked for it, unless that one gave up', () => {
  const { requests } = crowd({
    system: system({ errors: '10%', call: { timeout: '12ms', retries: 2, backoff: '5ms' } }),
    settle: 30,
    watch: 60,
  })
  let lateParts = 0
  for (const r of requests)
    r.spans.forEach((s, i) => {
      expect(s.parent).toBeLessThan(i)
      expect(s.wait).toBeLessThanOrEqual(s.duration + 1e-9)
      const parent = r.spans[s.parent]
      if (!parent) return
      expect(s.start).toBeGreaterThanOrEqual(parent.start - 1e-9)
      if (s.note === 'gave-up') {
        lateParts += 1
        expect(s.duration).toBeGreaterThan(0.0119)
      } else expect(s.start + s.duration).toBeLessThanOrEqual(parent.start + parent.duration + 1e-6)
    })
  expect(lateParts).toBeGreaterThan(20)
})

test('what failed is found at the bottom of the trace', () => {
  const c = crowd({ system: system({ errors: '30%', call: { retries: 1 } }), settle: 30, watch: 60 })
  const failed = c.requests.filter((r) => r.status !== 200 && r.source === 'users')
  expect(failed.length).toBeGreaterThan(50)
  const db = c.model.components.findIndex((x) => x.id === 'db')
  for (const r of failed) {
    expect(r.spans[originOf(r.spans)]).toMatchObject({ component: db, status: 500 })
    // Both attempts of the call are there.
    expect(r.spans.filter((s) => s.component === db).map((s) => [s.attempt, s.status])).toEqual([
      [1, 500],
      [2, 500],
    ])
  }
})

test('attempts of a call are as many as the model sends', () => {
  const c = crowd({
    system: system({ errors: '30%', call: { retries: 2 } }),
    settle: 30,
    watch: 60,
    rounds: 10,
  })
  const sent = c.spans('db').reduce((n, x) => n + x.weight, 0) / c.seconds
  expect(sent / c.metric('db.rps')).toBeCloseTo(1, 1)
  expect(Math.abs(sent / (200 * 1.39) - 1)).toBeLessThan(0.03)
})

test('clients that come back say so', () => {
  const c = crowd({
    system: system({ errors: '40%', users: { retries: 2, backoff: '1s', retry_budget: 1 } }),
    settle: 60,
    watch: 60,
    rounds: 5,
  })
  const users = c.share((r) => r.source === 'users')
  const share = (n: number) => c.share((r) => r.source === 'users' && r.attempt === n) / users
  const all = 1 + 0.4 + 0.16
  expect(share(1)).toBeCloseTo(1 / all, 1)
  expect(share(2)).toBeCloseTo(0.4 / all, 1)
  expect(share(3)).toBeCloseTo(0.16 / all, 1)
})

test('work on messages is told beside the requests of clients', () => {
  const c = crowd({ system: system(), settle: 30, watch: 60 })
  const worked = c.requests.filter((r) => r.source === 'jobs')
  const perSecond = worked.reduce((n, r) => n + r.weight, 0) / c.seconds
  expect(perSecond / c.metric('mailer.rps')).toBeCloseTo(1, 1)
})

test('what a breaker keeps back is told without an instance', () => {
  const c = crowd({
    system: system({ errors: '90%', call: { breaker: { enabled: true } } }),
    settle: 60,
    watch: 60,
  })
  const kept = c.spans('db').filter((x) => x.span.note === 'breaker-open')
  expect(kept.length).toBeGreaterThan(100)
  expect(kept.every((x) => x.span.node === 0 && x.span.duration === 0)).toBe(true)
  const sent = c.spans('db').filter((x) => x.span.note === '')
  const perSecond = sent.reduce((n, x) => n + x.weight, 0) / c.seconds
  expect(perSecond).toBeLessThan(12)
})

test('the normal quantile is the inverse of the normal distribution', () => {
  for (const p of [0.001, 0.02, 0.3, 0.5, 0.8, 0.99, 0.9999])
    expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 6)
})
