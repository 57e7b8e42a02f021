import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compileSystem,
  createPhysics,
  type Model,
  operate,
  OPERATIONS,
  type PhysicsEffect,
  type PhysicsState,
  takeSample,
  tick,
} from '../../../server/sim/physics/index.ts'
import { declarationOf } from '../../../server/sim/physics/owners.ts'
import { notConserved, wrongNumber } from './stormChecks.ts'
import { draw, type Draw, smallSystem, within } from './stormSystems.ts'

/** How many sequences of faults and mitigations are played: RFR_STORM=10000 for a long night. */
const RUNS = Number(process.env['RFR_STORM'] ?? 2000)
const SEED = Number(process.env['RFR_STORM_SEED'] ?? 2026)
/** Seconds count from here, so that no moment is negative and what is negative is wrong. */
const START = 5000

const step = fc.record({
  effects: fc.array(draw, { maxLength: 3 }),
  op: fc.constantFrom('set', 'scale', 'add'),
  operation: fc.option(fc.tuple(fc.constantFrom(...Object.keys(OPERATIONS)), fc.nat(9)), { nil: null }),
  seconds: fc.integer({ min: 1, max: 14 }),
  reborn: fc.boolean(),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** One influence anywhere, on a value within its parameter's range. */
function effectOf(
  model: Model,
  paths: readonly string[],
  [which, how, x]: Draw,
  op: Step['op'],
): PhysicsEffect {
  const path = paths[which % paths.length] ?? ''
  const p = declarationOf(model, path) ?? { min: 0, max: 1, default: 0 }
  if (op === 'scale') return { path, op: 'scale', value: [0, 1, x, x * 4, x * 40, x * 400][how] ?? x }
  return { path, op: op === 'set' ? 'set' : 'add', value: within(p, how, x) }
}

const ARGS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  deploy: { version: 'v2', over: '10s' },
  rollback: { version: 'v1', over: '5s' },
  restart: { mode: 'all' },
}

/** Plays a storm; what goes wrong first, or undefined. */
function play(model: Model, seed: number, steps: readonly Step[]): string | undefined {
  const paths = [...model.paths.keys()]
  let state = createPhysics(model, seed)
  let before = state.stations.map(() => 0)
  let second = START
  for (const { effects: draws, op, operation, seconds, reborn } of [
    { effects: [], op: 'set' as const, operation: null, seconds: 5, reborn: false },
    ...steps,
  ]) {
    const effects = draws.map((d) => effectOf(model, paths, d, op))
    if (operation) {
      const [name, on] = operation
      const component = model.components[on % model.components.length]?.id ?? ''
      operate(model, state, { operation: name, component, args: ARGS[name] ?? {} })
    }
    for (let n = 0; n < seconds; n += 1) {
      tick(model, state, { second, effects })
      second += 1
      // What is no number stays none, so that looking at all of them now and then is enough.
      const whole = second % 5 === 0 || n === seconds - 1
      const wrong = (whole ? wrongNumber(state, 'state') : undefined) ?? notConserved(state, before)
      if (wrong !== undefined) return `second ${second - START}: ${wrong}`
      if (second % 5 !== 0) continue
      const values = takeSample(model, state)
      before = state.stations.map((s) => s.inSystem)
      for (const [i, v] of values.entries()) {
        const metric = model.metrics[i]
        if (v === null || !metric) continue
        const ratio = metric.unit === 'ratio' && !metric.name.endsWith('memory_ratio')
        if (!(
          v >= (metric.name.endsWith('.certificate_days') ? -1e9 : -1e-12) && v <= (ratio ? 1 + 1e-9 : 1e19)
        ))
          return `second ${second - START}: ${metric.name} is ${v}`
      }
    }
    if (!reborn) continue
    const text = JSON.stringify(state)
    state = JSON.parse(text) as PhysicsState
    if (JSON.stringify(state) !== text) return `second ${second - START}: not the same after a round trip`
  }
  return undefined
}

describe('a storm of faults and mitigations on small systems of every kind', () => {
  it(`loses no request and no number in ${RUNS} of them (seed ${SEED})`, () => {
    let played = 0
    const started = performance.now()
    fc.assert(
      fc.property(
        smallSystem,
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.nat(999),
        (spec, steps, seed) => {
          if (!spec) return
          played += 1
          const wrong = play(compileSystem(spec), seed, steps)
          if (wrong !== undefined) throw new Error(wrong)
        },
      ),
      { numRuns: RUNS, seed: SEED },
    )
    expect(played).toBeGreaterThan(RUNS * 0.9)
    const ms = performance.now() - started
    process.stdout.write(
      `\n${played} storms in ${(ms / 1000).toFixed(1)} s, ${(ms / played).toFixed(2)} ms each\n`,
    )
  }, 600_000)
})
