import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createPhysics,
  logRates,
  operate,
  type PhysicsEffect,
  type PhysicsState,
  takeSample,
  tick,
} from '../../../server/sim/physics/index.ts'
import { A } from '../../../server/sim/physics/state.ts'
import { lab } from './lab.ts'

/** Databases of every sort, disks and backups. */
const SYSTEM = {
  zones: { a: { region: 'r' }, b: { region: 'r' }, c: { region: 's' } },
  components: {
    web: {
      kind: 'service',
      title: 'Web',
      replicas: 4,
      concurrency: 60,
      zones: ['a', 'b'],
      disk: { size: '1GB', used: '900MB', growth: '1MB/s', per_request: '1kB' },
      calls: {
        cache: {},
        orders: { per_request: 2, writes: 0.3, retries: 1, timeout: '500ms', breaker: { enabled: true } },
        ledger: { writes: 0.5, health_check: { interval: '5s' } },
        items: { on: 'miss', writes: 0.1 },
        mail: { per_request: 0.2 },
      },
    },
    cache: { kind: 'cache', title: 'Cache', keys: 5000, ttl: '5m' },
    orders: {
      kind: 'database',
      title: 'Orders',
      replicas: 3,
      zones: ['a', 'b', 'c'],
      start_time: '15s',
      replication: { speed: '150/s', reads: 0.8 },
      failover: { automatic: true, after: '5s', election: '3s', repoint: '10s' },
      disk: { size: '10GB', used: '9GB', per_request: '20kB' },
      backups: [
        { name: 'nightly', title: 'Nightly', age: '4h', every: '1h', size: '3GB' },
        { name: 'broken', title: 'Broken', age: '1h', size: '1GB', works: false },
      ],
    },
    ledger: {
      kind: 'database',
      title: 'Ledger',
      replicas: 2,
      replication: { synchronous: true, delay: '5ms' },
      lock: { share: 0.2, time: '2ms' },
    },
    items: {
      kind: 'database',
      title: 'Items',
      disk: { size: '5GB', used: '4.9GB', growth: '100kB/s' },
      backups: [{ name: 'old', title: 'Old', age: '30d' }],
    },
    mail: { kind: 'queue', title: 'Mail', disk: { size: '100MB', used: '99MB', per_request: '10kB' } },
    post: { kind: 'worker', title: 'Post', consumes: 'mail', calls: { orders: { writes: 1 } } },
  },
  traffic: {
    people: { title: 'People', to: 'web', rate: '150/s' },
    reports: { title: 'Reports', to: 'orders', rate: '10/s' },
  },
}
const { model } = lab(SYSTEM)
/** Paths of what this is about, and a few that take instances away. */
const paths = [...model.paths.entries()].filter(([path]) =>
  /replication|failover|disk|data|writes|\.up$|partition|replicas|start_time|zones\.|loss|lock|service_time/.test(
    path,
  ),
)

const effect = fc
  .record({
    at: fc.nat(paths.length - 1),
    op: fc.constantFrom('set', 'scale', 'add'),
    x: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ at, op, x }): PhysicsEffect => {
    const [path = '', slots = []] = paths[at] ?? []
    const slot = slots[0] ?? 0
    const top = Math.min(model.slots[slot]?.max ?? 1, (model.base[slot] ?? 1) * 20 + 1)
    return {
      path,
      op: op === 'set' ? 'set' : op === 'scale' ? 'scale' : 'add',
      value: op === 'scale' ? x * 30 : x * top,
    }
  })
const call = (operation: string, component: string, args: Record<string, unknown> = {}) => ({
  operation,
  component,
  args,
})
const operation = fc.constantFrom(
  call('failover', 'orders'),
  call('failover', 'orders', { to: 'n3', wait: false }),
  call('failover', 'ledger', { wait: false }),
  call('fence', 'orders'),
  call('fence', 'orders', { node: 'n1', release: true }),
  call('rebuild-follower', 'orders', { over: '10s' }),
  call('rebuild-follower', 'ledger', { node: 'n1', over: '5s' }),
  call('restore', 'orders', { backup: 'nightly' }),
  call('restore', 'orders', { backup: 'broken' }),
  call('restore', 'items', { backup: 'old' }),
  call('free-disk', 'orders', { to: '20%', over: '15s' }),
  call('free-disk', 'web', { to: '0%', over: '1s' }),
  call('restart', 'orders', { mode: 'rolling' }),
  call('restart', 'ledger', { mode: 'all' }),
  call('kill-queue', 'orders'),
)
const history = fc.array(
  fc.oneof(fc.record({ effects: fc.array(effect, { maxLength: 5 }) }), fc.record({ operate: operation })),
  { maxLength: 8 },
)
type Step = { effects: PhysicsEffect[] } | { operate: ReturnType<typeof call> }

