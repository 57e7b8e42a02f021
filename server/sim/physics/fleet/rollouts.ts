import { ask, grant, RETRY } from './cluster.ts'
import { add, existing, forgetItems, isScheduled, starting } from './fleet.ts'
import type { ComponentModel, Model } from '../model/model.ts'
import {
  boundsOf,
  crashAgain,
  crashing,
  goalOf,
  isOver,
  joinVersion,
  leaveVersion,
  moves,
  paceOf,
  type Rollout,
  rolloutMoves,
} from './rollout.ts'
import { S, SC, V } from '../model/slots.ts'
import { A, NEVER, type PhysicsState, sumOf } from '../state.ts'
import type { Workspace } from '../workspace.ts'

interface Ctx {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}
const step = moves()
const got = grant()
const fleet = { wanted: 0, newReady: 0, newStarting: 0, stuck: 0, oldReady: 0, oldStarting: 0 }

/** Managed things are replaced one beyond what is wanted at a time; data stores one after another, none beyond. */
const STATEFUL: readonly string[] = ['database', 'cache', 'queue']

/** Moves every rollout on by a second. Its component's instances are started and stopped by it alone until it is over. */
export function moveRollouts(ctx: Ctx): void {
  const { model, state } = ctx
  for (let n = state.rollouts.length - 1; n >= 0; n -= 1) {
    const r = state.rollouts[n]
    const c = r && model.components[r.component]
    if (r && c && moveRollout(ctx, r, c)) state.rollouts.splice(n, 1)
  }
}

function readyOf(state: PhysicsState, r: Rollout): number {
  let ready = 0
  for (let k = 0; k < r.cells.length; k += 1) ready += state.stations[r.cells[k] ?? -1]?.ready ?? 0
  return ready
}

/** Counts the instances there are of the new version and of all others. */
function count({ state, w }: Ctx, r: Rollout): void {
  fleet.wanted = fleet.oldStarting = 0
  const ready = readyOf(state, r)
  for (let k = 0; k < r.cells.length; k += 1) {
    const i = r.cells[k] ?? -1
    const station = state.stations[i]
    fleet.wanted += w.target[i] ?? 0
    if (station) fleet.oldStarting += starting(station)
  }
  fleet.newReady = Math.min(ready, Math.round((state.shares[r.version] ?? 0) * ready))
  fleet.oldReady = ready - fleet.newReady
  fleet.newStarting = sumOf(r.startCount)
  fleet.stuck = sumOf(r.stuck)
}

/** Instances whose start takes no longer come up, or crash. */
function comeUp(ctx: Ctx, r: Rollout, c: ComponentModel, crash: number): void {
  const { state, w } = ctx
  const versions = c.versions.map((v) => v.index)
  for (let n = r.startAt.length - 1; n >= 0; n -= 1) {
    if ((r.startAt[n] ?? 0) > w.second) continue
    const k = r.startCell[n] ?? 0
    const many = r.startCount[n] ?? 0
    const station = state.stations[r.cells[k] ?? -1]
    r.startCell.splice(n, 1)
    r.startAt.splice(n, 1)
    r.startCount.splice(n, 1)
    if (!station) continue
    const ready = readyOf(state, r)
    const fresh = Math.round((state.shares[r.version] ?? 0) * ready)
    const stuck = sumOf(r.stuck)
    const bad = Math.min(many, Math.max(0, crashing(crash, fresh + stuck + many) - stuck))
    r.stuck[k] = (r.stuck[k] ?? 0) + bad
    if (many > bad) {
      joinVersion(state.shares, { versions, version: r.version, ready, count: many - bad })
      station.ready += many - bad
    }
  }
}

/** What crashes at its start is started again after a growing pause; if fewer of the version crash by now, some come up. */
function crashLoop(ctx: Ctx, r: Rollout, crash: number): void {
  const { state, w } = ctx
  const stuck = sumOf(r.stuck)
  if (stuck === 0) {
    r.crashPause = 10
    r.crashAt = NEVER
    return
  }
  if (!crashAgain(r, w.second)) return
  const fresh = Math.round((state.shares[r.version] ?? 0) * readyOf(state, r))
  let healed = Math.max(0, stuck - crashing(crash, fresh + stuck))
  for (let k = 0; k < r.cells.length; k += 1) {
    const station = state.stations[r.cells[k] ?? -1]
    const here = r.stuck[k] ?? 0
    if (!station || here === 0) continue
    station.restarts += here
    add(station, A.started, here)
    add(station, A.crashed, here)
    const up = Math.min(here, healed)
    healed -= up
    r.stuck[k] = here - up
    if (up > 0) start(ctx, r, k, up)
  }
}

function start({ model, w }: Ctx, r: Rollout, k: number, many: number): void {
  const slot = model.cells[r.cells[k] ?? -1]?.slot ?? 0
  r.startCell.push(k)
  r.startAt.push(w.second + Math.max(1, w.p[slot + S.start_time] ?? 0))
  r.startCount.push(many)
}

