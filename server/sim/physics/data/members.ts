import type { DatabaseModel } from '../model/databaseModel.ts'
import type { DatabaseState } from './databaseState.ts'
import { candidateOf, type ReplicaSet, type SetNow, startElection } from './failover.ts'
import { isUp } from '../fleet/instances.ts'
import type { Model } from '../model/model.ts'
import { S, Z } from '../model/slots.ts'
import type { PhysicsState } from '../state.ts'
import type { Workspace } from '../workspace.ts'

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

/** A member whose instances were taken away is no member any more: those that come in its place start with a copy of the data. */
export function forgetAbsent({ state }: Ctx, d: DatabaseModel, set: ReplicaSet): void {
  for (let m = 0; m < d.members.length; m += 1) {
    const station = state.stations[d.members[m] ?? -1]
    if (m === set.primary || !station || station.ready > 0 || station.startAt.length > 0) continue
    set.role[m] = 'following'
    set.behind[m] = set.left[m] = set.fenced[m] = 0
  }
}

/**
 * A rolling restart does one member after the other, the primary last. Where failover is automatic another member takes over first, without
 * loss; elsewhere nothing is written while the primary restarts.
 */
export function rollOn(
  { state }: Ctx,
  d: DatabaseModel,
  o: { readonly s: DatabaseState; readonly set: ReplicaSet; readonly now: SetNow },
): void {
  const { s, set, now } = o
  for (const i of d.members) if ((state.stations[i]?.startAt.length ?? 0) > 0) return
  if (set.election) return
  const [next = -1] = s.rolling
  if (next === set.primary && now.automatic) {
    const candidate = candidateOf(set, now)
    if (candidate >= 0) {
      startElection(set, { second: now.second, candidate, election: now.election, wait: true })
      return
    }
  }
  s.rolling.shift()
  const station = state.stations[d.members[next] ?? -1]
  if (station) station.rolling = station.ready
}
