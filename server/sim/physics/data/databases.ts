import { countWrites, endRestore, moveBackups } from './backup.ts'
import type { DatabaseModel } from '../model/databaseModel.ts'
import { D, type DatabaseState } from './databaseState.ts'
import {
  followWrites,
  lagOf,
  moveFailover,
  type ReplicaSet,
  restoreSet,
  type SetNow,
  takesWrites,
} from './failover.ts'
import { forgetAbsent, isReached, rollOn } from './members.ts'
import type { ArmModel, Model } from '../model/model.ts'
import { beginOrders } from './operateData.ts'
import { majority } from './replication.ts'
import { C, S, X } from '../model/slots.ts'
import type { PhysicsState } from '../state.ts'
import type { Workspace } from '../workspace.ts'

interface Ctx {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}
function note(s: DatabaseState, place: number, amount: number): void {
  s.sums[place] = (s.sums[place] ?? 0) + amount
}

/** By member, for the database at hand. */
const reached: number[] = []
const taken: number[] = []
const speed: number[] = []
const connected: number[] = []

/** What failover goes by now. Fills `reached`. */
function situation(ctx: Ctx, d: DatabaseModel, set: ReplicaSet): SetNow {
  const { state, w } = ctx
  const { p } = w
  const slot = ctx.model.cells[d.members[0] ?? -1]?.slot ?? 0
  let members = 0
  let present = 0
  for (let n = 0; n < d.members.length; n += 1) {
    const cell = d.members[n] ?? -1
    const meant = Math.round(p[(ctx.model.cells[cell]?.slot ?? 0) + S.replicas] ?? 0)
    reached[n] = isReached(ctx, d, n) ? 1 : 0
    members += meant
    const counts = n === set.primary || set.role[n] === 'following'
    if (reached[n] === 1 && counts) present += Math.min(meant, state.stations[cell]?.ready ?? 0)
  }
  return {
    second: w.second,
    reached,
    electable: d.electable,
    synchronous: p[slot + X.synchronous] === 1,
    quorum: present >= majority(members),
    automatic: p[slot + X.automatic] === 1,
    after: p[slot + X.after] ?? 30,
    election: p[slot + X.election] ?? 10,
    repoint: p[slot + X.repoint] ?? 30,
    delay: p[slot + X.delay] ?? 0,
    fencing: p[slot + X.fencing] === 1,
  }
}

/** As a second begins: what was asked for begins, restores end, primaries change, backups are made; and which cells refuse what follows from it. */
export function moveDatabases(ctx: Ctx): void {
  const { model, state, w } = ctx
  beginOrders(ctx)
  for (let n = 0; n < model.databases.length; n += 1) {
    const d = model.databases[n]
    const s = state.databases[n]
    if (!d || !s) continue
    const first = model.cells[d.members[0] ?? -1]
    const damaged = w.p[(first?.slot ?? 0) + X.damaged] ?? 0
    moveRestore(ctx, d, { s, damaged })
    const restoring = s.backups.restoring >= 0
    let runs = !restoring
    if (s.set) {
      forgetAbsent(ctx, d, s.set)
      const now = situation(ctx, d, s.set)
      if (s.rolling.length > 0 && !restoring) rollOn(ctx, d, { s, set: s.set, now })
      if (!restoring) moveMembers(d, s, now)
      setMembers(ctx, d, { s, set: s.set, now })
      runs &&= reached[s.set.primary] === 1
    } else runs &&= isReached(ctx, d, 0)
    moveBackups(d.backups, s.backups, { second: w.second, runs, damaged })
    const hurt = Math.max(0, damaged - s.backups.healed)
    for (let m = 0; m < d.members.length; m += 1) {
      const i = d.members[m] ?? -1
      w.closed[i] = restoring ? 1 : 0
      w.damaged[i] = hurt
    }
  }
}

function moveRestore(ctx: Ctx, d: DatabaseModel, o: { s: DatabaseState; damaged: number }): void {
  const { s, damaged } = o
  const which = s.backups.restoring
  if (which < 0) return
  const end = endRestore(d.backups, s.backups, { second: ctx.w.second, damaged })
  if (end === 'none') return
  note(s, end === 'done' ? D.restored : D.unrestored, 1)
  if (end === 'failed') return
  if (s.set) restoreSet(s.set)
  const size = d.backups[which]?.size ?? 0
  if (size <= 0) return
  for (const i of d.members) {
    const station = ctx.state.stations[i]
    const whole = ctx.w.p[(ctx.model.cells[i]?.slot ?? 0) + S['disk.size']] ?? 0
    if (station && whole > 0) station.disk.used = Math.min(size, whole)
  }
}

function moveMembers(d: DatabaseModel, s: DatabaseState, now: SetNow): void {
  if (!s.set) return
  const was = s.set.lost
  switch (moveFailover(s.set, now)) {
    case 'started':
      note(s, D.started, 1)
      break
    case 'failed':
      note(s, D.failed, 1)
      break
    case 'promoted':
      note(s, D.promoted, 1)
      break
    case 'lost':
      note(s, D.promoted, 1)
      note(s, D.lost, s.set.lost - was)
      break
    case 'none':
  }
}

/** Which members take writes in this second, and what a write costs them in waiting for the others. */
function setMembers(ctx: Ctx, d: DatabaseModel, o: { s: DatabaseState; set: ReplicaSet; now: SetNow }): void {
  const { w } = ctx
  const { set, now } = o
  for (let m = 0; m < d.members.length; m += 1) {
    const i = d.members[m] ?? -1
    const takes = takesWrites(set, m) && (!now.synchronous || (m === set.primary && now.quorum))
    w.readOnly[i] = takes ? 0 : 1
    w.leads[i] = m === set.primary ? 1 : 0
    w.writeWait[i] = takes && now.synchronous ? now.delay : 0
  }
}

