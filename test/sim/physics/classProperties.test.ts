import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createPhysics,
  type PhysicsEffect,
  type PhysicsState,
  takeSample,
  tick,
} from '../../../server/sim/physics/index.ts'
import { A } from '../../../server/sim/physics/state.ts'
import { lab } from './lab.ts'

/** Customers, endpoints and app versions; slices at the edge, in a zone, of a version, of messages; users who wait; pools and brownout. */
const SYSTEM = {
  zones: { a: { region: 'x' }, b: { region: 'y' } },
  components: {
    edge: {
      kind: 'load-balancer',
      title: 'Edge',
      rate_limit: '400/s',
      rate_burst: 200,
      calls: { web: { timeout: '3s', retries: 1 } },
      slices: { imports: { where: { tenant: 'acme' }, rate_limit: '50/s', rate_burst: 100 } },
    },
    web: {
      kind: 'service',
      title: 'Web',
      replicas: 4,
      zones: ['a', 'b'],
      concurrency: 24,
      versions: { v1: { share: 0.8 }, v2: { share: 0.2 } },
      calls: {
        cache: { timeout: '50ms' },
        db: { on: 'miss', retries: 2, pool: 12 },
        tips: { optional: true, throttle: 2 },
        jobs: { per_request: 0.2, fallback: 0.5 },
      },
      slices: {
        ios: { where: { app: ['ios-41', 'ios-42'], region: 'x' }, errors: { 500: '10%' }, memory_scale: 3 },
        canary: { from: ['people'], where: { version: 'v2' }, service_time_scale: 2 },
      },
    },
    cache: { kind: 'cache', title: 'Cache', keys: 20_000, ttl: '10m' },
    db: {
      kind: 'database',
      title: 'Database',
      slices: { reports: { where: { endpoint: 'reports' }, service_time_scale: 8 } },
    },
    tips: { kind: 'external', title: 'Tips' },
    sweep: { kind: 'job', title: 'Sweep', every: '20s', items: 400, calls: { db: {} } },
    jobs: { kind: 'queue', title: 'Jobs' },
    crunch: {
      kind: 'worker',
      title: 'Crunch',
      consumes: 'jobs',
      replicas: 6,
      slices: { poison: { where: { tenant: 'acme' }, errors: { 500: '30%' } } },
    },
  },
  traffic: {
    people: {
      title: 'People',
      to: 'edge',
      users: 900,
      think: '5s',
      attributes: {
        tenant: { acme: 0.2, globex: 0.3, initech: 0.5 },
        app: { 'ios-41': 0.1, 'ios-42': 0.3, web: 0.6 },
      },
      metrics: ['tenant'],
    },
    partners: {
      title: 'Partners',
      to: 'web',
      rate: '60/s',
      retries: 3,
      timeout: '2s',
      attributes: { tenant: { acme: 0.5, others: 0.5 }, endpoint: { reports: 0.05, rest: 0.95 } },
    },
  },
}
const { model } = lab(SYSTEM)
const paths = [...model.paths.entries()]
const effect = fc
  .record({
    at: fc.nat(paths.length - 1),
    op: fc.constantFrom('set', 'scale', 'add'),
    x: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ at, op, x }): PhysicsEffect => {
    const [path = '', [slot = 0] = []] = paths[at] ?? []
    const top = Math.min(model.slots[slot]?.max ?? 1, (model.base[slot] ?? 1) * 20 + 1)
    return {
      path,
      op: op === 'set' ? 'set' : op === 'scale' ? 'scale' : 'add',
      value: op === 'scale' ? x * 30 : x * top,
    }
  })
const history = fc.array(fc.array(effect, { maxLength: 5 }), { maxLength: 7 })

/** Plays a history, 12 s a step; `each` sees the state after every second. */
function play(
  state: PhysicsState,
  steps: readonly PhysicsEffect[][],
  each: (s: PhysicsState, second: number) => PhysicsState | undefined,
): PhysicsState {
  let second = 0
  let now = state
  for (const effects of [[], ...steps])
    for (let n = 0; n < 12; n += 1) {
      tick(model, now, { second, effects })
      second += 1
      now = each(now, second) ?? now
      if (second % 4 === 0) takeSample(model, now)
    }
  return now
}
const total = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)
const numbers = (x: unknown): number[] =>
  typeof x === 'number' ? [x] : typeof x === 'object' && x !== null ? Object.values(x).flatMap(numbers) : []

