import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compileSystem,
  createPhysics,
  operate,
  type PhysicsEffect,
  type PhysicsState,
  takeSample,
  tick,
} from '../../../server/sim/physics/index.ts'
import { SystemSpec } from '../../../server/sim/scenario/systemSchema.ts'

const model = compileSystem(
  SystemSpec.parse({
    zones: { a: { region: 'x' }, b: { region: 'x' } },
    cluster: { slots: 30 },
    components: {
      web: {
        kind: 'service',
        title: 'Web',
        replicas: 8,
        zones: ['a', 'b'],
        groups: { n7: 1 },
        start_time: '12s',
        versions: { v1: { share: 1 }, v2: { crash: 0.4 }, v3: {} },
        autoscaler: { enabled: 'on', saturation: 0.6, max: 40 },
        calls: { db: {} },
      },
      packer: {
        kind: 'worker',
        title: 'Packer',
        consumes: 'jobs',
        replicas: 3,
        autoscaler: { enabled: 'on', queue: 20, min: 0, delay: '5s' },
        versions: { v1: { share: 0.5 }, v2: { share: 0.5 } },
      },
      jobs: { kind: 'queue', title: 'Jobs' },
      db: { kind: 'database', title: 'Database', versions: { v1: { share: 1 }, v2: {} } },
    },
    traffic: {
      users: { title: 'Users', to: 'web', rate: '400/s' },
      orders: { title: 'Orders', to: 'jobs', rate: '30/s' },
    },
  }),
)
const PATHS = [
  'web.replicas',
  'web.zones.a.replicas',
  'web.autoscaler.enabled',
  'web.autoscaler.max',
  'web.autoscaler.interval',
  'web.autoscaler.delay',
  'web.admission.deny',
  'web.deploy.surge',
  'web.deploy.unavailable',
  'web.versions.v2.crash',
  'web.start_time',
  'web.service_time',
  'web.memory.base',
  'packer.replicas',
  'packer.admission.deny',
  'cluster.slots',
  'traffic.users.rate',
  'zones.a.up',
] as const
const effect: fc.Arbitrary<PhysicsEffect> = fc
  .record({ path: fc.constantFrom(...PATHS), x: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ path, x }) => {
    const slot = model.slots[model.paths.get(path)?.[0] ?? -1]
    const top = Math.min(
      slot?.max ?? 1,
      path === 'cluster.slots' ? 60 : path.endsWith('replicas') ? 30 : 2000,
    )
    return { path, op: 'set', value: slot?.quantity === 'flag' ? Math.round(x) : x * top }
  })
const operation = fc
  .record({
    name: fc.constantFrom('deploy', 'rollback', 'restart'),
    on: fc.constantFrom('web', 'packer', 'db'),
    version: fc.constantFrom('v1', 'v2', 'v3'),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    over: fc.nat(120),
    all: fc.boolean(),
  })
  .map(({ name, on, version, share, over, all }) => ({
    operation: name,
    component: on,
    args:
      name === 'restart'
        ? { mode: all ? 'all' : 'rolling' }
        : { version, over, ...(name === 'deploy' && { share }) },
  }))
type Step = { effects: PhysicsEffect[] } | { operate: Parameters<typeof operate>[2] }
const history: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(fc.record({ effects: fc.array(effect, { maxLength: 4 }) }), fc.record({ operate: operation })),
  { maxLength: 8 },
)

/** Plays a history, 40 s a step; `each` sees the state after every second and may put another in its place. */
function play(
  steps: readonly Step[],
  each: (s: PhysicsState, deny: boolean, before: number) => PhysicsState,
) {
  let now = createPhysics(model, 5)
  let effects: PhysicsEffect[] = []
  let second = -20
  for (const step of [{ effects: [] }, ...steps]) {
    if ('effects' in step) effects = step.effects
    else operate(model, now, step.operate)
    for (let n = 0; n < 40; n += 1) {
      const before = instances(now)
      tick(model, now, { second, effects })
      second += 1
      const denied = effects.some((e) => e.path === 'web.admission.deny' && e.value === 1)
      now = each(now, denied, before)
      if (second % 5 === 0) takeSample(model, now)
    }
  }
  return now
}
/** Instances of the service, ready or not. */
function instances(s: PhysicsState): number {
  const cells = model.components[0]?.cells ?? []
  let sum = 0
  for (const i of cells)
    sum += (s.stations[i]?.ready ?? 0) + (s.stations[i]?.startCount ?? []).reduce((a, b) => a + b, 0)
  for (const r of s.rollouts)
    if (r.component === 0) sum += [...r.startCount, ...r.stuck].reduce((a, b) => a + b, 0)
  return sum
}

describe('whatever is done to a system that scales', () => {
  it('there are whole instances, no fewer than none, no more than room, and versions share those that are ready', () => {
    fc.assert(
      fc.property(history, (steps) => {
        play(steps, (s, denied, before) => {
          for (const station of s.stations) {
            if (!(station.ready >= 0 && Number.isInteger(station.ready)))
              expect.fail(`${station.ready} ready`)
            for (const n of station.startCount) if (!(n >= 0)) expect.fail(`${n} starting`)
          }
          for (const c of model.components) {
            const sum = c.versions.reduce((n, v) => n + (s.shares[v.index] ?? 0), 0)
            if (c.versions.length > 0 && !(Math.abs(sum - 1) < 1e-9)) expect.fail(`shares of ${c.id}: ${sum}`)
            for (const v of c.versions)
              if (!((s.shares[v.index] ?? -1) >= -1e-12)) expect.fail(`share ${s.shares[v.index]}`)
          }
          for (const x of s.scalers)
            if (!(x.wanted >= 0 && x.wanted <= 10_000 && x.readings.length < 130 && x.liked.length < 3700))
              expect.fail(JSON.stringify(x))
          for (const r of s.rollouts)
            for (const n of [...r.startCount, ...r.stuck])
              if (!(n >= 0 && Number.isInteger(n))) expect.fail(`${n} in a rollout`)
          if (denied && instances(s) > before) expect.fail(`${instances(s)} instances, ${before} before`)
          return s
        })
      }),
      { numRuns: 60, seed: 3 },
    )
  })
  it('comes to rest as wanted when everything is lifted', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const back: Step[] = [
          {
            effects: [
              { path: 'web.versions.v2.crash', op: 'set', value: 0 },
              { path: 'cluster.slots', op: 'set', value: 1e9 },
            ],
          },
          ...Array.from({ length: 25 }, () => ({
            effects: [
              { path: 'web.versions.v2.crash', op: 'set' as const, value: 0 },
              { path: 'cluster.slots', op: 'set' as const, value: 1e9 },
            ],
          })),
        ]
        const end = play([...steps, ...back], (s) => s)
        expect(end.rollouts).toEqual([])
        // Changes of the last half minute are still on their way.
        expect(Math.abs(instances(end) - (end.scalers[0]?.wanted ?? -1))).toBe(0)
      }),
      { numRuns: 15, seed: 4 },
    )
  })
  it('goes on the same after a JSON round trip at any moment', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 40 }), (steps, every) => {
        let n = 0
        const copied = play(steps, (s) => {
          n += 1
          // A state that a store has kept.
          return n % every === 0 ? (JSON.parse(JSON.stringify(s)) as PhysicsState) : s
        })
        expect(JSON.stringify(copied)).toBe(JSON.stringify(play(steps, (s) => s)))
      }),
      { numRuns: 15, seed: 5 },
    )
  })
})
