import type { ParameterAbout, ParameterList, ParameterNow } from '../../../../shared/api.ts'
import type { SimMs } from '../../../../shared/ids.ts'
import type { Model } from '../../physics/index.ts'
import { declarationOf, ownerOf, ownerTitle } from '../../physics/owners.ts'
import { pathsOf, rangeOf, valueAt, watchParameter } from '../../scenario/watchPaths.ts'
import { activeEffects, type HeldEffect } from './effects.ts'

/** Every parameter that effects can reach, with what it is now and what bears on it. */
export function parameterList(o: {
  readonly model: Model
  readonly effects: readonly HeldEffect[]
  readonly now: SimMs
  /** The alert path's own delay, exercise ms. */
  readonly delayMs: number
}): ParameterList {
  const { model, delayMs } = o
  const active = activeEffects(o.effects, o.now)
  const about: ParameterAbout[] = []
  const known = new Map<string, number>()
  const parameters: ParameterNow[] = []
  for (const path of pathsOf(model)) {
    const slot = rangeOf(model, path)
    const watch = watchParameter(path)
    const declared = watch ? undefined : declarationOf(model, path)
    if (!slot) continue
    const owner = ownerOf(path)
    const name = path.slice(owner.id.length + 1)
    const { quantity, min, max } = slot
    const base = valueAt(model, { path, effects: [], delayMs })
    const entry = {
      name,
      describe: watch?.describe ?? declared?.describe ?? '',
      quantity,
      min,
      max,
      default: declared?.default ?? base,
    }
    const key = JSON.stringify(entry)
    const at = known.get(key) ?? about.push(entry) - 1
    known.set(key, at)
    const here = active.filter((e) => e.path === path)
    parameters.push({
      path,
      owner: watch?.owner ?? ownerTitle(model, owner),
      component: model.components.some((c) => c.id === owner.parts[0]) ? (owner.parts[0] ?? null) : null,
      about: at,
      base,
      value: base,
      set: here.findLast((e) => e.op === 'set')?.value ?? null,
      scale: here.reduce((x, e) => (e.op === 'scale' ? x * e.value : x), 1),
      add: here.reduce((x, e) => (e.op === 'add' ? x + e.value : x), 0),
    })
  }
  // A second pass: values under one list of effects are worked out once.
  const value = (path: string) => valueAt(model, { path, effects: active, delayMs })
  return { about, parameters: parameters.map((p) => ({ ...p, value: value(p.path) })) }
}
