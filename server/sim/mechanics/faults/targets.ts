import type { FaultTarget } from '../../../../shared/contracts/faults.ts'
import { checkOperation, type Model, valueOf } from '../../physics/index.ts'
import { type Owner, ownerOf, ownerTitle } from '../../physics/owners.ts'
import { FAULTS } from './catalogue.ts'
import type { Fault } from './fault.ts'

/** Whether a fault can happen to this, in this system. */
export function fitsTarget(model: Model, fault: Fault, owner: Owner): boolean {
  if (!fault.on.includes(owner.kind)) return false
  const component = model.components.find((c) => c.id === owner.parts[0])
  if (fault.kinds && (!component || !fault.kinds.includes(component.kind))) return false
  if (fault.changes.some((c) => !model.paths.has(`${owner.id}.${c.parameter}`))) return false
  const base = baseOf(model, owner.id)
  const impossible = fault.operations?.some(({ operation, args }) =>
    checkOperation(model, { operation, component: owner.id, args: args(fault.amount?.default ?? 0, base) }),
  )
  return !impossible && (fault.fits?.(base, component) ?? true)
}

/** The values that a scenario gives the parameters of one owner, those laid down for good included; 0 where there is none. */
export function baseOf(model: Model, owner: string) {
  return (parameter: string): number => {
    const path = `${owner}.${parameter}`
    if (model.paths.has(path)) return valueOf(model, [], path)
    const at = model.slots.findIndex((s) => s.path === path)
    return model.base[at] ?? 0
  }
}

// Made once for each model, which never changes: a pure memo.
const memo = new WeakMap<Model, readonly FaultTarget[]>()

/** Everything in a system that a fault can happen to, with the faults that fit. */
export function targetsOf(model: Model): readonly FaultTarget[] {
  const found = memo.get(model)
  if (found) return found
  const owners = new Map<string, Owner>()
  for (const path of model.paths.keys()) {
    const owner = ownerOf(path)
    if (!owners.has(owner.id)) owners.set(owner.id, owner)
  }
  const made = [...owners.values()]
    .map((owner): FaultTarget => ({
      id: owner.id,
      title: ownerTitle(model, owner),
      kind: owner.kind,
      component: model.components.some((c) => c.id === owner.parts[0]) ? (owner.parts[0] ?? null) : null,
      faults: Object.entries(FAULTS)
        .filter(([, fault]) => fitsTarget(model, fault, owner))
        .map(([id]) => id),
    }))
    .filter((t) => t.faults.length > 0)
  memo.set(model, made)
  return made
}
