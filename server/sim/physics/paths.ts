import type { Quantity } from '../scenario/units.ts'
import { divideReplicas } from './model/layout.ts'
import type { DividedModel, Model } from './model/model.ts'

/** One influence on one parameter, active now, with its value already resolved. */
export interface PhysicsEffect {
  readonly path: string
  readonly op: 'set' | 'scale' | 'add'
  readonly value: number
}

/** A path as the model knows it: ids of components, zones and groups may be written with _ (as in metrics) or - (as in YAML). */
function slotsOf(model: Model, path: string): readonly number[] | undefined {
  const direct = model.paths.get(path)
  if (direct !== undefined) return direct
  const parts = path.split('.')
  const known = (part: string | undefined) =>
    model.components.find((c) => c.metrics === part)?.id ?? part ?? ''
  const dashed = (part: string | undefined) => (part ?? '').replaceAll('_', '-')
  if (parts[0] === 'zones') parts[1] = dashed(parts[1])
  else parts[0] = known(parts[0])
  if (parts[1] === 'calls') parts[2] = known(parts[2])
  if (parts[1] === 'zones' || parts[1] === 'groups') parts[2] = dashed(parts[2])
  return model.paths.get(parts.join('.'))
}

/** What a parameter path names: its quantity and range; undefined when there is no such parameter. */
export function resolvePath(
  model: Model,
  path: string,
): { quantity: Quantity; min: number; max: number } | undefined {
  const at = slotsOf(model, path)
  const slot = at && model.slots[at[0] ?? -1]
  return slot && { quantity: slot.quantity, min: slot.min, max: slot.max }
}

interface Resolved {
  /** 1 for each place that an effect speaks of. */
  readonly touched: Uint8Array

  effects: readonly PhysicsEffect[]
  shares: readonly number[]
  readonly values: Float64Array
}
/** The last vector of each model: a pure memo, checked against what it was made from. */
const memo = new WeakMap<Model, Resolved>()

function same(a: readonly PhysicsEffect[], b: readonly PhysicsEffect[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i += 1) {
    const x = a[i]
    const y = b[i]
    if (x !== y && (x?.path !== y?.path || x?.op !== y?.op || x?.value !== y?.value)) return false
  }
  return true
}
function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false
  return a.length === b.length
}

/** Divides the replicas of a component over its cells, as its scenario did. */
function share(d: DividedModel, values: Float64Array): void {
  const counts = d.own.map((own) => own.count)
  const parts = divideReplicas(values[d.slot] ?? 0, counts, d.even.length)
  d.even.forEach((slot, i) => (values[slot] = parts.even[i] ?? 0))
  d.own.forEach(({ slot }, i) => (values[slot] = parts.own[i] ?? 0))
}

/** Lays effects over the vector: those on replicas that are still to be divided (`whole`), or all others. */
function apply(
  model: Model,
  values: Float64Array,
  o: { effects: readonly PhysicsEffect[]; found: readonly (readonly number[])[]; whole: boolean },
): void {
  const { effects, found } = o
  const divided = (at: number) => model.divided.length > 0 && model.divided.some((d) => d.slot === at)
  const each = (op: PhysicsEffect['op'], next: (now: number, value: number) => number) => {
    for (let i = 0; i < effects.length; i += 1) {
      const e = effects[i]
      if (e?.op !== op) continue
      for (const at of found[i] ?? [])
        if (divided(at) === o.whole) values[at] = next(values[at] ?? 0, e.value)
    }
  }
  each('set', (_, value) => value)
  each('scale', (now, value) => now * value)
  each('add', (now, value) => now + value)
  for (const places of found)
    for (const at of places) {
      const slot = model.slots[at]
      if (slot && divided(at) === o.whole)
        values[at] = Math.min(slot.max, Math.max(slot.min, values[at] ?? 0))
    }
}

/**
 * The values of all parameters under the active effects: base, then the latest `set`, times every `scale`, plus every `add`, clamped to
 * the range. `shares` are the versions' shares of instances, which deploys move. Unknown paths change nothing.
 * The answer is valid until the next call for the same model.
 */
export function resolve(
  model: Model,
  effects: readonly PhysicsEffect[],
  shares: readonly number[],
): Float64Array {
  let last = memo.get(model)
  if (last && same(last.effects, effects) && sameNumbers(last.shares, shares)) return last.values
  if (!last) {
    const length = model.base.length
    last = { effects: [], shares: [], values: new Float64Array(length), touched: new Uint8Array(length) }
    memo.set(model, last)
  }
  const { values } = last
  values.set(model.base)
  last.touched.fill(0)
  for (const version of model.versions) values[version.slot] = shares[version.index] ?? 0
  const found = effects.map((e) => slotsOf(model, e.path) ?? [])
  apply(model, values, { effects, found, whole: true })
  for (let n = 0; n < model.divided.length; n += 1) {
    const d = model.divided[n]
    if (d && values[d.slot] !== model.base[d.slot]) share(d, values)
  }
  apply(model, values, { effects, found, whole: false })
  for (const places of found) for (const at of places) last.touched[at] = 1
  // Copies: the caller may go on writing into what it passed.
  last.effects = effects.slice()
  last.shares = shares.slice()
  return values
}

/** Whether any effect is on the parameter at this place, in what was resolved last. */
export const isTouched = (model: Model, at: number): boolean => memo.get(model)?.touched[at] === 1

/**
 * The value a parameter has under the given effects, in base units, versions' shares as the scenario lays them down; of several cells that of
 * the first. 0 for no such path.
 */
export function valueOf(model: Model, effects: readonly PhysicsEffect[], path: string): number {
  const at = slotsOf(model, path)?.[0]
  if (at === undefined) return 0
  const shares = model.versions.map((v) => model.base[v.slot] ?? 0)
  return resolve(model, effects, shares)[at] ?? 0
}
