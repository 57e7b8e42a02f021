import type { SystemSpec } from '../../scenario/systemSchema.ts'
import type { CellModel, ComponentModel, DividedModel, ScaledModel } from './model.ts'
import { S } from './slots.ts'

/** Components with an autoscaler, in their order: an autoscaler exists where the scenario describes one, on or off. */
export function scaledModels(
  spec: SystemSpec,
  o: {
    readonly components: readonly ComponentModel[]
    readonly cells: readonly CellModel[]
    readonly divided: readonly DividedModel[]
  },
): ScaledModel[] {
  return o.components.flatMap((c) => {
    const described = spec.components[c.id]
    const first = o.cells[c.cells[0] ?? -1]
    if (!first || !described || !('autoscaler' in described) || described.autoscaler === undefined) return []
    const whole = o.divided.find((d) => d.component === c.index)
    return {
      component: c.index,
      slot: first.slot,
      replicas: whole?.slot ?? first.slot + S.replicas,
      cells: c.cells,
      groups: c.cells.map((i) => described.groups?.[o.cells[i]?.group ?? ''] ?? -1),
      consumes: first.consumes,
    }
  })
}
