import { limitOf } from './queue/adaptive.ts'
import { fetchesPerMiss, hitRatio } from './data/cache.ts'
import { blendClasses, classesAt } from './classes/classes.ts'
import { prepareRoom } from './data/dataFailures.ts'
import { hold } from './calls/hold.ts'
import type { CellModel, Model } from './model/model.ts'
import { refuseBeyondQuota } from './data/limits.ts'
import { UNLIMITED } from './parameters.ts'
import { isUp } from './fleet/instances.ts'
import { contention } from './queue/queueing.ts'
import { S, V, X } from './model/slots.ts'
import { beginSearch, narrow, searchOf } from './queue/search.ts'
import { type PhysicsState, sumOf } from './state.ts'
import type { Workspace } from './workspace.ts'

interface Ctx {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}

const search = searchOf()

/** A cell with less than this of a slot answers nobody: all its versions are drained, or next to all. */
const LEAST_SLOTS = 1e-3

/** Errors, speed and capacity of a component's instances, weighted over the versions that get traffic. Returns the share of instances in use. */
function blend(c: CellModel, p: Float64Array, w: Workspace): { used: number; slow: number } {
  const i = c.index
  const first = i * 5
  const errors = c.slot + S['errors.404']
  for (let s = 0; s < 5; s += 1) w.ownFail[first + s] = p[errors + s] ?? 0
  w.memoryScale[i] = 1
  let used = 1
  let slow = 1
  if (c.versions.length > 0) {
    used = slow = 0
    let memory = 0
    let sum = 0
    for (const v of c.versions) {
      const share = p[v.slot + V.share] ?? 0
      const weight = share * (1 - (p[v.slot + V.drained] ?? 0))
      sum += share
      used += weight
      slow += weight * (p[v.slot + V.service_time_scale] ?? 1)
      memory += weight * (p[v.slot + V.memory_scale] ?? 1)
      const own = v.slot + V['errors.404']
      for (let s = 0; s < 5; s += 1)
        w.ownFail[first + s] = (w.ownFail[first + s] ?? 0) + weight * (p[own + s] ?? 0)
    }
    if (used > 0) {
      slow /= used
      w.memoryScale[i] = memory / used
      // Errors of versions are among the requests that reach them.
      for (let s = 0; s < 5; s += 1) {
        const base = p[errors + s] ?? 0
        w.ownFail[first + s] = base + ((w.ownFail[first + s] ?? 0) - base) / used
      }
      used /= Math.max(sum, 1e-9)
    } else slow = 1
  }
  let all = 0
  for (let s = 0; s < 5; s += 1) all += w.ownFail[first + s] ?? 0
  if (all > 1) for (let s = 0; s < 5; s += 1) w.ownFail[first + s] = (w.ownFail[first + s] ?? 0) / all
  return { used, slow }
}

/**
 * First pass of a second, callees before callers: what each cell can do now (slots, own service time, hit ratio, capacity) and, from
 * the flows of the second before, how long its requests take.
 */
