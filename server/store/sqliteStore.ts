import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import type { ExerciseId, SeatId, TeamId, WallMs } from '../../shared/ids.ts'
import { type SealedEntry, verifyChain } from './entry.ts'
import { createGroupCommit } from './groupCommit.ts'
import type { Append, Damage, LogStore, NewExercise, Snapshot, Status, StoredExercise } from './logStore.ts'
import { MIGRATIONS } from './migrations.ts'

const sum = (text: string) => createHash('sha256').update(text).digest('hex')

/** Snapshots kept of one exercise: the newest, and the one before in case the newest is useless. */
const SNAPSHOTS_KEPT = 2

interface ExerciseRow {
  readonly id: ExerciseId
  readonly team: TeamId
  readonly name: string
  readonly codename: string
  readonly scenario_hash: string
  readonly source: string
  readonly source_sum: string
  readonly engine: string
  readonly created_at: WallMs
  readonly status: string
  readonly quarantined: string | null
}

/** Opens (and where needed migrates) a database file so that what it acknowledges survives a power cut. Throws when it cannot. */
export function openDatabase(file: string): Database.Database {
  const db = new Database(file, { timeout: 5000 })
  db.pragma('journal_mode = WAL')
  // NORMAL loses acknowledged transactions of a WAL database in a power cut; FULL does not.
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  const mode = String(db.pragma('journal_mode', { simple: true }))
  const sync = Number(db.pragma('synchronous', { simple: true }))
  if ((mode !== 'wal' && file !== ':memory:') || sync !== 2) {
    db.close()
    throw new Error(
      `the database at ${file} does not keep its promises: journal_mode=${mode}, synchronous=${sync}`,
    )
  }
  const done = Number(db.pragma('user_version', { simple: true }))
  if (done > MIGRATIONS.length) {
    db.close()
    throw new Error(`the database at ${file} was written by a newer version of this software`)
  }
  for (const [i, migration] of MIGRATIONS.entries()) {
    if (i < done) continue
    db.transaction(() => {
      db.exec(migration)
      db.pragma(`user_version = ${i + 1}`)
    })()
  }
  return db
}

