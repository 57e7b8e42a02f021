import type { ExerciseRecord } from '../../shared/record.ts'
import type { LogEntry } from '../sim/score/log.ts'

/** One format in which an exercise leaves the server. Writing is pure: the same record and log give the same text. */
export interface Exporter {
  /** As sent in the header, with its character set. */
  readonly contentType: string
  /** A name of plain ASCII letters, digits, dots and hyphens: safe in a header and on any disk. */
  filename(record: ExerciseRecord): string
  write(record: ExerciseRecord, entries: readonly LogEntry[]): string
}

/** `payday-ex_1a2b3c4d.timeline.csv`: the scenario's codename, the exercise's id and the format. */
export function filenameOf(record: ExerciseRecord, ending: string): string {
  const codename = record.scenario.codename
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return `${codename === '' ? 'exercise' : codename}-${record.exercise}.${ending}`
}
