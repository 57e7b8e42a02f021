import { type Backups, backups } from './backup.ts'
import type { DatabaseModel } from '../model/databaseModel.ts'
import { replicaSet, type ReplicaSet } from './failover.ts'

/** Since the last sample: writes; reads, and the ages of what they saw; what failed for want of a primary; and happenings. */
export const D = {
  writes: 0,
  reads: 1,
  age: 2,
  refused: 3,
  started: 4,
  promoted: 5,
  lost: 6,
  failed: 7,
  diverged: 8,
  restored: 9,
  unrestored: 10,
  noRoom: 11,
  damaged: 12,
} as const
const PLACES = 13

/** One database's moving state, beside the stations of its cells. */
export interface DatabaseState {
  /** Who leads and who follows; null: nothing does. */
  set: ReplicaSet | null
  backups: Backups
  /** Members a rolling restart has still to do. */
  rolling: number[]
  /** As of the last second: 1 when a primary takes writes; followers that answer; the greatest lag among them (s), null: none. */
  hasPrimary: 0 | 1
  followers: number
  lag: number | null
  sums: number[]
  happened: number[]
}
const zeros = (): number[] => Array.from({ length: PLACES }, () => 0)

/** A database at rest. */
export const databaseState = (d: DatabaseModel): DatabaseState => ({
  set: d.electable > 0 ? replicaSet(d.members.length) : null,
  backups: backups(d.backups),
  rolling: [],
  hasPrimary: 1,
  followers: 0,
  lag: null,
  sums: zeros(),
  happened: zeros(),
})
/** Begins a new sample of a database. */
export function resetDatabase(s: DatabaseState): void {
  s.happened = s.sums
  s.sums = zeros()
}

/** An operation on data that was asked for, to be begun with the next second: what it does depends on the parameters of then. */
export interface DataOrder {
  readonly component: number
  readonly operation: string
  readonly args: Readonly<Record<string, unknown>>
}
