import { sendOver, weighArms } from './calls/arms.ts'
import { answer, standingWait, turnedAway } from './calls/ask.ts'
import { answerNames, barArms } from './calls/barred.ts'
import { balance, waitsAfter, waitsOf } from './queue/balance.ts'
import { balanceOf, secondOf } from './queue/second.ts'
import { finishDatabases, moveDatabases, weighMembers } from './data/databases.ts'
import { moveDisks } from './data/disks.ts'
import { arriveInMix, blendClasses, type ClassSpace, mixIn, settleArrivals } from './classes/classes.ts'
import { turnedAwayBySlices } from './classes/classLimits.ts'
import { recall, remember } from './classes/classState.ts'
import { finish } from './finish.ts'
import { moveHealth } from './calls/healthChecks.ts'
import { hold } from './calls/hold.ts'
import { add, moveInstances } from './fleet/instances.ts'
import type { CallModel, CellModel, Model } from './model/model.ts'
import { type PhysicsEffect, resolve } from './paths.ts'
import { prepare } from './prepare.ts'
import { dropExpired, dropOldest, join, leave, left, waitingOf } from './queue/queueing.ts'
import { record } from './record.ts'
import { deadShare, patienceOf, spreadOf } from './queue/patience.ts'
import { watchScaled } from './fleet/scalers.ts'
import { S, X } from './model/slots.ts'
import { beginSearch, narrow, searchOf } from './queue/search.ts'
import { settle } from './traffic/settle.ts'
import { demand, restrain } from './traffic/sources.ts'
import { moveJobs, pull, startJobs } from './data/supply.ts'
import { A, DUST, type PhysicsState, type Station } from './state.ts'
import { type Workspace, workspaceOf } from './workspace.ts'

interface Ctx {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}
const out = answer()
const ended = balanceOf()
const waits = waitsOf()
const at = secondOf()
const gone = left()
const search = searchOf()

/**
 * Moves the system on by the exercise second that begins at `second`, under the effects active in it. Changes `state` and nothing else;
 * equal state, second and effects give equal results. Three passes: what everything can do now (callees first), what flows (callers
 * first), how it ended (callees first).
 */
export function tick(
  model: Model,
  state: PhysicsState,
  now: { readonly second: number; readonly effects: readonly PhysicsEffect[] },
): void {
  const w = workspaceOf(model)
  const ctx: Ctx = { model, state, w }
  w.p = resolve(model, now.effects, state.shares)
  w.second = now.second
  state.second = now.second
  moveInstances(model, state, w)
  if (model.versions.length > 0) w.p = resolve(model, now.effects, state.shares)
  w.settled = false
  if (w.classes) recall(w.classes, state.classes)
  moveDatabases(ctx)
  weighArms(ctx)
  weighMembers(ctx)
  w.arrivals.fill(0)
  w.flow.fill(0)
  w.connected.fill(1)
  w.restrained.fill(0)
  w.armFlow.fill(0)
  barArms(ctx)
  startJobs(ctx)
  for (const i of model.order) {
    const c = model.cells[i]
    if (c) prepare(ctx, c)
  }
  demand(model, state, w, w.sent)
  for (let n = model.order.length - 1; n >= 0; n -= 1) {
    const c = model.cells[model.order[n] ?? -1]
    const station = state.stations[c?.index ?? -1]
    if (!c || !station) continue
    if (c.supply !== null) pull(ctx, c)
    flow(ctx, c, station)
  }
  w.settled = true
  w.fetchWeight.fill(0)
  w.fetchOk.fill(0)
  w.fetchTime.fill(0)
  for (const i of model.order) {
    const c = model.cells[i]
    const station = state.stations[i]
    if (!c || !station) continue
    hold(ctx, c, w.starts[i] ?? 0)
    record(ctx, c, station)
  }
  settle(ctx, w.sent, out)
  for (const c of model.cells) {
    const station = state.stations[c.index]
    if (station) finish(ctx, c, station)
  }
  if (w.classes) remember(w.classes, state.classes)
  finishDatabases(ctx)
  moveDisks(ctx)
  moveHealth(ctx)
  moveJobs(ctx)
  answerNames(ctx)
  if (model.scaled.length > 0) watchScaled(model, state, w)
}

/** Every instance that is up is drained: what is in work is ended, what waits finds nobody. */
function endDrained(station: Station, w: Workspace, i: number): void {
  const waiting = waitingOf(station)
  add(station, A.lost, waiting)
  w.lost[i] = (w.lost[i] ?? 0) + waiting
  w.served[i] = Math.max(0, station.inSystem - waiting)
  w.dead[i] = 0
  station.inSystem = 0
  station.since.length = station.until.length = station.waiting.length = 0
}

/** What a call sends arrives in the mix of those who make it, where that makes a difference. */
function sendClasses(space: ClassSpace, call: CallModel, w: Workspace): void {
  for (let n = 0; n < call.arms.length; n += 1) {
    const arm = call.arms[n]
    if (!arm || space.model.carries[arm.to] !== true) continue
    const sent = w.armFlow[arm.index] ?? 0
    arriveInMix(space, arm.to, { sent, mix: space.send, from: call.index * space.many })
  }
}

