import { NEVER } from '../never.ts'

/** A copy of a database that could be put back: what the scenario says of it. */
export interface BackupModel {
  readonly name: string
  readonly title: string
  /** Age when the World begins (s). */
  readonly age: number
  /** A new one is made this often (s); 0: never again. */
  readonly every: number
  /** Bytes; 0: what the database holds when it is put back. */
  readonly size: number
  /** Whether putting it back works. */
  readonly works: boolean
}
/** One backup's moving state. */
export interface BackupState {
  takenAt: number
  /** When the next one is due; NEVER: none is. */
  nextAt: number
  /** What the data have and the backup has not: writes, the seconds in which they came, and seconds before the World began. */
  writes: number
  seconds: number
  before: number
}
/** Backups of a database, a restore under way, and damage to its data. */
export interface Backups {
  list: BackupState[]
  /** Place of the backup being put back, and when that ends; −1: none. */
  restoring: number
  restoreUntil: number
  begunAt: number
  /** Writes taken since the World began, and the seconds in which it ran. */
  writes: number
  busy: number
  /** Since when data have been damaged, and how much of the damage a restore has undone. */
  damagedSince: number
  healed: number
  /** Writes lost by restores, and the time they span. */
  lost: number
  lostSeconds: number
}
export const backups = (models: readonly BackupModel[]): Backups => ({
  list: models.map(() => ({ takenAt: NEVER, nextAt: NEVER, writes: 0, seconds: 0, before: 0 })),
  restoring: -1,
  restoreUntil: NEVER,
  begunAt: NEVER,
  writes: 0,
  busy: 0,
  damagedSince: NEVER,
  healed: 0,
  lost: 0,
  lostSeconds: 0,
})

/** As a second begins: the World's first second dates the backups; new ones are made while the database runs; damage is dated. */
export function moveBackups(
  models: readonly BackupModel[],
  b: Backups,
  now: { readonly second: number; readonly runs: boolean; readonly damaged: number },
): void {
  const { second } = now
  if (b.begunAt === NEVER) {
    b.begunAt = second
    b.list.forEach((state, n) => {
      const every = models[n]?.every ?? 0
      state.before = models[n]?.age ?? 0
      state.takenAt = second - state.before
      if (every > 0) state.nextAt = second + every - (state.before % every)
    })
  }
  if (now.runs) b.busy += 1
  b.healed = Math.min(b.healed, now.damaged)
  if (now.damaged <= b.healed) b.damagedSince = NEVER
  else if (b.damagedSince === NEVER) b.damagedSince = second
  for (let n = 0; n < b.list.length; n += 1) {
    const state = b.list[n]
    if (!state || state.nextAt === NEVER || state.nextAt > second) continue
    state.nextAt += Math.max(1, models[n]?.every ?? 1)
    // One that is due while nothing runs is left out; the rhythm stays.
    if (!now.runs) continue
    state.takenAt = second
    state.writes = state.seconds = state.before = 0
  }
}

/** Ends a second in which the database took `writes`. */
export function countWrites(b: Backups, writes: number): void {
  b.writes += writes
  for (let n = 0; n < b.list.length; n += 1) {
    const state = b.list[n]
    if (!state) continue
    state.writes += writes
    state.seconds += 1
  }
}

/** Begins to put a backup of `bytes` back; the database is down until that has ended. */
export function startRestore(b: Backups, o: { backup: number; second: number; seconds: number }): void {
  b.restoring = o.backup
  b.restoreUntil = o.second + Math.max(1, o.seconds)
}

/** Seconds it takes to put `bytes` back at `throughput` (bytes a second). */
export const restoreTime = (bytes: number, throughput: number): number => bytes / Math.max(1, throughput)

/**
 * Ends a restore that is due. One that works takes the data back to when the backup was taken: what was written since is lost, and damage
 * done since is undone. Writes before the World began count at their mean rate since then. One that does not work leaves everything as it was.
 */
export function endRestore(
  models: readonly BackupModel[],
  b: Backups,
  now: { readonly second: number; readonly damaged: number },
): 'none' | 'done' | 'failed' {
  if (b.restoring < 0 || now.second < b.restoreUntil) return 'none'
  const model = models[b.restoring]
  const state = b.list[b.restoring]
  b.restoring = -1
  b.restoreUntil = NEVER
  if (!model?.works || !state) return 'failed'
  const { writes, seconds, before, takenAt } = state
  b.lost += writes + (b.busy > 0 ? (b.writes / b.busy) * before : 0)
  b.lostSeconds += seconds + before
  for (const other of b.list) {
    other.writes = Math.max(0, other.writes - writes)
    other.seconds = Math.max(0, other.seconds - seconds)
    other.before = Math.max(0, other.before - before)
  }
  if (b.damagedSince > NEVER && takenAt < b.damagedSince) {
    b.healed = now.damaged
    b.damagedSince = NEVER
  }
  return 'done'
}