describe('whatever is done to requests of many kinds', () => {
  it('conserves them at every component, and all about them is finite, not negative, and a share where it is one', () => {
    const many = model.classes.classes.length
    expect(many).toBe(9)
    fc.assert(
      fc.property(history, fc.nat(1000), (steps, seed) => {
        const before = model.cells.map(() => 0)
        play(createPhysics(model, seed), steps, (s, second) => {
          s.stations.forEach((station, i) => {
            const { sums } = station
            const gone =
              (sums[A.ok] ?? 0) +
              (sums[A.abandoned] ?? 0) +
              (sums[A.lost] ?? 0) +
              total([0, 1, 2, 3, 4].map((k) => sums[A.status + k] ?? 0))
            const offered = sums[A.offered] ?? 0
            expect(
              Math.abs((before[i] ?? 0) + offered - gone - station.inSystem),
              `${model.cells[i]?.id} at ${second}`,
            ).toBeLessThan(1e-6 * (1 + offered + station.inSystem))
            if (second % 4 === 0) before[i] = station.inSystem
            for (const mix of [s.classes.arriving, s.classes.inside, s.classes.messages])
              expect(total(mix.slice(i * many, (i + 1) * many))).toBeLessThan(1 + 1e-9)
          })
          for (const x of numbers({
            ...s.classes,
            waiting: s.sources.map((t) => [t.waiting, t.streams, t.free]),
          }))
            if (!(x >= -1e-9 && x < 1e12)) expect.fail(`${x} at ${second}`)
          return undefined
        })
      }),
      { numRuns: 30, seed: 31 },
    )
  }, 60_000)

  it('counts every request of every source once, and never has more users than there are', () => {
    fc.assert(
      fc.property(history, (steps) => {
        play(createPhysics(model, 5), steps, (s) => {
          for (const source of s.sources) {
            const pending = total(numbers([source.pending, source.streams]))
            expect(Math.abs(source.begun - source.total - pending)).toBeLessThan(1e-6 * (1 + source.begun))
          }
          return undefined
        })
        play(
          createPhysics(model, 6),
          steps.map((list) => list.filter((e) => !e.path.startsWith('traffic'))),
          (s) => {
            const [people] = s.sources
            if (people) {
              const waiting = total(people.waiting.count) + total(numbers([people.pending, people.streams]))
              expect(waiting).toBeLessThan(900 + 1e-6)
            }
            return undefined
          },
        )
      }),
      { numRuns: 15, seed: 32 },
    )
  }, 60_000)

  it('goes on the same after a JSON round trip at any moment', () => {
    fc.assert(
      fc.property(history, fc.nat(60), (steps, when) => {
        const straight = play(createPhysics(model, 3), steps, () => undefined)
        const broken = play(createPhysics(model, 3), steps, (s, second) =>
          second === when ? (JSON.parse(JSON.stringify(s)) as PhysicsState) : undefined,
        )
        expect(JSON.stringify(broken)).toBe(JSON.stringify(straight))
      }),
      { numRuns: 15, seed: 33 },
    )
  }, 60_000)

  it('samples shares between 0 and 1 and rates that are not negative, broken down as the author asked', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const state = play(createPhysics(model, 9), steps, () => undefined)
        tick(model, state, { second: 1000, effects: [] })
        const values = takeSample(model, state)
        expect(values).toHaveLength(model.metrics.length)
        values.forEach((v, i) => {
          if (v === null) return
          const { name = '', unit } = model.metrics[i] ?? {}
          expect(v, name).toBeGreaterThanOrEqual(0)
          if (unit === 'ratio' && !name.endsWith('memory_ratio'))
            expect(v, name).toBeLessThanOrEqual(1 + 1e-9)
        })
        const of = (name: string) => values[model.metrics.findIndex((m) => m.name === name)] ?? 0
        const parts = ['acme', 'globex', 'initech'].map((t) => of(`traffic.people.tenant.${t}.rps`))
        expect(Math.abs(total(parts) - of('traffic.people.rps'))).toBeLessThan(1e-6 * (1 + total(parts)))
      }),
      { numRuns: 15, seed: 34 },
    )
  }, 60_000)
})
