import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createPhysics,
  logRates,
  operate,
  OPERATIONS,
  type PhysicsEffect,
  type PhysicsState,
  takeSample,
  tick,
  totals,
} from '../../../server/sim/physics/index.ts'
import { A } from '../../../server/sim/physics/state.ts'
import { lab } from './lab.ts'

/** Every kind of component, every kind of call; zones, a group, checks and ejections. */
const SYSTEM = {
  zones: { a: { region: 'x' }, b: { region: 'y' } },
  network: { region: '30ms' },
  components: {
    edge: {
      kind: 'load-balancer',
      title: 'Edge',
      calls: { web: { timeout: '6s', retries: 1, health_check: { interval: '4s' }, slow_start: '9s' } },
    },
    web: {
      kind: 'service',
      title: 'Web',
      replicas: 6,
      zones: ['a', 'b'],
      groups: { n7: 1 },
      concurrency: 24,
      memory: { limit: '600MiB', per_object: 1 },
      versions: { v1: { share: 1 }, v2: { service_time_scale: 3, errors: { 500: '20%' } } },
      calls: {
        cache: { per_request: 3, timeout: '50ms', local: 0.8 },
        db: { on: 'miss', retries: 2, ejection: { consecutive: 5 } },
        media: { per_request: 0.3, optional: true },
        tips: { timeout: '500ms', fallback: 0.9, breaker: { enabled: true } },
        jobs: { per_request: 0.2 },
      },
    },
    cache: { kind: 'cache', title: 'Cache', zones: ['a', 'b'], keys: 20_000, capacity: 9000, ttl: '10m' },
    db: {
      kind: 'database',
      title: 'Database',
      zones: ['a', 'b'],
      connections: 500,
      lock: { share: 0.1, time: '5ms' },
      contention: { alpha: 0.001, beta: 0.00001 },
    },
    media: { kind: 'object-store', title: 'Media', zones: ['b', 'a'], object: { size: '2MB', max: '90MB' } },
    tips: { kind: 'external', title: 'Tips' },
    jobs: { kind: 'queue', title: 'Jobs', zones: ['a', 'b'] },
    crunch: {
      kind: 'worker',
      title: 'Crunch',
      consumes: 'jobs',
      replicas: 6,
      groups: { n8: 2 },
      calls: { media: { appends: '20kB' }, db: {} },
    },
  },
  traffic: {
    people: {
      title: 'People',
      to: 'edge',
      rate: '300/s',
      shape: [
        { at: 0, scale: 1 },
        { at: '5m', scale: 1.3 },
      ],
    },
    robots: { title: 'Robots', to: 'web', rate: '20/s', retries: 3, timeout: '2s' },
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
    const limits = model.slots[slot]
    const top = Math.min(limits?.max ?? 1, (model.base[slot] ?? 1) * 20 + 1)
    return {
      path,
      op: op === 'set' ? 'set' : op === 'scale' ? 'scale' : 'add',
      value: op === 'scale' ? x * 30 : x * top,
    }
  })
const operation = fc
  .record({ name: fc.constantFrom(...Object.keys(OPERATIONS)), on: fc.nat(model.components.length - 1) })
  .map(({ name, on }) => ({
    operation: name,
    component: model.components[on]?.id ?? '',
    args:
      name === 'deploy' || name === 'rollback'
        ? { version: 'v2', over: '10s' }
        : name === 'restart'
          ? { mode: 'all' }
          : {},
  }))
const history = fc.array(
  fc.oneof(fc.record({ effects: fc.array(effect, { maxLength: 4 }) }), fc.record({ operate: operation })),
  { maxLength: 8 },
)

/** Plays a history, 12 s a step; `each` sees the state after every second. */
function play(
  state: PhysicsState,
  steps: readonly (
    { effects: PhysicsEffect[] } | { operate: typeof operation extends fc.Arbitrary<infer O> ? O : never }
  )[],
  each: (s: PhysicsState, second: number) => PhysicsState | undefined,
) {
  let second = -30
  let now = state
  let effects: PhysicsEffect[] = []
  for (const step of [{ effects: [] }, ...steps]) {
    if ('effects' in step) effects = step.effects
    else operate(model, now, step.operate)
    for (let n = 0; n < 12; n += 1) {
      tick(model, now, { second, effects })
      second += 1
      now = each(now, second) ?? now
      if (second % 5 === 0) takeSample(model, now)
    }
  }
  return now
}
const UNTIL = { ejectedUntil: 0, calmSince: 0 }
const numbers = (x: unknown): number[] =>
  typeof x === 'number' ? [x] : typeof x === 'object' && x !== null ? Object.values(x).flatMap(numbers) : []