export function prepare(ctx: Ctx, c: CellModel): void {
  const { state, w } = ctx
  const { p } = w
  const i = c.index
  const station = state.stations[i]
  if (!station) return
  const { used, slow } = blend(c, p, w)
  let slots = station.ready * (p[c.slot + S.concurrency] ?? 1) * used
  let places = p[c.slot + S.queue_limit] ?? 0
  // A worker or job takes no more than it can hold; what it has taken is never refused.
  if (c.supply !== null) places = UNLIMITED
  if (c.kind === 'database') {
    const connections = p[c.slot + X.connections] ?? UNLIMITED
    places = Math.min(places, Math.max(0, connections - slots))
    slots = Math.min(slots, connections)
  }
  w.allSlots[i] = slots
  if (p[c.slot + S.adaptive] === 1) {
    const most = limitOf(station, slots)
    if (c.consumes < 0) places = Math.min(places, Math.max(0, most - slots))
    slots = Math.min(slots, most)
  }
  w.backlog[i] = station.backlog
  w.alive[i] = slots > LEAST_SLOTS && w.closed[i] !== 1 && isUp(p, c) ? 1 : 0
  w.slots[i] = slots
  w.places[i] = places
  let service = (p[c.slot + S.service_time] ?? 0) * slow * contention(p, c.slot, station.crowd)
  if (c.kind === 'object-store')
    service += (state.stations[c.first]?.size ?? 0) / (p[c.slot + X.bandwidth] ?? 1)
  w.service[i] = Math.max(1e-6, service)
  const coming = c.kind === 'queue' ? arrivalsOf(ctx, c) : 0
  if (coming > 0) {
    // What finds no place among the messages is answered 503; what fails anyway needs none.
    const room = Math.max(
      0,
      (p[c.slot + X.maxMessages] ?? 0) - sumOf(state.stations[c.first]?.messages ?? []),
    )
    let kept = 1
    for (let s = 0; s < 5; s += 1) kept -= w.ownFail[i * 5 + s] ?? 0
    w.ownFail[i * 5 + 3] = (w.ownFail[i * 5 + 3] ?? 0) + Math.max(0, kept - room / coming)
  }
  refuseBeyondQuota(ctx, c)
  prepareRoom(ctx, c, station)
  if (c.keys) {
    const second = {
      lookups: station.starts,
      ok: station.fetchOk,
      time: station.fetchTime,
      full: station.lruAge > 0,
    }
    w.hit[i] = w.alive[i] === 1 ? hitRatio(c.keys, station.fill, second) : 0
    w.fetches[i] = p[c.slot + X.coalesce] === 1 ? fetchesPerMiss(c.keys, station.fill, second) : 1
  }
  if (w.classes?.model.carries[i] === true) {
    classesAt(w.classes, i, { numbers: w, p })
    blendClasses(w.classes, i, w)
  }
  if (w.alive[i] !== 1) {
    w.capacity[i] = 0
    hold(ctx, c, 0)
    return
  }
  w.capacity[i] = capacityOf(ctx, c, slots, station.starts)
  w.foreseen[i] = -1
  w.sure[i] = sureShare(ctx, c)
}

/** Share of what comes that is sent by callers with more work than slots, as the second before has left them; 0 where nothing waits. */
function sureShare({ model, state }: Ctx, c: CellModel): number {
  const station = state.stations[c.index]
  if (c.calledBy.length === 0 || !station || station.inSystem - station.busy < 1) return 0
  let all = 0
  let sure = 0
  for (let n = 0; n < c.reachedOver.length; n += 1) all += state.arms.flow[c.reachedOver[n]?.index ?? -1] ?? 0
  for (let n = 0; n < c.calledBy.length; n += 1) {
    const arm = c.calledBy[n]
    const caller = state.stations[model.calls[arm?.call ?? -1]?.from ?? -1]
    if (!arm || !caller || caller.backlog <= 0) continue
    const certain = caller.backlog / (caller.backlog + Math.sqrt(caller.busy))
    sure += certain * (state.arms.flow[arm.index] ?? 0)
  }
  return all > 0 ? Math.min(1, sure / all) : 0
}

/** Arrivals of the second before at all cells of a component. */
function arrivalsOf({ model, state }: Ctx, c: CellModel): number {
  if (c.alone) return state.stations[c.index]?.arrivals ?? 0
  let sum = 0
  for (const i of model.components[c.component]?.cells ?? []) sum += state.stations[i]?.arrivals ?? 0
  return sum
}

/**
 * The most requests a second a cell can finish: where rate × time held reaches its slots. Time held grows with the rate. Leaves the time
 * held at `now`, or at that capacity if it is less.
 */
function capacityOf(ctx: Ctx, c: CellModel, slots: number, now: number): number {
  let guess = slots / hold(ctx, c, now)
  const lock = c.kind === 'database' && (ctx.w.p[c.slot + X.lockTime] ?? 0) > 0
  if (c.calls.length === 0 && !lock) return guess
  // Far from full: nobody needs to know exactly.
  if (guess > 4 * now && guess > 4 * (ctx.state.stations[c.index]?.arrivals ?? 0)) return guess
  guess = beginSearch(search, { guess, most: slots / (ctx.w.service[c.index] ?? 1) })
  for (let n = 0; n < 12; n += 1) {
    const next = slots / hold(ctx, c, guess)
    const near = Math.abs(next - guess) < 1e-3 * guess
    guess = near ? next : narrow(search, next)
    if (near) break
  }
  hold(ctx, c, Math.min(now, guess))
  return guess
}
