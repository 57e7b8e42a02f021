import { describe, expect, it } from 'vitest'
import {
  checkSystem,
  compileSystem,
  createPhysics,
  type Model,
  operate,
  type PhysicsEffect,
  type PhysicsState,
  takeSample,
  tick,
} from '../../../server/sim/physics/index.ts'
import { FAULTS } from '../../../server/sim/mechanics/faults/catalogue.ts'
import { isRefusal, planFault } from '../../../server/sim/mechanics/faults/plan.ts'
import { targetsOf } from '../../../server/sim/mechanics/faults/targets.ts'
import { SystemSpec } from '../../../server/sim/scenario/systemSchema.ts'
import type { FaultTarget } from '../../../shared/contracts/faults.ts'
import { SHIPPED, simOf } from '../../support/exercise.ts'
import { notConserved, wrongNumber } from './stormChecks.ts'
import { SHOWS, type Seen } from './chaosSigns.ts'

const START = 5000
const WARM_S = 300
const FAULT_S = 180
const AFTER_S = 420

/** The mean of every metric over the samples of some seconds; a metric that was never known is left out. */
type Means = ReadonlyMap<string, number>

/** Plays seconds and checks every sample; the means are over the last `over` seconds. */
function play(
  at: { readonly model: Model; readonly state: PhysicsState; second: number },
  o: { seconds: number; over: number; effects: readonly PhysicsEffect[]; what: string },
): Means {
  const { model, state } = at
  const sums = new Map<string, { sum: number; n: number }>()
  let before = state.stations.map((s) => s.inSystem)
  for (let n = 1; n <= o.seconds; n += 1) {
    tick(model, state, { second: at.second, effects: o.effects })
    at.second += 1
    if (n % 5 !== 0) continue
    const wrong = wrongNumber(state, 'state') ?? notConserved(state, before)
    if (wrong !== undefined) throw new Error(`${o.what}, second ${n}: ${wrong}`)
    const values = takeSample(model, state)
    before = state.stations.map((s) => s.inSystem)
    for (const [i, v] of values.entries()) {
      const m = model.metrics[i]
      if (v === null || !m) continue
      const most = m.unit === 'ratio' && !m.name.endsWith('memory_ratio') ? 1 + 1e-9 : 1e15
      // A certificate may have run out long ago.
      const least = m.name.endsWith('.certificate_days') ? -1e6 : -1e-12
      if (!(v >= least && v <= most)) throw new Error(`${o.what}, second ${n}: ${m.name} is ${v}`)
      if (n <= o.seconds - o.over) continue
      const known = sums.get(m.name) ?? { sum: 0, n: 0 }
      sums.set(m.name, { sum: known.sum + v, n: known.n + 1 })
    }
  }
  return new Map([...sums].map(([name, { sum, n }]) => [name, sum / n]))
}

/** A scenario's system without noise, at a share of its traffic, at rest. */
function calm(model: Model, load: number) {
  const quiet: PhysicsEffect[] = model.sources.flatMap((s) => [
    { path: `traffic.${s.id}.noise`, op: 'set', value: 0 },
    { path: `traffic.${s.id}.rate`, op: 'scale', value: load },
  ])
  const state = createPhysics(model, 7)
  const at = { model, state, second: START }
  const usual = play(at, { seconds: WARM_S, over: 60, effects: quiet, what: 'at rest' })
  return { quiet, usual, text: JSON.stringify(state), second: at.second }
}

const lab = (model: Model, rest: ReturnType<typeof calm>) => ({
  model,
  state: JSON.parse(rest.text) as PhysicsState,
  second: rest.second,
})

/** One fault on one target: three minutes of it, then the end. Says what does not look as it should. */
function suffer(model: Model, rest: ReturnType<typeof calm>, target: FaultTarget, id: string): string[] {
  const plan = planFault(model, { fault: id, target: target.id })
  if (isRefusal(plan)) return [`refused: ${plan.code}`]
  const at = lab(model, rest)
  const undone = plan.operations
    .map((x) => operate(model, at.state, x))
    .find((problem) => problem !== undefined)
  if (undone !== undefined) return [`${id} on ${target.id} cannot be done: ${undone}`]
  const what = `${id} on ${target.id}`
  const effects = [...rest.quiet, ...plan.effects]
  const during = play(at, {
    seconds: FAULT_S,
    over: FAULT_S - (plan.effects.length > 0 ? 10 : 0),
    effects,
    what,
  })
  const version = /\.versions\.(.+)$/.exec(target.id)?.[1]
  const seen = (means: Means): Seen => {
    const prefix = model.components.find((c) => c.id === target.component)?.metrics ?? ''
    const source = model.sources.find((s) => `traffic.${s.id}` === target.id)
    const own = source
      ? `traffic.${source.id.replaceAll('-', '_')}`
      : version === undefined
        ? prefix
        : `${prefix}.versions.${version.replaceAll('-', '_')}`
    return { own: (name) => means.get(`${own}.${name}`), any: (name) => means.get(name) }
  }
  // A version that nobody runs shows nothing, and what happens in one place need not show in the whole.
  const idle =
    version === undefined
      ? target.kind === 'part'
      : (model.base[model.paths.get(`${target.id}.share`)?.[0] ?? -1] ?? 0) === 0
  const said = idle
    ? []
    : (SHOWS[id]?.({ before: seen(rest.usual), during: seen(during), target, model }) ?? [])
  const after = play(at, { seconds: AFTER_S, over: 60, effects: rest.quiet, what })
  for (const s of model.sources) {
    const name = `traffic.${s.id.replaceAll('-', '_')}.success_ratio`
    const [was, is] = [rest.usual.get(name) ?? 1, after.get(name) ?? 1]
    if (is < was - 0.01) said.push(`afterwards ${name} is ${is.toFixed(3)}, was ${was.toFixed(3)}`)
  }
  for (const c of model.components) {
    const [was, is] = [
      rest.usual.get(`${c.metrics}.replicas_ready`),
      after.get(`${c.metrics}.replicas_ready`),
    ]
    if (was !== is) said.push(`afterwards ${c.id} has ${is} instances, had ${was}`)
  }
  return said.map((s) => `${what}: ${s}`)
}

