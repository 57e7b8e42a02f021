import { SLICE_PARAMETERS } from '../parameters/slice.ts'
import type { SliceModel } from '../model/classModel.ts'
import type { CellModel } from '../model/model.ts'
import { S, V, X } from '../model/slots.ts'
import { ALL, type Reading } from './readArms.ts'
import { callsOf } from './readCalls.ts'
import type { WalkStation, WalkVersion } from './walk.ts'

const SLICE = Object.keys(SLICE_PARAMETERS)
const ERRORS = SLICE.indexOf('errors.404')
const SLOWER = SLICE.indexOf('service_time_scale')

/** A cell as one class of requests (`kind`), or all of them, found it in this second. */
export function stationOf(ctx: Reading, c: CellModel, kind: number): WalkStation {
  const { state, w } = ctx
  const { p } = w
  const i = c.index
  const space = kind !== ALL && w.classes?.model.carries[i] === true ? w.classes : null
  const station = state.stations[i]
  const up = w.alive[i] === 1
  const chance = up ? (w.waitChance[i] ?? 0) : 0
  const waits = (w.capacity[i] ?? 0) > 0 && p[c.slot + S.lifo] !== 1
  const at = space ? i * space.many + kind : i
  const five = (list: Float64Array) => Array.from(list.subarray(at * 5, at * 5 + 5))
  // A write waits until a majority has it.
  const replicating = c.database < 0 ? 0 : (w.writeWait[i] ?? 0) * (station?.writeShare ?? 0)
  const locks = (w.lock[i] ?? 0) > 0
  return {
    component: c.component,
    cell: i,
    nodes: Math.max(0, Math.round(station?.ready ?? 0)),
    up,
    rate: w.arrivals[i] ?? 0,
    fail: five(space ? space.fail : w.fail),
    own: five(space ? space.own : w.ownFail),
    versions: versionsOf(ctx, c, space ? (space.model.taken[i]?.[kind] ?? []).map((x) => x.slice) : []),
    waitChance: chance,
    waitMean: chance > 0 ? (w.waitMean[i] ?? 0) / chance : 0,
    backlogLow: waits ? Math.min(1000, w.waitLo[i] ?? 0) : 0,
    backlogHigh: waits ? Math.min(1000, w.waitHi[i] ?? 0) : 0,
    service: (w.service[i] ?? 0) * (space ? slownessOf(ctx, { i, kind }) : 1) + replicating,
    cv: p[c.slot + S.cv] ?? 1,
    lockShare: locks ? (p[c.slot + X.lockShare] ?? 0) : 0,
    lockTime: locks ? (w.lock[i] ?? 0) : 0,
    hit: c.keys ? (w.hit[i] ?? 0) : -1,
    fetches: w.fetches[i] ?? 1,
    calls: callsOf(ctx, c, space ? kind : ALL),
  }
}

/** Own time of a class against the mean of what is inside. */
function slownessOf({ w }: Reading, o: { readonly i: number; readonly kind: number }): number {
  const space = w.classes
  if (!space) return 1
  let inside = 0
  let slow = 0
  for (let k = 0; k < space.many; k += 1) {
    const at = o.i * space.many + k
    inside += space.inside[at] ?? 0
    slow += (space.inside[at] ?? 0) * (space.slow[at] ?? 1)
  }
  const own = space.slow[o.i * space.many + o.kind] ?? 1
  return slow > 1e-9 ? (own * inside) / slow : 1
}

/** The versions of a cell by their traffic, with what slices add for those they are about. */
function versionsOf({ w }: Reading, c: CellModel, slices: readonly SliceModel[]): WalkVersion[] {
  const { p } = w
  const weight = (slot: number) => (p[slot + V.share] ?? 0) * (1 - (p[slot + V.drained] ?? 0))
  const all = c.versions.reduce((sum, v) => sum + weight(v.slot), 0)
  if (all <= 0) return []
  const about = (slot: number) => slices.filter((x) => x.versions.length === 0 || x.versions.includes(slot))
  const scale = (slot: number) =>
    about(slot).reduce(
      (product, x) => product * (p[x.slot + SLOWER] ?? 1),
      p[slot + V.service_time_scale] ?? 1,
    )
  const mean = c.versions.reduce((sum, v) => sum + (weight(v.slot) / all) * scale(v.slot), 0)
  const base = c.slot + S['errors.404']
  return c.versions.map((v) => ({
    index: v.index,
    weight: weight(v.slot) / all,
    scale: mean > 0 ? scale(v.slot) / mean : 1,
    own: [0, 1, 2, 3, 4].map((s) =>
      about(v.slot).reduce(
        (sum, x) => sum + (p[x.slot + ERRORS + s] ?? 0),
        (p[base + s] ?? 0) + (p[v.slot + V['errors.404'] + s] ?? 0),
      ),
    ),
  }))
}
