import type Database from 'better-sqlite3'

interface Waiting {
  readonly work: () => void
  readonly done: () => void
  readonly failed: (why: unknown) => void
}

/**
 * Runs small pieces of work, each all or nothing, and shares one disk flush among those that come in the same
 * turn of the event loop: twenty exercises ticking together wait for one fsync, not for twenty.
 */
export function createGroupCommit(db: Database.Database) {
  let waiting: Waiting[] = []

  function flush() {
    const batch = waiting
    waiting = []
    const failures = new Map<Waiting, unknown>()
    try {
      db.transaction(() => {
        for (const one of batch) {
          try {
            // Nested, hence a savepoint: a piece that fails takes only itself back.
            db.transaction(one.work)()
          } catch (why) {
            // A full disk may have ended the outer transaction; then nothing of the batch counts.
            if (!db.inTransaction) throw why
            failures.set(one, why)
          }
        }
      })()
    } catch (why) {
      for (const one of batch) one.failed(failures.get(one) ?? why)
      return
    }
    for (const one of batch) {
      if (failures.has(one)) one.failed(failures.get(one))
      else one.done()
    }
  }

  /** Settles when the work is on disk; rejects when none of it is. */
  return (work: () => void): Promise<void> =>
    new Promise((done, failed) => {
      waiting.push({ work, done, failed })
      if (waiting.length === 1) setImmediate(flush)
    })
}
