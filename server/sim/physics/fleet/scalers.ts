import { decide, follow, recommendation, type ScalingRules } from './autoscaler.ts'
import { divideOver } from './cluster.ts'
import { add, existing } from './fleet.ts'
import type { Model, ScaledModel } from '../model/model.ts'
import { isTouched } from '../paths.ts'
import { observe, usageAt } from './readings.ts'
import { S, SC } from '../model/slots.ts'
import { A, type PhysicsState, sumOf } from '../state.ts'
import type { Workspace } from '../workspace.ts'

const parts: number[] = []
const given: number[] = []
const usual: number[] = []
const seen = { cpu: 0, saturation: 0, ready: 0, requests: 0, waiting: 0 }

function rulesOf(p: Float64Array, slot: number): ScalingRules {
  const of = (place: number) => p[slot + place] ?? 0
  return {
    min: Math.round(of(SC['autoscaler.min'])),
    max: Math.round(of(SC['autoscaler.max'])),
    cpu: of(SC['autoscaler.cpu']),
    saturation: of(SC['autoscaler.saturation']),
    rps: of(SC['autoscaler.rps']),
    queue: of(SC['autoscaler.queue']),
    tolerance: of(SC['autoscaler.tolerance']),
    upRatio: of(SC['autoscaler.up_ratio']),
    upCount: of(SC['autoscaler.up_count']),
    downWindow: of(SC['autoscaler.down_window']),
  }
}

/**
 * How many instances each cell shall have in this second: what the parameters say, or what the component's autoscaler has decided,
 * divided over its cells.
 */
export function moveScalers(model: Model, state: PhysicsState, w: Workspace): void {
  const { p } = w
  for (let i = 0; i < model.cells.length; i += 1)
    w.target[i] = Math.round(p[(model.cells[i]?.slot ?? 0) + S.replicas] ?? 0)
  for (let n = 0; n < model.scaled.length; n += 1) {
    const m = model.scaled[n]
    const scaler = m && state.scalers[n]
    if (!m || !scaler) continue
    const on = p[m.slot + SC['autoscaler.enabled']] === 1
    const replicas = Math.round(p[m.replicas] ?? 0)
    follow(scaler, { second: w.second, on, replicas, set: isTouched(model, m.replicas) })
    if (on && w.second >= scaler.nextAt) {
      scaler.nextAt = w.second + Math.max(1, Math.round(p[m.slot + SC['autoscaler.interval']] ?? 15))
      decideFor(model, state, w, n)
    }
    if (m.cells.length === 1) w.target[m.cells[0] ?? -1] = scaler.wanted
    else divideAmong(w, m, scaler.wanted)
  }
}

function decideFor(model: Model, state: PhysicsState, w: Workspace, n: number): void {
  const m = model.scaled[n]
  const scaler = state.scalers[n]
  const first = state.stations[m?.cells[0] ?? -1]
  if (!m || !scaler || !first) return
  let there = 0
  let ready = 0
  for (const i of m.cells) {
    there += existing(state, i)
    if (isPowered(model, w.p, i)) ready += state.stations[i]?.ready ?? 0
  }
  // What waits for room is there for an autoscaler; what was refused is not.
  if (w.p[m.slot + SC['admission.deny']] !== 1) there = Math.max(there, scaler.wanted)
  const rules = rulesOf(w.p, m.slot)
  const usage = usageAt(scaler.readings, w.second, w.p[m.slot + SC['autoscaler.delay']] ?? 0)
  const liked = recommendation(rules, usage, { wanted: scaler.wanted, existing: there, ready })
  const change = decide(scaler, w.second, { rules, liked })
  if (change > 0) add(first, A.scaledUp, change)
  if (change < 0) add(first, A.scaledDown, -change)
}

function divideAmong(w: Workspace, m: ScaledModel, wanted: number): void {
  // What the cells would be given if nobody had set one of them by itself.
  for (let k = 0; k < m.cells.length; k += 1) given[k] = -1
  given.length = usual.length = m.cells.length
  usual.fill(-1)
  divideOver(Math.round(w.p[m.replicas] ?? 0), { given, usual, group: m.groups }, parts)
  for (let k = 0; k < m.cells.length; k += 1) {
    usual[k] = parts[k] ?? 0
    given[k] = w.target[m.cells[k] ?? -1] ?? 0
  }
  divideOver(wanted, { given, usual, group: m.groups }, parts)
  for (let k = 0; k < m.cells.length; k += 1) w.target[m.cells[k] ?? -1] = parts[k] ?? 0
}

/** Instances of a zone that is down are still there for an autoscaler, but nobody can measure them. */
function isPowered(model: Model, p: Float64Array, cell: number): boolean {
  const zone = model.cells[cell]?.zoneUp ?? -1
  return zone < 0 || (p[zone] ?? 1) === 1
}

/** Autoscalers take a look at the second that has just passed. */
export function watchScaled(model: Model, state: PhysicsState, w: Workspace): void {
  for (let n = 0; n < model.scaled.length; n += 1) {
    const m = model.scaled[n]
    const scaler = m && state.scalers[n]
    if (!m || !scaler) continue
    seen.cpu = seen.saturation = seen.ready = seen.requests = seen.waiting = 0
    let slots = 0
    let busy = 0
    for (let k = 0; k < m.cells.length; k += 1) {
      const i = m.cells[k] ?? -1
      const station = state.stations[i]
      if (!station || !isPowered(model, w.p, i)) continue
      seen.ready += station.ready
      seen.cpu += (w.cpu[i] ?? 0) * station.ready
      seen.requests += w.arrivals[i] ?? 0
      seen.waiting += Math.max(0, station.inSystem - station.busy)
      slots += w.slots[i] ?? 0
      busy += station.busy
    }
    seen.saturation = slots > 0 ? (busy / slots) * seen.ready : 0
    if (m.consumes >= 0) seen.waiting += sumOf(state.stations[m.consumes]?.messages ?? [])
    observe(scaler.readings, { second: w.second, delay: w.p[m.slot + SC['autoscaler.delay']] ?? 0, seen })
  }
}
