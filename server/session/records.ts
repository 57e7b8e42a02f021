import type { Logger } from 'pino'
import type { Settings } from '../../shared/contracts/lifecycle.ts'
import type { ExerciseRecord, Outcome } from '../../shared/record.ts'
import type { Scenario } from '../sim/scenario/scenario.ts'
import type { LogEntry } from '../sim/score/log.ts'
import { computeRecord } from '../sim/score/record.ts'
import { factsOf, inputOf } from '../store/entry.ts'
import type { LogStore, StoredExercise } from '../store/logStore.ts'

/** What else could have become of the same scenario and seed. */
export type Compare = (
  scenario: Scenario,
  seed: number,
  settings: Settings,
) => Promise<{ readonly idle: Outcome | null; readonly par: Outcome | null }>

/** The record of an exercise and the log it was computed from. */
export interface Recorded {
  readonly record: ExerciseRecord
  readonly entries: readonly LogEntry[]
}

/** Computes records from stored logs alone: it works for running, finished, old and damaged exercises. */
export function createRecords(options: {
  store: LogStore
  log: Logger
  scenarioOf: (source: Readonly<Record<string, string>>, hash: string) => Scenario
  compare: Compare
}) {
  const { store, log, scenarioOf, compare } = options
  return async (stored: StoredExercise): Promise<Recorded> => {
    const { meta } = stored
    const loaded = await store.load(meta.id)
    const entries = loaded.entries.map((entry) => ({
      n: entry.n,
      input: inputOf(entry),
      facts: factsOf(entry),
    }))
    const opening = entries[0]?.input
    if (opening?.type !== 'open') throw new Error(`the log of ${meta.id} does not begin with its opening`)
    const { seed, settings } = opening
    const scenario = scenarioOf(meta.source, meta.scenarioHash)
    const outcomes = await compare(scenario, seed, settings).catch((err: unknown) => {
      // A record without a comparison is still a record; it says "unknown" there.
      log.warn({ err, exercise: meta.id }, 'could not work out the comparison runs')
      return { idle: null, par: null }
    })
    const about = { exercise: meta.id, name: meta.name, seed, settings, engine: meta.engine }
    return { record: computeRecord({ scenario, meta: about, entries, outcomes }), entries }
  }
}