function moveRollout(ctx: Ctx, r: Rollout, c: ComponentModel): boolean {
  const { model, state, w } = ctx
  const first = model.cells[r.cells[0] ?? -1]
  const version = c.versions.find((v) => v.index === r.version)
  if (!first || !version) return true
  const crash = w.p[version.slot + V.crash] ?? 0
  comeUp(ctx, r, c, crash)
  crashLoop(ctx, r, crash)
  count(ctx, r)
  if (r.since === NEVER) {
    r.since = w.second
    r.before = fleet.newReady
  }
  const goal = goalOf(r.share, fleet.wanted)
  if (isOver(fleet, goal)) {
    if (goal === fleet.wanted || fleet.wanted === 0)
      for (const v of c.versions) state.shares[v.index] = v.index === r.version ? 1 : 0
    return true
  }
  w.inRollout[c.index] = 1
  const scheduled = isScheduled(first)
  const passed = w.second - r.since
  const startTime = Math.max(1, w.p[first.slot + S.start_time] ?? 0)
  const o = {
    ...boundsOf({
      wanted: fleet.wanted,
      surge: scheduled ? (w.p[first.slot + SC['deploy.surge']] ?? 0) : STATEFUL.includes(c.kind) ? 0 : 1e-6,
      unavailable: scheduled ? (w.p[first.slot + SC['deploy.unavailable']] ?? 0) : 0,
    }),
    pace: paceOf({ goal, before: r.before, passed, over: r.over, startTime }),
    goal,
  }
  // What leaves makes place for more in the same second.
  for (let round = 0; round < 2; round += 1) {
    const asked = rolloutMoves(fleet, o, 1e9, step)
    stop(ctx, r, c)
    const many = asked.start + asked.startOld
    if (many > 0 && w.second >= r.retryAt) {
      const deny = scheduled && w.p[first.slot + SC['admission.deny']] === 1
      ask({ count: many, deny, free: scheduled ? w.free : 1e9 }, got)
      const station = state.stations[first.index]
      if (station) {
        add(station, A.refused, got.refused)
        add(station, A.roomless, got.roomless)
      }
      if (got.started < many) r.retryAt = w.second + RETRY
      if (scheduled) w.free -= got.started
      begin(ctx, r, Math.min(got.started, step.start), got.started - Math.min(got.started, step.start))
    }
    count(ctx, r)
  }
  return false
}

/** The cell with the most instances above what it shall have (`sign` 1), or below (−1), that has any to give. */
function cellFor(ctx: Ctx, r: Rollout, sign: 1 | -1, has: (k: number) => boolean): number {
  let best = -1
  let most = -Infinity
  for (let k = 0; k < r.cells.length; k += 1) {
    const i = r.cells[k] ?? -1
    const over = sign * (existing(ctx.state, i) - (ctx.w.target[i] ?? 0))
    if (over <= most || !has(k)) continue
    best = k
    most = over
  }
  return best
}

const any = () => true

/** Starts so many of the new version and so many others, where most are missing. */
function begin(ctx: Ctx, r: Rollout, fresh: number, others: number): void {
  const { model, state, w } = ctx
  const each = r.cells.length === 1 ? fresh : 1
  for (let n = 0; n < fresh; n += each) start(ctx, r, cellFor(ctx, r, -1, any), each)
  for (let n = 0; n < others; n += 1) {
    const i = r.cells[cellFor(ctx, r, -1, any)] ?? -1
    const station = state.stations[i]
    station?.startAt.push(w.second + Math.max(1, w.p[(model.cells[i]?.slot ?? 0) + S.start_time] ?? 0))
    station?.startCount.push(1)
  }
}

/** Stops what `step` says: others, those not ready first; and what is too much of the new version. */
function stop(ctx: Ctx, r: Rollout, c: ComponentModel): void {
  const { model, state, w } = ctx
  const versions = c.versions.map((v) => v.index)
  const stationOf = (k: number) => state.stations[r.cells[k] ?? -1]
  for (let n = 0; n < step.stopStarting; n += 1) {
    const station = stationOf(cellFor(ctx, r, 1, (k) => sumOf(stationOf(k)?.startCount ?? []) > 0))
    if (station) dropStarting(station.startAt, station.startCount)
  }
  const leave = (others: boolean) => {
    const k = cellFor(ctx, r, 1, (x) => (stationOf(x)?.ready ?? 0) > 0)
    const cell = model.cells[r.cells[k] ?? -1]
    const station = stationOf(k)
    if (!cell || !station) return
    leaveVersion(state.shares, { versions, version: r.version, ready: readyOf(state, r), count: 1, others })
    forgetItems(w, cell, station, 1 / station.ready)
    // Instances taken out finish what they hold.
    station.ready -= 1
  }
  for (let n = 0; n < step.stopReady; n += 1) leave(true)
  for (let n = 0; n < step.stopNew; n += 1) {
    const k = r.stuck.findIndex((many) => many > 0)
    if (k >= 0) r.stuck[k] = (r.stuck[k] ?? 1) - 1
    else if (r.startCount.length > 0) {
      dropStarting(r.startAt, r.startCount)
      r.startCell.length = r.startAt.length
    } else leave(false)
  }
  const gone = step.stopStarting + step.stopReady + step.stopNew
  const first = model.cells[r.cells[0] ?? -1]
  if (first && isScheduled(first)) w.free += gone
}
/** Gives up the instance that was started last. */
function dropStarting(at: number[], many: number[]): void {
  const last = many.length - 1
  if (last < 0) return
  many[last] = (many[last] ?? 1) - 1
  if ((many[last] ?? 0) > 0) return
  many.pop()
  at.pop()
}
