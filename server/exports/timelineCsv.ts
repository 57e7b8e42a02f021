import { csv } from './csv.ts'
import { type Exporter, filenameOf } from './exporter.ts'
import { clock, utc } from './times.ts'

const HEAD = ['exercise_time', 'exercise_ms', 'wall_time', 'kind', 'seat', 'text']

/** The timeline, one happening to a row; `seat` is a person's name, empty for the world itself. */
export const timelineCsv: Exporter = {
  contentType: 'text/csv; charset=utf-8',
  filename: (record) => filenameOf(record, 'timeline.csv'),
  write(record) {
    const names = new Map(record.seats.map((s) => [s.id, s.name]))
    const rows = record.timeline.map((e) => [
      // As a number beside it, so that the clock's own minus need not look like a formula.
      clock(e.at),
      e.at,
      utc(e.wall),
      e.kind,
      e.seat === null ? null : (names.get(e.seat) ?? e.seat),
      e.text,
    ])
    return csv([HEAD, ...rows])
  },
}
