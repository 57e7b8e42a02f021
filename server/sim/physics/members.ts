import type { DatabaseModel } from './databaseModel.ts'
import { isUp } from './instances.ts'
import type { Model } from './model.ts'
import { S, Z } from './slots.ts'
import type { PhysicsState } from './state.ts'
import type { Workspace } from './workspace.ts'

interface Ctx {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}

/** From this share of lost messages on, members do not hear each other. */
const CUT_OFF = 0.5

/** Whether members and whoever watches them hear a member: it runs, can be reached, and is not cut off. */
export function isReached({ model, state, w }: Ctx, d: DatabaseModel, member: number): boolean {
  const c = model.cells[d.members[member] ?? -1]
  if (!c || (state.stations[c.index]?.ready ?? 0) <= 0 || !isUp(w.p, c)) return false
  if ((w.p[c.slot + S.partition] ?? 0) >= CUT_OFF) return false
  const zone = d.apart ? model.zones[c.zone] : undefined
  return !zone || (w.p[zone.slot + Z.loss] ?? 0) < CUT_OFF
}
