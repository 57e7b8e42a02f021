import { moveDisk } from './disk.ts'
import type { Model } from '../model/model.ts'
import { S } from '../model/slots.ts'
import type { PhysicsState } from '../state.ts'
import type { Workspace } from '../workspace.ts'

/**
 * Ends a second of every disk: logs and the like grow, requests (writes, at a database) add their bytes. Each member of a replicated
 * database holds all of its data; elsewhere the instances of a cell divide what comes.
 */
export function moveDisks(ctx: {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}): void {
  const { model, state, w } = ctx
  const { p } = w
  for (let i = 0; i < model.cells.length; i += 1) {
    const c = model.cells[i]
    const station = state.stations[i]
    const size = c ? (p[c.slot + S['disk.size']] ?? 0) : 0
    if (!c || !station || size <= 0) continue
    const runs = station.ready > 0 && w.closed[i] !== 1
    const whole = c.member >= 0 && state.databases[c.database]?.set != null
    const each = (w.wanting[i] ?? 0) / (whole ? 1 : Math.max(1, station.ready))
    const wanted = runs
      ? (p[c.slot + S['disk.growth']] ?? 0) + each * (p[c.slot + S['disk.per_request']] ?? 0)
      : 0
    moveDisk(station.disk, { second: w.second, size, wanted })
  }
}
