import { hashed, purposeHash } from '../random.ts'
import type { ComponentModel, Model } from './model.ts'
import { S, X } from './slots.ts'
import { A, type PhysicsState, type Station } from './state.ts'
import type { Workspace } from './workspace.ts'

const OOM = purposeHash('out-of-memory')
/** Memory swings around its mean: the first instances are killed a little below the limit, all of them well above. */
const OOM_FROM = 0.95
const OOM_WIDTH = 0.15
const STAGGER = 4

/** Adds to a running sum of a component. */
export function add(station: Station, place: number, amount: number): void {
  station.sums[place] = (station.sums[place] ?? 0) + amount
}

/** Instances under way. */
export function starting(station: Station): number {
  let sum = 0
  for (let i = 0; i < station.startCount.length; i += 1) sum += station.startCount[i] ?? 0
  return sum
}

/** A share of the instances goes, with what they hold: their requests fail, their cached items are gone. */
function lose(w: Workspace, c: ComponentModel, station: Station, share: number): void {
  const keepsItems = c.kind !== 'cache' || w.p[c.slot + X.persistent] === 1
  const lost = station.inSystem * share
  add(station, A.lost, lost)
  w.lost[c.index] = (w.lost[c.index] ?? 0) + lost
  station.inSystem -= lost
  station.busy *= 1 - share
  station.backlog *= 1 - share
  for (let i = 0; i < station.waiting.length; i += 1)
    station.waiting[i] = (station.waiting[i] ?? 0) * (1 - share)
  if (share >= 1) station.since.length = station.until.length = station.waiting.length = 0
  if (c.keys && !keepsItems)
    for (let k = 0; k < station.fill.length; k += 1) station.fill[k] = (station.fill[k] ?? 0) * (1 - share)
}

/** Takes `count` ready instances away and starts them anew. */
function restartSome(station: Station, count: number, ready: number): void {
  station.ready -= count
  station.restarts += count
  add(station, A.started, count)
  station.startAt.push(ready)
  station.startCount.push(count)
}

function scale(station: Station, target: number, ready: number): void {
  let spare = station.ready + starting(station) - target
  if (spare < 0) {
    station.startAt.push(ready)
    station.startCount.push(-spare)
    return
  }
  for (let i = station.startCount.length - 1; i >= 0 && spare > 0; i -= 1) {
    const drop = Math.min(spare, station.startCount[i] ?? 0)
    station.startCount[i] = (station.startCount[i] ?? 0) - drop
    spare -= drop
  }
  // Instances taken out finish what they hold.
  station.ready -= Math.min(spare, station.ready)
  if (station.rolling > station.ready) station.rolling = station.ready
}

/** Instances come up, are added, taken away, restarted in turn or killed for their memory; versions roll on; outages begin and end. */
export function moveInstances(model: Model, state: PhysicsState, w: Workspace): void {
  const { p, second } = w
  w.lost.fill(0)
  for (let r = state.rollouts.length - 1; r >= 0; r -= 1) {
    const rollout = state.rollouts[r]
    if (rollout && moveRollout(model, state, rollout)) state.rollouts.splice(r, 1)
  }
  for (let i = 0; i < model.components.length; i += 1) {
    const c = model.components[i]
    const station = state.stations[i]
    if (!c || !station) continue
    const { startAt, startCount } = station
    const target = Math.round(p[c.slot + S.replicas] ?? 0)
    const ready = second + Math.max(1, p[c.slot + S.start_time] ?? 0)
    const keepsItems = c.kind !== 'cache' || p[c.slot + X.persistent] === 1
    for (let n = startAt.length - 1; n >= 0; n -= 1) {
      if ((startAt[n] ?? 0) > second && (startCount[n] ?? 0) > 0) continue
      station.ready += startCount[n] ?? 0
      startAt.splice(n, 1)
      startCount.splice(n, 1)
    }
    if (station.ready + (startAt.length > 0 ? starting(station) : 0) !== target) scale(station, target, ready)
    if (station.rolling < 0) {
      lose(w, c, station, 1)
      station.rolling = 0
      if (station.ready > 0) restartSome(station, station.ready, ready)
    }
    if (station.rolling > 0 && startAt.length === 0 && station.ready > 0) {
      const batch = Math.min(station.rolling, station.ready, Math.max(1, Math.ceil(target / 4)))
      if (c.keys && !keepsItems) {
        const kept = 1 - batch / station.ready
        for (let k = 0; k < station.fill.length; k += 1) station.fill[k] = (station.fill[k] ?? 0) * kept
      }
      station.rolling -= batch
      restartSome(station, batch, ready)
    }
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
    if ((p[c.slot + S.up] ?? 1) < 1 || station.ready === 0) {
      if (station.inSystem > 0 || (c.keys && !keepsItems)) lose(w, c, station, 1)
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

/** Moves a version towards its share, at the cost of the others; true when it is there. */
function moveRollout(
  model: Model,
  state: PhysicsState,
  rollout: { version: number; to: number; perSecond: number },
): boolean {
  const owner = model.components.find((c) => c.versions.some((v) => v.index === rollout.version))
  if (!owner) return true
  const now = state.shares[rollout.version] ?? 0
  const gap = rollout.to - now
  const step = Math.abs(gap) <= rollout.perSecond ? gap : gap > 0 ? rollout.perSecond : -rollout.perSecond
  const next = now + step
  const others = 1 - now
  const siblings = owner.versions.filter((v) => v.index !== rollout.version)
  for (const v of siblings) {
    const share = state.shares[v.index] ?? 0
    state.shares[v.index] = others > 1e-12 ? (share * (1 - next)) / others : (1 - next) / siblings.length
  }
  state.shares[rollout.version] = siblings.length === 0 ? 1 : next
  return step === gap
}