/** Plays a history, 12 s a step; `each` sees the state after every second, and may put another in its place. */
function play(
  state: PhysicsState,
  steps: readonly Step[],
  each: (s: PhysicsState, second: number) => PhysicsState | undefined,
): PhysicsState {
  let second = -30
  let now = state
  let effects: PhysicsEffect[] = []
  for (const step of [{ effects: [] }, ...steps]) {
    if ('effects' in step) effects = step.effects
    else expect(operate(model, now, step.operate)).toBeUndefined()
    for (let n = 0; n < 12; n += 1) {
      tick(model, now, { second, effects })
      second += 1
      now = each(now, second) ?? now
      if (second % 5 === 0) takeSample(model, now)
    }
  }
  return now
}
const numbers = (x: unknown): number[] =>
  typeof x === 'number' ? [x] : typeof x === 'object' && x !== null ? Object.values(x).flatMap(numbers) : []

describe('whatever happens to databases and disks', () => {
  it('requests are conserved, one member leads, every caller takes somebody for it, and disks hold no more than fits', () => {
    fc.assert(
      fc.property(history, fc.nat(1000), (steps, seed) => {
        const before = model.cells.map(() => 0)
        let counted = false
        play(createPhysics(model, seed), steps, (s, second) => {
          s.stations.forEach((station, i) => {
            const { sums, inSystem, disk } = station
            let gone = (sums[A.ok] ?? 0) + (sums[A.abandoned] ?? 0) + (sums[A.lost] ?? 0)
            for (let k = 0; k < 5; k += 1) gone += sums[A.status + k] ?? 0
            const offered = sums[A.offered] ?? 0
            const name = `${model.cells[i]?.id} ${model.cells[i]?.group ?? ''} at ${second}`
            const gap = Math.abs((before[i] ?? 0) + offered - gone - inSystem)
            if ((counted || second > -29) && !(gap < 1e-6 * (1 + offered + inSystem)))
              expect.fail(`${gap} are missing of ${name}`)
            if (second % 5 === 0) before[i] = inSystem
            for (const x of numbers({ ...disk, freeUntil: 0 }))
              if (!(x >= 0 && x < 1e19)) expect.fail(`${x} on the disk of ${name}`)
          })
          counted = true
          s.databases.forEach(({ set, backups, sums, followers, lag }, n) => {
            const all = numbers([sums, followers, lag ?? 0, backups.lost, backups.writes, backups.healed])
            for (const x of all) if (!(x >= 0 && x < 1e15)) expect.fail(`${x} in database ${n} at ${second}`)
            if (!set) return
            expect(set.role.filter((role) => role === 'primary')).toHaveLength(1)
            expect(set.role[set.primary]).toBe('primary')
            expect(set.primary).toBeLessThan(model.databases[n]?.electable ?? 0)
            expect(set.known.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9)
            const counts = numbers([
              set.behind,
              set.left,
              set.known,
              set.log.count,
              set.lost,
              set.lostSeconds,
              set.diverged,
            ])
            for (const x of counts)
              if (!(x >= 0 && x < 1e15)) expect.fail(`${x} in members ${n} at ${second}`)
            // What a follower lacks is in the log: its age can be told.
            const logged = set.log.count.reduce((a, b) => a + b, 0)
            expect(Math.max(...set.behind)).toBeLessThanOrEqual(logged + 1e-3 * (1 + logged))
          })
          return undefined
        })
      }),
      { numRuns: 40, seed: 21 },
    )
  }, 60_000)

  it('it goes on the same after a JSON round trip at any moment', () => {
    fc.assert(
      fc.property(history, fc.nat(80), (steps, when) => {
        const straight = play(createPhysics(model, 3), steps, () => undefined)
        const broken = play(createPhysics(model, 3), steps, (s, second) =>
          second === when - 30 ? (JSON.parse(JSON.stringify(s)) as PhysicsState) : undefined,
        )
        expect(JSON.stringify(broken)).toBe(JSON.stringify(straight))
      }),
      { numRuns: 20, seed: 23 },
    )
  }, 60_000)

  it('samples have the right length and nothing in them is negative or infinite', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const state = play(createPhysics(model, 9), steps, () => undefined)
        tick(model, state, { second: 1000, effects: [] })
        const values = takeSample(model, state)
        expect(values).toHaveLength(model.metrics.length)
        values.forEach((v, i) => {
          if (v === null) return
          expect(v, model.metrics[i]?.name).toBeGreaterThanOrEqual(0)
          expect(Number.isFinite(v), model.metrics[i]?.name).toBe(true)
        })
        for (const r of logRates(model, state)) expect(r.rate).toBeGreaterThan(0)
      }),
      { numRuns: 20, seed: 24 },
    )
  }, 60_000)
})
