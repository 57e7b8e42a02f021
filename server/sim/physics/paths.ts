import type { Quantity } from '../scenario/units.ts'
import type { Model } from './model.ts'

/** One influence on one parameter, active now, with its value already resolved. */
export interface PhysicsEffect {
  readonly path: string
  readonly op: 'set' | 'scale' | 'add'
  readonly value: number
}

/** A path as the model knows it: component ids may be written with _ (as in metrics) or - (as in YAML). */
function slotOf(model: Model, path: string): number | undefined {
  const direct = model.paths.get(path)
  if (direct !== undefined) return direct
  const parts = path.split('.')
  const known = (part: string | undefined) =>
    model.components.find((c) => c.metrics === part)?.id ?? part ?? ''
  parts[0] = known(parts[0])
  if (parts[1] === 'calls') parts[2] = known(parts[2])
  return model.paths.get(parts.join('.'))
}

/** What a parameter path names: its quantity and range; undefined when there is no such parameter. */
export function resolvePath(
  model: Model,
  path: string,
): { quantity: Quantity; min: number; max: number } | undefined {
  const at = slotOf(model, path)
  const slot = at === undefined ? undefined : model.slots[at]
  return slot && { quantity: slot.quantity, min: slot.min, max: slot.max }
}

interface Resolved {
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
    last = { effects: [], shares: [], values: new Float64Array(model.base.length) }
    memo.set(model, last)
  }
  const { values } = last
  values.set(model.base)
  for (const version of model.versions) values[version.slot] = shares[version.index] ?? 0
  const found = effects.map((e) => slotOf(model, e.path))
  const each = (op: PhysicsEffect['op'], apply: (now: number, value: number) => number) => {
    for (let i = 0; i < effects.length; i += 1) {
      const e = effects[i]
      const at = found[i]
      if (e?.op === op && at !== undefined) values[at] = apply(values[at] ?? 0, e.value)
    }
  }
  each('set', (_, value) => value)
  each('scale', (now, value) => now * value)
  each('add', (now, value) => now + value)
  for (const at of found) {
    const slot = at === undefined ? undefined : model.slots[at]
    if (slot && at !== undefined) values[at] = Math.min(slot.max, Math.max(slot.min, values[at] ?? 0))
  }
  // Copies: the caller may go on writing into what it passed.
  last.effects = effects.slice()
  last.shares = shares.slice()
  return values
}

/** The value a parameter has under the given effects, in base units, versions' shares as the scenario lays them down. 0 for no such path. */
export function valueOf(model: Model, effects: readonly PhysicsEffect[], path: string): number {
  const at = slotOf(model, path)
  if (at === undefined) return 0
  const shares = model.versions.map((v) => model.base[v.slot] ?? 0)
  return resolve(model, effects, shares)[at] ?? 0
}
