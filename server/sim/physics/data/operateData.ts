import { restoreTime, startRestore } from './backup.ts'
import type { DatabaseModel } from '../model/databaseModel.ts'
import { D, type DataOrder } from './databaseState.ts'
import { freeDisk } from './disk.ts'
import { candidateOf, fence, fenceable, rebuild, startElection } from './failover.ts'
import { isReached } from './members.ts'
import type { ComponentModel, Model } from '../model/model.ts'
import { OPERATIONS } from '../operations.ts'
import { S, X } from '../model/slots.ts'
import type { PhysicsState } from '../state.ts'
import type { Workspace } from '../workspace.ts'

interface Ctx {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}
const ORDERS: readonly string[] = ['failover', 'fence', 'rebuild-follower', 'restore', 'free-disk']
export const isDataOperation = (operation: string): boolean => ORDERS.includes(operation)

/** Which member an operation names; −1: it is none of this database. */
const memberOf = (d: DatabaseModel, name: unknown): number =>
  typeof name === 'string' ? d.names.indexOf(name) : -1

/** Why an operation on data cannot be done in this system, which argument is to blame, and what could be named instead. */
export interface Misfit {
  readonly argument: string
  readonly message: string
  readonly wayOut: string
}
/** Whether an operation on data has what it needs: members, a disk, a backup of that name. Undefined: it has, or it is not about data. */
export function dataMisfit(
  c: ComponentModel,
  call: { readonly operation: string; readonly args: Readonly<Record<string, unknown>> },
): Misfit | undefined {
  const d = c.database
  const argument = call.operation === 'failover' ? 'to' : call.operation === 'restore' ? 'backup' : 'node'
  const named = call.args[argument]
  switch (call.operation) {
    case 'failover':
    case 'fence':
    case 'rebuild-follower':
      if (!d || d.electable === 0)
        return {
          argument,
          message: `${c.id} has no followers.`,
          wayOut: 'Give it replicas of 2 or more, and writes on a call to it.',
        }
      return named === undefined || memberOf(d, named) >= 0
        ? undefined
        : { argument, message: `${c.id} has no such member.`, wayOut: `Use one of: ${d.names.join(', ')}.` }
    case 'restore':
      return d?.backups.some((b) => b.name === named)
        ? undefined
        : {
            argument,
            message: `${c.id} has no such backup.`,
            wayOut: d?.backups.length
              ? `Use one of: ${d.backups.map((b) => b.name).join(', ')}.`
              : 'Add it to `backups`.',
          }
    case 'free-disk':
      return c.disk
        ? undefined
        : { argument: 'to', message: `${c.id} has no disk.`, wayOut: 'Give it disk.size.' }
    default:
      return undefined
  }
}

/** Begins what was asked for since the last second. What does not fit the state (a failover without a follower) changes nothing. */
export function beginOrders(ctx: Ctx): void {
  const { state } = ctx
  if (state.orders.length === 0) return
  for (const order of state.orders) begin(ctx, order)
  state.orders = []
}

function begin(ctx: Ctx, order: DataOrder): void {
  const { model, state, w } = ctx
  const { p, second } = w
  const { args } = order
  const c = model.components[order.component]
  const cells = c?.cells ?? []
  const slot = model.cells[cells[0] ?? -1]?.slot ?? 0
  const d = c?.database
  const s = d && state.databases[d.index]
  const set = s?.set
  const used = d ? (state.stations[d.members[set?.primary ?? 0] ?? -1]?.disk.used ?? 0) : 0
  const copying = (bytes: number) => restoreTime(bytes, p[slot + S['disk.bandwidth']] ?? 1)
  switch (order.operation) {
    case 'free-disk': {
      const { to, over } = OPERATIONS['free-disk'].args.parse(args)
      for (const i of cells) {
        const station = state.stations[i]
        const size = p[(model.cells[i]?.slot ?? 0) + S['disk.size']] ?? 0
        if (station) freeDisk(station.disk, { second, to: to * size, over })
      }
      return
    }
    case 'restore': {
      const which = d?.backups.findIndex((b) => b.name === args['backup']) ?? -1
      if (!d || !s || which < 0) return
      const bytes = (d.backups[which]?.size ?? 0) || used
      startRestore(s.backups, { backup: which, second, seconds: copying(bytes) })
      if (set) set.election = null
      return
    }
    case 'failover': {
      const { to, wait } = OPERATIONS.failover.args.parse(args)
      if (!d || !set || set.election || s.backups.restoring >= 0) return
      const reached = d.members.map((_, m) => (isReached(ctx, d, m) ? 1 : 0))
      const candidate =
        to === undefined ? candidateOf(set, { reached, electable: d.electable }) : memberOf(d, to)
      if (candidate < 0 || candidate === set.primary) return
      const told = wait && reached[set.primary] === 1
      startElection(set, { second, candidate, election: p[slot + X.election] ?? 10, wait: told })
      s.sums[D.started] = (s.sums[D.started] ?? 0) + 1
      return
    }
    case 'fence': {
      const { node, release } = OPERATIONS.fence.args.parse(args)
      if (d && set) fence(set, node === undefined ? fenceable(set) : memberOf(d, node), !release)
      return
    }
    case 'rebuild-follower': {
      const { node, over } = OPERATIONS['rebuild-follower'].args.parse(args)
      if (!d || !set) return
      const lost = set.role.findIndex((role) => role === 'deposed' || role === 'diverged')
      const which = node === undefined ? lost : memberOf(d, node)
      if (which >= 0) rebuild(set, which, Math.max(over, used > 0 ? copying(used) : 0))
    }
  }
}

/** Begins a rolling restart of a replicated database: one member after the other, the primary last. False: it has no members. */
export function rollMembers(state: PhysicsState, c: ComponentModel): boolean {
  const d = c.database
  const s = d && state.databases[d.index]
  if (!d || !s?.set) return false
  const { primary } = s.set
  s.rolling = [...d.members.keys()].filter((m) => m !== primary)
  s.rolling.push(primary)
  return true
}