/** More than this takes minutes: of a larger system a sample is tried. */
const MOST_TRIED = 300

/**
 * What to try: everything; of a large system, at each target (each third, of parts of components) the fault that has been tried least so
 * far.
 */
function triedOn(targets: readonly FaultTarget[]): readonly FaultTarget[] {
  if (targets.reduce((n, t) => n + t.faults.length, 0) <= MOST_TRIED) return targets
  const tried = new Map<string, number>()
  const times = (id: string) => tried.get(id) ?? 0
  const some = targets.filter((t, n) => t.kind !== 'part' || n % 3 === 0)
  return some.map((t) => {
    const id = t.faults.reduce((least, x) => (times(x) < times(least) ? x : least))
    tried.set(id, times(id) + 1)
    return { ...t, faults: [id] }
  })
}

describe.each(SHIPPED)('whatever happens to %s by hand', (slug) => {
  const { model } = simOf(slug).scenario
  // Light enough that nothing stays down by itself: what remains is what the fault left behind.
  const rest = calm(model, 0.25)
  it.each(triedOn(targetsOf(model)).map((t) => [t.id, t] as const))(
    'shows at %s as it would in production, and leaves no residue',
    (_, target) => {
      expect(target.faults.flatMap((id) => suffer(model, rest, target, id))).toEqual([])
    },
    120_000,
  )
})

/** Something of every kind, in places, with all that can run out. */
const EVERYTHING = {
  zones: { 'fra-a': { region: 'fra' }, 'fra-b': { region: 'fra' } },
  components: {
    names: { kind: 'dns', title: 'Names' },
    web: {
      kind: 'service',
      title: 'Web',
      replicas: 6,
      zones: ['fra-a', 'fra-b'],
      autoscaler: { enabled: true, min: 2, max: 12, cpu: '60%' },
      disk: { size: '10GiB', used: '4GiB' },
      versions: { v1: { share: 0.5 }, v2: { share: 0.5 } },
      calls: {
        cache: { timeout: '50ms' },
        db: { on: 'miss', retries: 1, via: 'names' },
        media: { per_request: 0.2 },
        jobs: { per_request: 0.1 },
      },
    },
    cache: { kind: 'cache', title: 'Cache', keys: 20_000 },
    db: { kind: 'database', title: 'Database', replicas: 3 },
    media: { kind: 'object-store', title: 'Media', object: { size: '2MB' } },
    jobs: { kind: 'queue', title: 'Jobs' },
    crunch: { kind: 'worker', title: 'Crunch', consumes: 'jobs', replicas: 2, calls: { db: { writes: 1 } } },
    nightly: { kind: 'job', title: 'Nightly', every: '10m', items: 100, calls: { db: {} } },
  },
  traffic: {
    people: { title: 'People', to: 'web', rate: '100/s', retries: 0 },
    fleet: { title: 'Fleet', to: 'web', rate: '10/s', poll: { every: '60s', jitter: 0.5 }, retries: 0 },
  },
}

describe('a system with something of everything', () => {
  const parsed = SystemSpec.parse(EVERYTHING)
  const model = compileSystem(parsed)
  const rest = calm(model, 0.5)
  const targets = targetsOf(model)

  it('is one that could be a scenario', () => {
    expect(checkSystem(parsed)).toEqual([])
  })
  it('has something for every fault of the catalogue to happen to', () => {
    const fitting = new Set(targets.flatMap((t) => t.faults))
    expect(Object.keys(FAULTS).filter((id) => !fitting.has(id))).toEqual([])
  })
  it.each(targets.map((t) => [t.id, t] as const))(
    'loses no request and no number at %s, and can do whatever fits',
    (_, target) => {
      for (const id of target.faults) {
        const plan = planFault(model, { fault: id, target: target.id })
        if (isRefusal(plan)) throw new Error(`${id}: ${plan.code}`)
        const at = lab(model, rest)
        for (const x of plan.operations) expect(operate(model, at.state, x), id).toBe(undefined)
        const what = `${id} on ${target.id}`
        play(at, { seconds: 30, over: 30, effects: [...rest.quiet, ...plan.effects], what })
        play(at, { seconds: 10, over: 10, effects: rest.quiet, what })
      }
    },
    120_000,
  )
})

describe('the catalogue of faults', () => {
  it('says of every fault how it shows', () => {
    expect(Object.keys(FAULTS).filter((id) => !(id in SHOWS))).toEqual([])
  })
})
