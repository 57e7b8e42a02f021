import {
  compileSystem,
  createPhysics,
  type Model,
  type PhysicsEffect,
  type PhysicsState,
  takeSample,
  tick,
} from '../../../server/sim/physics/index.ts'
import { SystemSpec } from '../../../server/sim/scenario/systemSchema.ts'

/** A system under the eyes of a test: let time pass, do something to it, read its metrics by name. */
export interface Lab {
  readonly model: Model
  readonly state: PhysicsState
  effects: PhysicsEffect[]
  second: number
  /** Lets seconds pass in samples of five; returns the last sample by name. */
  run(seconds: number): Record<string, number | null>
  /** Runs and gives the mean of each metric over the samples. */
  mean(seconds: number): (name: string) => number
}

/** Builds a system from its YAML shape. */
export function lab(system: unknown, seed = 7): Lab {
  const model = compileSystem(SystemSpec.parse(system))
  const state = createPhysics(model, seed)
  const read = () => {
    const values = takeSample(model, state)
    return Object.fromEntries(model.metrics.map((m, i) => [m.name, values[i] ?? null]))
  }
  const it: Lab = {
    model,
    state,
    effects: [],
    second: 0,
    run(seconds) {
      let last: Record<string, number | null> = {}
      for (let n = 1; n <= seconds; n += 1) {
        tick(model, state, { second: it.second, effects: it.effects })
        it.second += 1
        if (it.second % 5 === 0 || n === seconds) last = read()
      }
      return last
    },
    mean(seconds) {
      const sums: Record<string, number> = {}
      let count = 0
      for (let n = 0; n < seconds; n += 5) {
        const sample = it.run(5)
        count += 1
        for (const [name, value] of Object.entries(sample)) sums[name] = (sums[name] ?? 0) + (value ?? 0)
      }
      return (name) => {
        if (!(name in sums)) throw new Error(`no metric ${name}`)
        return (sums[name] ?? 0) / count
      }
    },
  }
  return it
}

/** One source without noise in front of one service. */
export function single(service: object, traffic: object): unknown {
  return {
    components: { web: { kind: 'service', title: 'Web', ...service } },
    traffic: { users: { title: 'Users', to: 'web', noise: 0, retries: 0, timeout: '1h', ...traffic } },
  }
}

const lines: string[] = []
/** Notes a measured value beside the expected one; `printTable` shows them. Returns the relative error. */
export function compare(what: string, measured: number, expected: number): number {
  const error = expected === 0 ? Math.abs(measured) : Math.abs(measured / expected - 1)
  lines.push(
    `${what.padEnd(52)} ${measured.toPrecision(5).padStart(12)} ${expected.toPrecision(5).padStart(12)} ${(error * 100).toFixed(2).padStart(8)} %`,
  )
  return error
}
/** Prints what was compared since the last call. */
export function printTable(title: string): void {
  process.stdout.write(
    `\n${title.padEnd(52)}     measured     expected    error\n${lines.splice(0).join('\n')}\n`,
  )
}
