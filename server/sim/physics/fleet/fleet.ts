import type { CellModel, Model } from '../model/model.ts'
import { UNLIMITED } from '../parameters.ts'
import { S, X } from '../model/slots.ts'
import type { PhysicsState, Station } from '../state.ts'
import type { Workspace } from '../workspace.ts'

/** Whether a cell can be reached: neither it nor its zone is down. */
export const isUp = (p: Float64Array, c: CellModel): boolean =>
  (p[c.slot + S.up] ?? 1) === 1 && (c.zoneUp < 0 || (p[c.zoneUp] ?? 1) === 1)

/** Adds to a running sum of a cell. */
export function add(station: Station, place: number, amount: number): void {
  station.sums[place] = (station.sums[place] ?? 0) + amount
}

/** Instances under way, not counting those of a rollout. */
export function starting(station: Station): number {
  let sum = 0
  for (let i = 0; i < station.startCount.length; i += 1) sum += station.startCount[i] ?? 0
  return sum
}

/** Instances of a cell that take room: ready, on their way, or crashing again and again. */
export function existing(state: PhysicsState, cell: number): number {
  const station = state.stations[cell]
  if (!station) return 0
  let sum = station.ready + starting(station)
  for (let r = 0; r < state.rollouts.length; r += 1) {
    const rollout = state.rollouts[r]
    const k = rollout?.cells.indexOf(cell) ?? -1
    if (!rollout || k < 0) continue
    sum += rollout.stuck[k] ?? 0
    for (let i = 0; i < rollout.startCell.length; i += 1)
      if (rollout.startCell[i] === k) sum += rollout.startCount[i] ?? 0
  }
  return sum
}

/** Services and workers share the machines of the cluster and ask an admission policy; other kinds have machines of their own. */
export const isScheduled = (c: CellModel): boolean => c.kind === 'service' || c.kind === 'worker'

/** Room for further instances of services and workers. */
export function freeSlots(model: Model, state: PhysicsState, p: Float64Array): number {
  const slots = p[model.cluster] ?? UNLIMITED
  if (slots >= UNLIMITED) return UNLIMITED
  let used = 0
  for (let i = 0; i < model.cells.length; i += 1) {
    const c = model.cells[i]
    if (c && isScheduled(c)) used += existing(state, i)
  }
  return slots - used
}

/** Whether the items of a cell survive its instances. */
export const keepsItems = (p: Float64Array, c: CellModel): boolean =>
  c.kind !== 'cache' || p[c.slot + X.persistent] === 1

/** Instances taken out in turn finish what they hold, but take their cached items along. */
export function forgetItems(w: Workspace, c: CellModel, station: Station, share: number): void {
  if (!c.keys || keepsItems(w.p, c)) return
  for (let k = 0; k < station.fill.length; k += 1) station.fill[k] = (station.fill[k] ?? 0) * (1 - share)
}
