import type { Answer } from '../calls/ask.ts'
import { spoil } from '../classes/classAnswers.ts'
import { D } from './databaseState.ts'
import { withoutRoom } from './disk.ts'
import { lagOf } from './failover.ts'
import type { ArmModel, CellModel, Model } from '../model/model.ts'
import { S, X } from '../model/slots.ts'
import { A, type PhysicsState, type Station } from '../state.ts'
import type { Workspace } from '../workspace.ts'

interface Ctx {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}

/** What of an answer is none, for who writes: a member that takes no writes answers 503, one without room 500; for who reads, wrong data are 500. */
export function refuseData(w: Workspace, arm: ArmModel, out: Answer): void {
  const writes = w.armWrites[arm.index] ?? 0
  const hurt = w.damaged[arm.to] ?? 0
  if (writes <= 0 && hurt <= 0) return
  const closed = out.ok * writes * (w.readOnly[arm.to] ?? 0)
  const full = (out.ok * writes - closed) * (w.noRoom[arm.to] ?? 0)
  const wrong = out.ok * (1 - writes) * hurt
  out.status[3] = (out.status[3] ?? 0) + closed
  out.status[2] = (out.status[2] ?? 0) + full + wrong
  if (out.classes.many > 0 && out.ok > 0) spoil(out.classes, closed / out.ok, (full + wrong) / out.ok)
  out.ok = Math.max(0, out.ok - closed - full - wrong)
}

/** What a disk does to a cell in this second: the share of writes (of all requests, where it is no database) that finds no room. */
export function prepareRoom(ctx: Ctx, c: CellModel, station: Station): void {
  const { w } = ctx
  const i = c.index
  const size = w.p[c.slot + S['disk.size']] ?? 0
  w.noRoom[i] = size > 0 ? withoutRoom(station.disk, size) * (w.p[c.slot + S['disk.needed']] ?? 1) : 0
  if (c.kind === 'database' || (w.noRoom[i] ?? 0) <= 0) return
  let kept = 1
  for (let s = 0; s < 5; s += 1) kept -= w.ownFail[i * 5 + s] ?? 0
  w.ownFail[i * 5 + 2] = (w.ownFail[i * 5 + 2] ?? 0) + Math.max(0, kept) * (w.noRoom[i] ?? 0)
}

/** Share of what reaches a cell that writes. */
function writeShare(w: Workspace, c: CellModel): number {
  let all = 0
  let writes = 0
  for (let n = 0; n < c.calledBy.length; n += 1) {
    const a = c.calledBy[n]?.index ?? -1
    all += w.armFlow[a] ?? 0
    writes += (w.armFlow[a] ?? 0) * (w.armWrites[a] ?? 0)
  }
  for (let n = 0; n < c.reachedBy.length; n += 1) all += w.armFlow[c.reachedBy[n]?.index ?? -1] ?? 0
  return all > 0 ? writes / all : 0
}

/**
 * Notes what a cell of a database, or one with a disk, did with its data in this second: writes taken and wanted, reads and the age of what
 * they saw. `ok`: share of what it served that was not answered with an error so far. Returns that share less what it refused here.
 */
export function recordData(
  ctx: Ctx,
  c: CellModel,
  o: { readonly station: Station; readonly ok: number; readonly alive: number },
): number {
  const { model, state, w } = ctx
  const { station, ok, alive } = o
  const i = c.index
  const served = w.served[i] ?? 0
  if (c.kind !== 'database') {
    w.written[i] = served * ok
    const room = 1 - (w.noRoom[i] ?? 0)
    // On a full disk nothing is left that could be written; what came says what would have been.
    w.wanting[i] = room > 0 ? (w.written[i] ?? 0) / room : served
    return ok
  }
  const writes = writeShare(w, c)
  station.writeShare = writes
  const closed = ok * writes * (w.readOnly[i] ?? 0)
  const full = (ok * writes - closed) * (w.noRoom[i] ?? 0)
  const wrong = ok * (1 - writes) * (w.damaged[i] ?? 0)
  station.sums[A.status + 3] = (station.sums[A.status + 3] ?? 0) + alive * closed
  station.sums[A.status + 2] = (station.sums[A.status + 2] ?? 0) + alive * (full + wrong)
  w.wanting[i] = served * (ok * writes - closed)
  w.written[i] = served * (ok * writes - closed - full)
  const s = state.databases[c.database]
  if (s) {
    const { sums } = s
    const reads = served * ok * (1 - writes)
    sums[D.refused] = (sums[D.refused] ?? 0) + served * closed
    sums[D.noRoom] = (sums[D.noRoom] ?? 0) + served * full
    sums[D.damaged] = (sums[D.damaged] ?? 0) + served * wrong
    sums[D.reads] = (sums[D.reads] ?? 0) + reads
    if (s.set && reads > 0 && s.set.role[c.member] === 'following') {
      const first = model.cells[model.databases[c.database]?.members[0] ?? -1]
      const delay = w.p[(first?.slot ?? c.slot) + X.delay] ?? 0
      sums[D.age] = (sums[D.age] ?? 0) + reads * lagOf(s.set, c.member, { now: w.second, delay })
    }
  }
  return Math.max(0, ok - closed - full - wrong)
}
