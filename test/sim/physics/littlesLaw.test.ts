import { afterAll, describe, expect, it } from 'vitest'
import { type Model, type PhysicsState, takeSample, tick } from '../../../server/sim/physics/index.ts'
import { A, AS } from '../../../server/sim/physics/state.ts'
import { exercise, SHIPPED } from '../../support/exercise.ts'
import { compare, lab, printTable } from './lab.ts'

/** A minute by cell: mean number in the system, requests let in a second, mean time until their callers had an answer (s). */
interface Minute {
  readonly inside: number
  readonly rate: number
  readonly time: number
}

/** Adds up samples of five seconds, each as it has just been closed. Times are those that the callers saw, without the network. */
function minute(model: Model, samples: Iterable<PhysicsState>): Minute[] {
  const all = model.cells.map(() => ({ seconds: 0, inside: 0, came: 0, asked: 0, time: 0 }))
  for (const state of samples) {
    for (const [i, sum] of all.entries()) {
      const s = state.stations[i]?.happened ?? []
      sum.seconds += s[A.seconds] ?? 0
      sum.inside += (s[A.queue] ?? 0) + (s[A.busy] ?? 0)
      sum.came += s[A.offered] ?? 0
      for (const arm of model.cells[i]?.reachedOver ?? []) {
        const at = (place: number) => state.arms.happened[arm.index * AS.size + place] ?? 0
        sum.asked += at(AS.attempts)
        sum.time += at(AS.time) - at(AS.delay)
      }
    }
  }
  return all.map((s) => ({
    inside: s.inside / s.seconds,
    rate: s.came / s.seconds,
    time: s.asked > 0 ? s.time / s.asked : 0,
  }))
}

describe('as many are in the system as come in a second, times how long they stay (Little)', () => {
  afterAll(() => printTable('L against λ·W, largest deviation of each component over the minutes'))
  it.each(SHIPPED)(
    'in every quiet minute of %s, at every component',
    (slug) => {
      const e = exercise(slug).started()
      const { model } = e.sim.scenario
      // The state is the mechanic's own business: this test reads it as plain JSON.
      const now = () =>
        (JSON.parse(JSON.stringify(e.world.parts.system)) as { physics: PhysicsState }).physics
      const worst = model.cells.map(() => ({ off: -1, inside: 0, product: 0 }))
      function* samples() {
        for (let n = 0; n < 12; n += 1) {
          e.after(5000)
          yield now()
        }
      }
      for (let m = 0; m < 2; m += 1) {
        for (const [i, s] of minute(model, samples()).entries()) {
          const off = Math.abs(s.inside / (s.rate * s.time) - 1)
          const before = worst[i]
          if (before && s.rate * s.time > 0 && off > before.off)
            Object.assign(before, { off, inside: s.inside, product: s.rate * s.time })
        }
      }
      for (const [i, { off, inside, product }] of worst.entries()) {
        if (off < 0) continue
        const cell = model.cells[i]
        const name = `${slug}: ${model.components[cell?.component ?? -1]?.id}`
        expect(compare(name, inside, product), name).toBeLessThan(0.01)
      }
    },
    30_000,
  )

  it('in a loaded system that has come to rest, through all its layers', () => {
    const it = lab({
      components: {
        edge: { kind: 'load-balancer', title: 'Edge', calls: { web: { timeout: '10s' } } },
        web: {
          kind: 'service',
          title: 'Web',
          replicas: 4,
          concurrency: 40,
          service_time: '20ms',
          memory: { per_request: 0 },
          calls: { cache: { per_request: 2, timeout: '1s' }, db: { on: 'miss', timeout: '10s', retries: 1 } },
        },
        cache: {
          kind: 'cache',
          title: 'Cache',
          concurrency: 2,
          service_time: '1ms',
          start_fill: 0.7,
          ttl: '30d',
          zipf: 0,
          keys: 1e9,
        },
        db: {
          kind: 'database',
          title: 'Database',
          concurrency: 16,
          service_time: '45ms',
          errors: { 503: '1%' },
        },
      },
      traffic: { users: { title: 'Users', to: 'edge', rate: '560/s', noise: 0, retries: 0, timeout: '1m' } },
    })
    it.run(900)
    const { model, state } = it
    function* samples() {
      for (let n = 0; n < 60; n += 1) {
        tick(model, state, { second: it.second, effects: [] })
        it.second += 1
        if (it.second % 5 > 0) continue
        takeSample(model, state)
        yield state
      }
    }
    for (const [i, s] of minute(model, samples()).entries())
      expect(compare(`settled: ${model.components[i]?.id}`, s.inside, s.rate * s.time)).toBeLessThan(0.01)
  }, 30_000)
})