describe('whatever is done to the system', () => {
  it('conserves requests at every component in every second, and nothing is negative, infinite or undefined', () => {
    fc.assert(
      fc.property(history, fc.nat(1000), (steps, seed) => {
        const before = model.cells.map(() => 0)
        let fresh = true
        play(createPhysics(model, seed), steps, (s, second) => {
          s.stations.forEach((station, i) => {
            const sums = station.sums
            let gone = (sums[A.ok] ?? 0) + (sums[A.abandoned] ?? 0) + (sums[A.lost] ?? 0)
            for (let k = 0; k < 5; k += 1) gone += sums[A.status + k] ?? 0
            const offered = sums[A.offered] ?? 0
            const name = model.cells[i]?.id
            if (!fresh || second > -29)
              expect(
                Math.abs((before[i] ?? 0) + offered - gone - station.inSystem),
                `${name} at ${second}`,
              ).toBeLessThan(1e-6 * (1 + offered + station.inSystem))
            if (second % 5 === 0) before[i] = station.inSystem
            const waiting = station.waiting.reduce((a, b) => a + b, 0)
            expect(
              Math.abs(waiting + station.busy - station.inSystem),
              `${name} waiting at ${second}`,
            ).toBeLessThan(1e-6 * (1 + station.inSystem))
          })
          fresh = false
          // Moments may be negative; of databases `dataProperties.test.ts` takes care.
          for (const x of numbers({
            ...s,
            seed: 0,
            second: 0,
            stations: s.stations.map((t) => ({
              ...t,
              since: [],
              until: [],
              messageAt: [],
              warmUntil: 0,
              waitLow: 0,
              startAt: [],
              happened: [],
              disk: { ...t.disk, freeUntil: 0 },
              retryAt: 0,
            })),
            rollouts: s.rollouts.map((r) => ({ ...r, since: 0, startAt: [], crashAt: 0, retryAt: 0 })),
            health: Object.values(s.health).map((h) => ({ ...h, streak: 0, since: 0, checkAt: 0, ...UNTIL })),
            calls: s.calls.map((c) => ({ ...c, openUntil: 0 })),
            databases: [],
            sources: s.sources.map((t) => ({ ...t, swing: 0, surplus: 0 })),
          })) {
            if (!(x >= -1e-9 && x < 1e15)) expect.fail(`${x} in the state at ${second}`)
          }
          return undefined
        })
      }),
      {
        numRuns: 40,
        seed: 11,
        // Fewer slots than requests in work.
        examples: [[[{ effects: [{ path: 'tips.concurrency', op: 'set', value: 0 }] }], 0]],
      },
    )
  }, 60_000)

  it('counts every request of every source once: begun is good, bad or still on its way', () => {
    fc.assert(
      fc.property(history, (steps) => {
        play(createPhysics(model, 5), steps, (s) => {
          for (const source of s.sources) {
            const pending = source.pending.flat().reduce((a, b) => a + b, 0)
            expect(Math.abs(source.begun - source.total - pending)).toBeLessThan(1e-6 * (1 + source.begun))
          }
          return undefined
        })
      }),
      {
        numRuns: 20,
        seed: 12,
        // Next to nothing left of its versions.
        examples: [[[{ effects: [{ path: 'web.versions.v1.share', op: 'set', value: 5e-324 }] }]]],
      },
    )
  }, 60_000)

  it('goes on the same after a JSON round trip at any moment', () => {
    fc.assert(
      fc.property(history, fc.nat(80), (steps, when) => {
        const straight = play(createPhysics(model, 3), steps, () => undefined)
        const broken = play(createPhysics(model, 3), steps, (s, second) =>
          second === when - 30 ? (JSON.parse(JSON.stringify(s)) as PhysicsState) : undefined,
        )
        expect(JSON.stringify(broken)).toBe(JSON.stringify(straight))
      }),
      { numRuns: 20, seed: 13 },
    )
  }, 60_000)

  it('gives samples of the right length, shares between 0 and 1, and rates of happenings above 0', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const state = play(createPhysics(model, 9), steps, () => undefined)
        tick(model, state, { second: 1000, effects: [] })
        const values = takeSample(model, state)
        expect(values).toHaveLength(model.metrics.length)
        values.forEach((v, i) => {
          if (v === null) return
          expect(v, model.metrics[i]?.name).toBeGreaterThanOrEqual(0)
          if (model.metrics[i]?.unit === 'ratio' && !model.metrics[i]?.name.endsWith('memory_ratio'))
            expect(v, model.metrics[i]?.name).toBeLessThanOrEqual(1 + 1e-9)
        })
        for (const r of logRates(model, state)) expect(r.rate).toBeGreaterThan(0)
        for (const t of Object.values(totals(model, state)))
          expect(t.slow(0.5)).toBeLessThanOrEqual(t.total - t.bad + 1e-6)
      }),
      { numRuns: 20, seed: 14 },
    )
  }, 60_000)
})

describe('an effect that has ended', () => {
  it('leaves the system where it would be without it, once its traces are worked off', () => {
    const quiet = lab({ ...SYSTEM, traffic: { people: { ...SYSTEM.traffic.people, noise: 0 } } })
    const touched = lab({ ...SYSTEM, traffic: { people: { ...SYSTEM.traffic.people, noise: 0 } } })
    touched.run(60)
    quiet.run(60)
    touched.effects = [
      { path: 'web.service_time', op: 'scale', value: 2 },
      { path: 'edge.shed', op: 'set', value: 0.3 },
      { path: 'tips.errors.500', op: 'add', value: 0.1 },
    ]
    touched.run(60)
    quiet.run(60)
    touched.effects = []
    touched.run(600)
    quiet.run(600)
    const a = quiet.run(5)
    const b = touched.run(5)
    for (const name of ['web.rps', 'web.goodput_rps', 'web.latency_p95', 'db.rps', 'edge.rps']) {
      expect((b[name] ?? NaN) / (a[name] ?? NaN), name).toBeCloseTo(1, 1)
    }
  })
  it('composes as base, latest set, product of scales, sum of adds, within range', async () => {
    const { valueOf } = await import('../../../server/sim/physics/index.ts')
    const effects: PhysicsEffect[] = [
      { path: 'web.replicas', op: 'add', value: 1 },
      { path: 'web.replicas', op: 'scale', value: 2 },
      { path: 'web.replicas', op: 'set', value: 99 },
      { path: 'web.replicas', op: 'set', value: 4 },
      { path: 'web.replicas', op: 'scale', value: 1.5 },
      { path: 'edge.shed', op: 'set', value: 7 },
    ]
    expect(valueOf(model, effects, 'web.replicas')).toBe(13)
    expect(valueOf(model, effects, 'edge.shed')).toBe(1)
    expect(valueOf(model, [], 'web.replicas')).toBe(6)
  })
})