/**
 * Sends reads to followers and writes to whom callers take for the primary. Beside the weights of arms this sets which share of what goes
 * over each of them writes.
 */
export function weighMembers(ctx: Ctx): void {
  const { model, state, w } = ctx
  for (let n = 0; n < model.databases.length; n += 1) {
    const d = model.databases[n]
    const set = state.databases[n]?.set
    if (!d) continue
    for (let k = 0; k < d.calls.length; k += 1) {
      const call = d.calls[k]
      if (!call) continue
      const writes = call.part === 'writes' ? 1 : call.part === 'reads' ? 0 : (w.p[call.slot + C.writes] ?? 0)
      if (set) spread(ctx, { d, set, arms: call.arms, writes })
      else for (let a = 0; a < call.arms.length; a += 1) w.armWrites[call.arms[a]?.index ?? -1] = writes
    }
    if (!set) continue
    for (let k = 0; k < d.sources.length; k += 1) {
      const arms = d.sources[k]?.arms
      if (arms) spread(ctx, { d, set, arms, writes: 0 })
    }
  }
}

function spread(
  ctx: Ctx,
  o: { d: DatabaseModel; set: ReplicaSet; arms: readonly ArmModel[]; writes: number },
): void {
  const { model, w } = ctx
  const { d, set, arms, writes } = o
  let sum = 0
  for (let a = 0; a < arms.length; a += 1) {
    const arm = arms[a]
    if (arm && set.role[model.cells[arm.to]?.member ?? -1] === 'following') sum += w.armWeight[arm.index] ?? 0
  }
  const slot = model.cells[d.members[0] ?? -1]?.slot ?? 0
  const away = sum > 0 ? (w.p[slot + X.reads] ?? 1) : 0
  for (let a = 0; a < arms.length; a += 1) {
    const arm = arms[a]
    if (!arm) continue
    const member = model.cells[arm.to]?.member ?? -1
    const known = set.known[member] ?? 0
    const follows = sum > 0 && set.role[member] === 'following'
    const reads = (follows ? (away * (w.armWeight[arm.index] ?? 0)) / sum : 0) + (1 - away) * known
    const weight = writes * known + (1 - writes) * reads
    w.armWeight[arm.index] = weight
    w.armWrites[arm.index] = weight > 0 ? (writes * known) / weight : 0
  }
}

/** Ends a second: what was written is counted, followed, and kept for backups. */
export function finishDatabases(ctx: Ctx): void {
  const { model, state, w } = ctx
  for (let n = 0; n < model.databases.length; n += 1) {
    const d = model.databases[n]
    const s = state.databases[n]
    if (!d || !s) continue
    const { set } = s
    let writes = 0
    for (let m = 0; m < d.members.length; m += 1) {
      taken[m] = w.written[d.members[m] ?? -1] ?? 0
      if (!set || m === set.primary) writes += taken[m] ?? 0
    }
    countWrites(s.backups, writes)
    note(s, D.writes, writes)
    if (set) follow(ctx, d, { s, set })
  }
}

function follow(ctx: Ctx, d: DatabaseModel, o: { s: DatabaseState; set: ReplicaSet }): void {
  const { model, w } = ctx
  const { s, set } = o
  const slot = model.cells[d.members[0] ?? -1]?.slot ?? 0
  const restoring = s.backups.restoring >= 0
  const synchronous = w.p[slot + X.synchronous] === 1
  const writes = taken[set.primary] ?? 0
  for (let m = 0; m < d.members.length; m += 1) {
    const i = d.members[m] ?? -1
    const here = isReached(ctx, d, m) && !restoring
    // What a majority has, a follower still has to apply when its primary is gone.
    connected[m] = here && (synchronous || isReached(ctx, d, set.primary)) ? 1 : 0
    const most = w.p[(model.cells[i]?.slot ?? 0) + X.speed] ?? 0
    speed[m] = most * (1 - (w.noRoom[i] ?? 0))
    if (set.role[m] !== 'following') continue
    // What a follower applies fills its disk as it fills the primary's.
    w.wanting[i] = connected[m] === 1 ? Math.min(most, (set.behind[m] ?? 0) + writes) : 0
    w.written[i] = (w.wanting[i] ?? 0) * (1 - (w.noRoom[i] ?? 0))
  }
  const diverged = set.diverged
  followWrites(set, { second: w.second, taken, connected, speed })
  note(s, D.diverged, set.diverged - diverged)
  watch(ctx, d, { s, set, delay: w.p[slot + X.delay] ?? 0 })
}

/** What instruments read at the end of a second. */
function watch(ctx: Ctx, d: DatabaseModel, o: { s: DatabaseState; set: ReplicaSet; delay: number }): void {
  const { state, w } = ctx
  const { s, set, delay } = o
  const primary = d.members[set.primary] ?? -1
  s.hasPrimary = w.alive[primary] === 1 && w.readOnly[primary] === 0 ? 1 : 0
  s.followers = 0
  s.lag = null
  for (let m = 0; m < d.members.length; m += 1) {
    const i = d.members[m] ?? -1
    if (set.role[m] !== 'following' || w.alive[i] !== 1) continue
    s.followers += state.stations[i]?.ready ?? 0
    s.lag = Math.max(s.lag ?? 0, lagOf(set, m, { now: w.second + 1, delay }))
  }
}
