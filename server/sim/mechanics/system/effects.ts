import type { Effect } from '../../../../shared/contracts/system.ts'
import type { SimMs } from '../../../../shared/ids.ts'
import type { Model } from '../../physics/index.ts'
import type { EffectSpec } from '../../scenario/schema.ts'
import { parseQuantity } from '../../scenario/units.ts'
import { rangeOf, valueAt } from '../../scenario/watchPaths.ts'

/** An influence that holds: the contract's effect, with how it is reached gradually. */
export interface HeldEffect extends Effect {
  until: SimMs | null
  /** Exercise ms until it is fully there; 0 at once. */
  over: number
  /** For a gradual `set`: the value it starts from. */
  start: number | null
}

export interface ActiveEffect {
  readonly path: string
  readonly op: Effect['op']
  readonly value: number
}

/**
 * An effect as its author wrote it, in base units, from now on. Undefined when its parameter is not a number
 * (the linter says so before; here it must only do nothing).
 */
export function effectOf(o: {
  spec: EffectSpec
  source: string
  params: Readonly<Record<string, number | string>>
  now: SimMs
  model: Model
  held: readonly HeldEffect[]
  /** The alert path's own delay, exercise ms. */
  delayMs: number
}): HeldEffect | undefined {
  const { spec, source, now, model } = o
  const target = rangeOf(model, spec.path)
  if (!target) return undefined
  const op = spec.scale !== undefined ? 'scale' : spec.add !== undefined ? 'add' : 'set'
  const raw = spec.param === undefined ? (spec.set ?? spec.scale ?? spec.add) : o.params[spec.param]
  if (raw === undefined) return undefined
  // A parameter of a mitigation is a bare number in the base unit of what it sets.
  const value = typeof raw === 'number' ? raw : parseQuantity(raw, target.quantity)
  if (value === undefined) return undefined
  const over = spec.over ?? 0
  const { path } = spec
  const before = () => valueAt(model, { path, effects: activeEffects(o.held, now), delayMs: o.delayMs })
  const start = op === 'set' && over > 0 ? before() : null
  return { source, path: spec.path, op, value, from: now, until: null, over, start }
}

/** What the physics is to reckon with at `now`: ramps resolved, ended effects left out. */
export function activeEffects(held: readonly HeldEffect[], now: SimMs): ActiveEffect[] {
  return held
    .filter((e) => e.until === null || e.until > now)
    .map(({ path, op, value, from, over, start }) => {
      const share = over <= 0 ? 1 : Math.min(1, Math.max(0, (now - from) / over))
      if (share >= 1) return { path, op, value }
      if (op === 'scale') return { path, op, value: 1 + (value - 1) * share }
      if (op === 'add') return { path, op, value: value * share }
      const base = start ?? value
      return { path, op, value: base + (value - base) * share }
    })
}
