import { hashed, purposeHash } from '../../random.ts'
import { ask, grant, RETRY } from './cluster.ts'
import { add, existing, forgetItems, freeSlots, isScheduled, isUp, keepsItems, starting } from './fleet.ts'
import type { CellModel, Model } from '../model/model.ts'
import { moveRollouts } from './rollouts.ts'
import { moveScalers } from './scalers.ts'
import { S, SC } from '../model/slots.ts'
import { A, type PhysicsState, type Station } from '../state.ts'
import type { Workspace } from '../workspace.ts'

const OOM = purposeHash('out-of-memory')
/** Memory swings around its mean: the first instances are killed a little below the limit, all of them well above. */
const OOM_FROM = 0.95
const OOM_WIDTH = 0.15
const STAGGER = 4
const got = grant()

export { add, isUp, starting } from './fleet.ts'

/** A share of the instances goes, with what they hold: their requests fail, their cached items are gone. */
function lose(w: Workspace, c: CellModel, station: Station, share: number): void {
  const lost = station.inSystem * share
  add(station, A.lost, lost)
  w.lost[c.index] = (w.lost[c.index] ?? 0) + lost
  station.inSystem -= lost
  station.busy *= 1 - share
  station.backlog *= 1 - share
  station.scatter *= (1 - share) * (1 - share)
  for (let i = 0; i < station.waiting.length; i += 1)
    station.waiting[i] = (station.waiting[i] ?? 0) * (1 - share)
  if (share >= 1) station.since.length = station.until.length = station.waiting.length = 0
  forgetItems(w, c, station, share)
}

/** Takes `count` ready instances away and starts them anew. */
function restartSome(station: Station, count: number, ready: number): void {
  station.ready -= count
  station.restarts += count
  add(station, A.started, count)
  station.startAt.push(ready)
  station.startCount.push(count)
}

/** Instances that somebody stops are gone; new ones take their place unless they are refused. */
function replaceSome(
  w: Workspace,
  c: CellModel,
  station: Station,
  o: { count: number; ready: number },
): void {
  if (!isScheduled(c) || w.p[c.slot + SC['admission.deny']] !== 1) {
    restartSome(station, o.count, o.ready)
    return
  }
  station.ready -= o.count
  w.free += o.count
  station.retryAt = w.second + RETRY
  add(station, A.refused, o.count)
}

/** Starts what is missing, as far as it is let and finds room, and takes away what is too much. Returns how many there are then. */
function scale(w: Workspace, c: CellModel, station: Station, o: { there: number; ready: number }): number {
  const target = w.target[c.index] ?? 0
  let spare = o.there - target
  if (spare < 0) {
    let some = -spare
    if (isScheduled(c)) {
      if (w.second < station.retryAt) return o.there
      ask({ count: some, deny: w.p[c.slot + SC['admission.deny']] === 1, free: w.free }, got)
      some = got.started
      w.free -= some
      add(station, A.refused, got.refused)
      add(station, A.roomless, got.roomless)
      if (got.refused + got.roomless > 0) station.retryAt = w.second + RETRY
    }
    if (some <= 0) return o.there
    station.startAt.push(o.ready)
    station.startCount.push(some)
    return o.there + some
  }
  if (isScheduled(c)) w.free += spare
  for (let i = station.startCount.length - 1; i >= 0 && spare > 0; i -= 1) {
    const drop = Math.min(spare, station.startCount[i] ?? 0)
    station.startCount[i] = (station.startCount[i] ?? 0) - drop
    spare -= drop
  }
  // Instances taken out finish what they hold.
  station.ready -= Math.min(spare, station.ready)
  if (station.rolling > station.ready) station.rolling = station.ready
  return target
}

/** Instances whose start takes no longer come up. */
function comeUp(station: Station, second: number): void {
  const { startAt, startCount } = station
  for (let n = startAt.length - 1; n >= 0; n -= 1) {
    if ((startAt[n] ?? 0) > second && (startCount[n] ?? 0) > 0) continue
    station.ready += startCount[n] ?? 0
    startAt.splice(n, 1)
    startCount.splice(n, 1)
  }
}

/** A rolling restart takes a quarter at a time, less what is missing anyway, once all that were started are up. */
function rollOn(w: Workspace, c: CellModel, station: Station, ready: number): void {
  const target = w.target[c.index] ?? 0
  const quarter = Math.max(1, Math.ceil(target / 4))
  const batch = Math.min(station.rolling, station.ready, quarter - Math.max(0, target - station.ready))
  if (batch <= 0) return
  forgetItems(w, c, station, batch / station.ready)
  station.rolling -= batch
  replaceSome(w, c, station, { count: batch, ready })
}

/** Instances come up, are added, taken away, restarted in turn or killed for their memory; versions roll on; outages begin and end. */
export function moveInstances(model: Model, state: PhysicsState, w: Workspace): void {
  const { p, second } = w
  w.lost.fill(0)
  for (let i = 0; i < state.stations.length; i += 1) {
    const station = state.stations[i]
    if (station && station.startAt.length > 0) comeUp(station, second)
  }
  moveScalers(model, state, w)
  w.free = freeSlots(model, state, p)
  w.inRollout.fill(0)
  if (state.rollouts.length > 0) moveRollouts({ model, state, w })
  for (let i = 0; i < model.cells.length; i += 1) {
    const c = model.cells[i]
    const station = state.stations[i]
    if (!c || !station) continue
    const target = w.target[i] ?? 0
    const ready = second + Math.max(1, p[c.slot + S.start_time] ?? 0)
    let there = station.ready + starting(station)
    if (w.inRollout[c.component] === 1) there = existing(state, i)
    else if (there !== target) there = scale(w, c, station, { there, ready })
    add(station, A.wanted, target)
    if (there < target) add(station, A.pending, target - there)
    if (station.rolling < 0) {
      lose(w, c, station, 1)
      station.rolling = 0
      if (station.ready > 0) replaceSome(w, c, station, { count: station.ready, ready })
    }
    if (station.rolling > 0 && station.startAt.length === 0 && station.ready > 0) rollOn(w, c, station, ready)
    if (station.memory > OOM_FROM && station.ready > 0) {
      const hazard = Math.min(1, (station.memory - OOM_FROM) / OOM_WIDTH)
      const killed = Math.min(
        station.ready,
        Math.floor(station.ready * hazard + hashed(state.seed, OOM + i, second)),
      )
      if (killed > 0) {
        add(station, A.oom, killed)
        lose(w, c, station, killed / station.ready)
        // Killed instances come back one after another, not in step: the first one up meets the load of all.
        for (let g = 0; g < STAGGER; g += 1) {
          const some = Math.floor((killed + g) / STAGGER)
          const delay = (ready - second) * (1 + 0.5 * hashed(state.seed, OOM + 7919 * (i + 1) + g, second))
          if (some > 0) restartSome(station, some, second + delay)
        }
      }
    }
    if (!isUp(p, c) || station.ready === 0) {
      if (station.inSystem > 0 || (c.keys && !keepsItems(p, c))) lose(w, c, station, 1)
    }
    if (station.warmUntil > second && c.keys) {
      const left = station.warmUntil - second
      for (let k = 0; k < station.fill.length; k += 1) {
        const f = station.fill[k] ?? 0
        if (f < station.warmTo) station.fill[k] = f + (station.warmTo - f) / left
      }
    }
  }
}
