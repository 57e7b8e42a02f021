import type { ExerciseId, SeatId, TeamId, WallMs } from '../../shared/ids.ts'
import type { Phase, Role } from '../../shared/roles.ts'
import type { SealedEntry } from './entry.ts'

/** The team every exercise belongs to as long as nobody made another one. */
export const DEFAULT_TEAM = 'tm_default0' as TeamId

/** What is known of an exercise without reading its log. `source` is the whole scenario as it was at hosting. */
export interface ExerciseMeta {
  readonly id: ExerciseId
  readonly team: TeamId
  readonly name: string
  readonly codename: string
  readonly scenarioHash: string
  readonly source: Readonly<Record<string, string>>
  readonly engine: string
  readonly createdAt: WallMs
}

/** A summary of where the log stands, so that doors and lists need not open the exercise. */
export interface Status {
  readonly phase: Phase
  readonly seats: readonly { readonly id: SeatId; readonly name: string; readonly roles: readonly Role[] }[]
}

/** A seat and the SHA-256 of the token that opens it; the token itself is never stored. */
export interface SeatKey {
  readonly seat: SeatId
  readonly tokenHash: string
}

export interface NewExercise {
  readonly meta: ExerciseMeta
  readonly joinCodeHash: string
  readonly status: Status
  readonly first: SealedEntry
}

/** One transaction: all of it is on disk, or none of it. */
export interface Append {
  readonly exercise: ExerciseId
  readonly entries: readonly SealedEntry[]
  readonly status?: Status | undefined
  readonly admit?: SeatKey | undefined
  readonly revoke?: readonly SeatId[] | undefined
}

/** Where the log of an exercise stops being trustworthy. */
export interface Damage {
  readonly lastGood: number
  readonly why: string
}

export interface StoredExercise {
  readonly meta: ExerciseMeta
  readonly status: Status
  readonly quarantined: Damage | null
}

export interface Snapshot {
  readonly n: number
  readonly engine: string
  /** The World as JSON text. */
  readonly world: string
}

/** An exercise's log, checked entry by entry: `entries` ends with the last good one. */
export interface LoadedLog {
  readonly entries: readonly SealedEntry[]
  readonly damage: Damage | null
  /** Newest first, none of them beyond the last good entry. */
  readonly snapshots: readonly Snapshot[]
}

export interface HeldSeat {
  readonly exercise: ExerciseId
  readonly seat: SeatId
}

/**
 * Where exercises are kept. Every promise that settles well means "on disk"; every one that rejects means
 * "nothing was changed" (a full disk, an I/O error, a second writer). Reads go on when writes cannot.
 */
export interface LogStore {
  create(exercise: NewExercise): Promise<void>
  append(append: Append): Promise<void>
  /** A World after entry `n`: only a shortcut, so losing one costs time and nothing else. */
  snapshot(exercise: ExerciseId, snapshot: Snapshot): Promise<void>
  exercise(id: ExerciseId): Promise<StoredExercise | undefined>
  byJoinCode(hash: string): Promise<ExerciseId | undefined>
  /** The seat a token opens, unless it was revoked. */
  seat(tokenHash: string): Promise<HeldSeat | undefined>
  load(id: ExerciseId): Promise<LoadedLog>
  quarantine(id: ExerciseId, damage: Damage): Promise<void>
  /** Every exercise of a team, newest first. */
  list(team: TeamId): Promise<readonly StoredExercise[]>
  /** Can it be written to? Rejects when not. */
  check(): Promise<void>
  close(): Promise<void>
}