/** Second pass: lets requests in, works on the queue, sends calls on. */
function flow(ctx: Ctx, c: CellModel, station: Station): void {
  const { w } = ctx
  const { p, second } = w
  const i = c.index
  const offered = w.arrivals[i] ?? 0
  add(station, A.offered, offered)
  w.served[i] = w.starts[i] = w.admitted[i] = w.passed[i] = 0
  gone.length = 0
  if (w.alive[i] !== 1) {
    add(station, A.status + 3, offered)
    if (station.inSystem > 0) endDrained(station, w, i)
    station.backlog = station.scatter = station.busy = 0
    return
  }
  const space = w.classes?.model.carries[i] === true ? w.classes : null
  if (space) settleArrivals(space, i, offered)
  const sliced = space ? turnedAwayBySlices(space, i, { p, arrivals: offered }) : 0
  const whole = turnedAway(c, p, { arrivals: offered * (1 - sliced), spent: station.spent })
  const away = offered * (1 - (1 - sliced) * (1 - whole))
  const wanted = offered - away
  w.passed[i] = wanted
  add(station, A.status + 1, away)
  add(station, A.shed, away)
  if (p[c.slot + S.drop_expired] === 1 && station.waiting.length > 0) {
    const patience = Math.max(0.05, patienceOf(ctx, c) - 3 * (w.service[i] ?? 0))
    const dropped = dropExpired(station, { second, patience, served: w.capacity[i] ?? 0 })
    station.inSystem = Math.max(0, station.inSystem - dropped)
    const kept = station.backlog > dropped ? 1 - dropped / station.backlog : 0
    station.backlog *= kept
    station.scatter *= kept * kept
    add(station, A.abandoned, dropped)
  }
  if (space) {
    mixIn(space, i, { there: station.inSystem, taken: wanted })
    blendClasses(space, i, w)
  }
  const waited = waitingOf(station)
  at.slots = w.slots[i] ?? 1
  at.total = station.inSystem + wanted
  at.arrivals = wanted
  at.places = w.places[i] ?? 0
  at.waiting = waited
  at.backlog = station.backlog
  const restraint = offered > 0 ? (w.restrained[i] ?? 0) / offered : 0
  // Where the crowd that waits is missing among those who ask, a queue does not wander off.
  at.scatter = station.scatter / (1 + 2 * restraint)
  at.codel = standingWait(p, c, station)
  at.sure = w.sure[i] ?? 0
  at.lifo = p[c.slot + S.lifo] === 1
  // What waits behind full slots says little about how much begins; the second before says more.
  const full = station.backlog > 0 && station.starts > 0
  const all = waited + wanted
  let starts = beginSearch(search, { guess: full ? station.starts : all, most: all })
  at.hold = hold(ctx, c, starts)
  let settled = false
  // Work that is taken as slots get free does not wait at random.
  const drawn = c.supply !== null
  // Without calls or a lock the time held does not depend on the rate.
  const fixed = c.calls.length === 0 && (c.kind !== 'database' || (p[c.slot + X.lockTime] ?? 0) === 0)
  for (let n = 0; n < 16; n += 1) {
    at.spread = drawn ? 0 : spreadOf(w, i, at.hold)
    balance(at, ended)
    const next = Math.max(0, waited + wanted - ended.lost - ended.dropped - ended.waiting)
    if (Math.abs(next - starts) <= 1e-4 * (starts + 1e-9) || fixed) {
      settled = true
      break
    }
    starts = narrow(search, next)
    at.hold = hold(ctx, c, starts)
  }
  if (!settled) {
    at.spread = drawn ? 0 : spreadOf(w, i, at.hold)
    balance(at, ended)
  }
  const taken = wanted - ended.lost
  const pool = waited + taken
  const over = ended.waiting + ended.dropped - pool
  if (over > 0) {
    // Fewer slots than are in work: what has been started stays in work, and nothing new begins.
    ended.busy += over
    const fewer = Math.min(over, ended.waiting)
    ended.waiting -= fewer
    ended.dropped -= over - fewer
  }
  add(station, A.status + 3, ended.lost + ended.dropped)
  starts = Math.max(0, pool - ended.dropped - ended.waiting)
  join(station, taken, second)
  leave(station, { count: starts, second, lifo: at.lifo }, gone)
  if (ended.dropped > 0) dropOldest(station, ended.dropped)
  const target = p[c.slot + S['codel.target']] ?? 0
  if (target > 0)
    station.standing =
      ended.dropped > 0 || ended.backlog * at.hold > target * at.slots ? station.standing + 1 : 0
  // A crowd that waits does not ask: the queue swings about its length by no more than this.
  if (restraint > 0 && ended.random > 0)
    at.sure = Math.max(at.sure, 1 - Math.sqrt(wanted / restraint) / ended.random)
  waitsAfter(at, ended, waits)
  w.full[i] = wanted > 0 ? Math.min(1, (ended.lost + ended.dropped) / wanted) : 0
  w.waitChance[i] = waits.chance
  w.waitMean[i] = waits.mean
  w.waitVariance[i] = waits.variance
  w.waitLo[i] = waits.lo
  w.waitHi[i] = waits.hi
  w.dead[i] = deadShare(ctx, c, gone)
  if (ended.waiting + ended.busy < DUST) {
    ended.finished += ended.waiting + ended.busy
    ended.waiting = ended.busy = 0
  }
  station.inSystem = ended.waiting + ended.busy
  station.busy = ended.busy
  station.backlog = ended.backlog
  station.scatter = ended.scatter
  w.admitted[i] = taken
  w.starts[i] = starts
  w.served[i] = ended.finished
  w.capacity[i] = at.slots / at.hold
  for (let n = 0; n < c.calls.length; n += 1) {
    const call = c.calls[n]
    if (!call) continue
    const sent =
      starts *
      (w.perRequest[call.index] ?? 0) *
      (w.attempts[call.index] ?? 0) *
      (w.connected[call.index] ?? 1)
    w.flow[call.index] = sent
    sendOver(w, call.arms, sent)
    if (space) sendClasses(space, call, w)
    if (restraint > 0) restrain(w, call.arms, restraint)
  }
}