/** The embedded log store: one SQLite file. `maxPages` bounds its size (4 KiB each); a write beyond it fails like a full disk. */
export function createSqliteStore(file: string, limits: { maxPages?: number } = {}): LogStore {
  const db = openDatabase(file)
  if (limits.maxPages !== undefined) db.pragma(`max_page_count = ${limits.maxPages}`)
  const sql = {
    create: db.prepare(
      `INSERT INTO exercises (id, team, name, codename, scenario_hash, source, source_sum, engine, created_at, join_code_hash, status)
       VALUES (@id, @team, @name, @codename, @scenarioHash, @source, @sourceSum, @engine, @createdAt, @joinCodeHash, @status)`,
    ),
    entry: db.prepare(
      'INSERT INTO entries (exercise, n, wall, command, input, facts, hash) VALUES (@exercise, @n, @wall, @command, @input, @facts, @hash)',
    ),
    telemetry: db.prepare(
      'INSERT INTO telemetry (exercise, n, samples, logs, evidence) VALUES (@exercise, @n, @samples, @logs, @evidence)',
    ),
    status: db.prepare('UPDATE exercises SET status = ? WHERE id = ?'),
    admit: db.prepare('INSERT INTO seats (id, exercise, token_hash) VALUES (?, ?, ?)'),
    revoke: db.prepare('UPDATE seats SET revoked = 1 WHERE id = ? AND exercise = ?'),
    snapshot: db.prepare('INSERT OR REPLACE INTO snapshots (exercise, n, engine, world) VALUES (?, ?, ?, ?)'),
    thin: db.prepare(
      'DELETE FROM snapshots WHERE exercise = ? AND n NOT IN (SELECT n FROM snapshots WHERE exercise = ? ORDER BY n DESC LIMIT ?)',
    ),
    quarantine: db.prepare('UPDATE exercises SET quarantined = ? WHERE id = ?'),
    exercise: db.prepare<[string], ExerciseRow>('SELECT * FROM exercises WHERE id = ?'),
    list: db.prepare<[string], ExerciseRow>(
      'SELECT * FROM exercises WHERE team = ? ORDER BY created_at DESC',
    ),
    byJoinCode: db.prepare<[string], { id: ExerciseId }>('SELECT id FROM exercises WHERE join_code_hash = ?'),
    seat: db.prepare<[string], { seat: SeatId; exercise: ExerciseId }>(
      'SELECT id AS seat, exercise FROM seats WHERE token_hash = ? AND revoked = 0',
    ),
    last: db.prepare<[string], { n: number | null }>('SELECT max(n) AS n FROM entries WHERE exercise = ?'),
    log: db.prepare<[string], SealedEntry>(
      `SELECT e.n, e.wall, e.command, e.input, e.facts, e.hash, coalesce(t.samples, '') AS samples, coalesce(t.logs, '[]') AS logs, coalesce(t.evidence, '') AS evidence
       FROM entries e LEFT JOIN telemetry t ON t.exercise = e.exercise AND t.n = e.n WHERE e.exercise = ? ORDER BY e.n`,
    ),
    snapshots: db.prepare<[string, number], Snapshot>(
      'SELECT n, engine, world FROM snapshots WHERE exercise = ? AND n <= ? ORDER BY n DESC',
    ),
    check: db.prepare('UPDATE teams SET name = name'),
  }

  const insert = (exercise: ExerciseId, entry: SealedEntry) => {
    const { n, wall, command, input, facts, hash, samples, logs, evidence } = entry
    sql.entry.run({ exercise, n, wall, command, input, facts, hash })
    // Most inputs come from people and produce no telemetry: no row for those.
    if (samples !== '' || logs !== '[]' || evidence !== '')
      sql.telemetry.run({ exercise, n, samples, logs, evidence })
  }
  const commit = createGroupCommit(db)

  const stored = (row: ExerciseRow): StoredExercise => {
    const damaged = sum(row.source) !== row.source_sum
    return {
      meta: {
        id: row.id,
        team: row.team,
        name: row.name,
        codename: row.codename,
        scenarioHash: row.scenario_hash,
        source: damaged ? {} : (JSON.parse(row.source) as Record<string, string>),
        engine: row.engine,
        createdAt: row.created_at,
      },
      // Texts this store wrote itself, from these very types.
      status: JSON.parse(row.status) as Status,
      quarantined: damaged
        ? { lastGood: -1, why: 'the stored scenario was changed after it was written' }
        : row.quarantined === null
          ? null
          : (JSON.parse(row.quarantined) as Damage),
    }
  }

  return {
    create: ({ meta, joinCodeHash, status, first }: NewExercise) =>
      commit(() => {
        const source = JSON.stringify(meta.source)
        sql.create.run({
          ...meta,
          source,
          sourceSum: sum(source),
          joinCodeHash,
          status: JSON.stringify(status),
        })
        insert(meta.id, first)
      }),
    append: ({ exercise, entries, status, admit, revoke }: Append) =>
      commit(() => {
        const last = sql.last.get(exercise)?.n ?? null
        if (last === null || (entries[0] && entries[0].n !== last + 1))
          throw new Error(`the log of ${exercise} does not continue here`)
        for (const entry of entries) insert(exercise, entry)
        if (status) sql.status.run(JSON.stringify(status), exercise)
        if (admit) sql.admit.run(admit.seat, exercise, admit.tokenHash)
        for (const seat of revoke ?? []) sql.revoke.run(seat, exercise)
      }),
    snapshot: (exercise, { n, engine, world }) =>
      commit(() => {
        sql.snapshot.run(exercise, n, engine, world)
        sql.thin.run(exercise, exercise, SNAPSHOTS_KEPT)
      }),
    quarantine: (id, damage) => commit(() => void sql.quarantine.run(JSON.stringify(damage), id)),
    check: () => commit(() => void sql.check.run()),
    exercise: async (id) => {
      const row = sql.exercise.get(id)
      return row && stored(row)
    },
    list: async (team) => sql.list.all(team).map(stored),
    byJoinCode: async (hash) => sql.byJoinCode.get(hash)?.id,
    seat: async (hash) => sql.seat.get(hash),
    load: async (id) => {
      const { good, damage } = verifyChain(sql.log.all(id))
      return { entries: good, damage, snapshots: sql.snapshots.all(id, good.length - 1) }
    },
    close: async () => {
      await commit(() => {})
      db.close()
    },
  }
}
