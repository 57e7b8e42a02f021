import type { ExerciseId, SeatId } from '../../shared/ids.ts'
import { type SealedEntry, verifyChain } from './entry.ts'
import type { Append, Damage, LogStore, NewExercise, Snapshot, Status, StoredExercise } from './logStore.ts'

interface Kept {
  readonly made: NewExercise
  status: Status
  quarantined: Damage | null
  readonly entries: SealedEntry[]
  snapshots: Snapshot[]
}

/** A log store that forgets everything with the process: for tests and for trying a scenario out. */
export function createMemoryStore(): LogStore {
  const exercises = new Map<ExerciseId, Kept>()
  const seats = new Map<string, { exercise: ExerciseId; seat: SeatId }>()
  const kept = (id: ExerciseId): Kept => {
    const found = exercises.get(id)
    if (!found) throw new Error(`no exercise ${id}`)
    return found
  }
  const stored = (k: Kept): StoredExercise => ({
    meta: k.made.meta,
    status: k.status,
    quarantined: k.quarantined,
  })

  const write = {
    create(made: NewExercise) {
      const twice = [...exercises.values()].some((k) => k.made.joinCodeHash === made.joinCodeHash)
      if (exercises.has(made.meta.id) || twice) throw new Error('this exercise or join code exists already')
      exercises.set(made.meta.id, {
        made,
        status: made.status,
        quarantined: null,
        entries: [made.first],
        snapshots: [],
      })
    },
    append({ exercise, entries, status, admit, revoke }: Append) {
      const k = kept(exercise)
      const commands = new Set(k.entries.map((e) => e.command))
      for (const [i, entry] of entries.entries()) {
        if (entry.n !== k.entries.length + i) throw new Error(`entry ${entry.n} is out of order`)
        if (entry.command !== null && commands.has(entry.command))
          throw new Error('this command is in the log already')
        commands.add(entry.command)
      }
      if (admit && seats.has(admit.tokenHash)) throw new Error('this token is in use')
      k.entries.push(...entries)
      if (status) k.status = status
      if (admit) seats.set(admit.tokenHash, { exercise, seat: admit.seat })
      for (const [hash, held] of seats) if (revoke?.includes(held.seat)) seats.delete(hash)
    },
    snapshot(exercise: ExerciseId, snapshot: Snapshot) {
      const k = kept(exercise)
      k.snapshots = [snapshot, ...k.snapshots.filter((s) => s.n !== snapshot.n)].slice(0, 2)
    },
    load(id: ExerciseId) {
      const k = kept(id)
      const { good, damage } = verifyChain(k.entries)
      return { entries: good, damage, snapshots: k.snapshots.filter((s) => s.n < good.length) }
    },
  }

  // `async` turns a throw into a rejection, as the port promises.
  return {
    create: async (made) => write.create(made),
    append: async (append) => write.append(append),
    snapshot: async (exercise, snapshot) => write.snapshot(exercise, snapshot),
    exercise: async (id) => {
      const k = exercises.get(id)
      return k && stored(k)
    },
    byJoinCode: async (hash) =>
      [...exercises.values()].find((k) => k.made.joinCodeHash === hash)?.made.meta.id,
    seat: async (hash) => seats.get(hash),
    load: async (id) => write.load(id),
    quarantine: async (id, damage) => {
      kept(id).quarantined = damage
    },
    list: async (team) =>
      [...exercises.values()]
        .filter((k) => k.made.meta.team === team)
        .map(stored)
        .sort((a, b) => b.meta.createdAt - a.meta.createdAt),
    check: async () => {},
    close: async () => {},
  }
}
