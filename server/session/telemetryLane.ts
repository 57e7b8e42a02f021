import type { LogLine, TelemetryFrame } from '../../shared/frames.ts'
import type { Role } from '../../shared/roles.ts'
import { compact } from '../store/entry.ts'

/** One sample as it is told: rounded, every metric of the model. */
export interface Row {
  readonly n: number
  readonly at: number
  readonly values: readonly (number | null)[]
}

/** Log lines kept for somebody who comes later; clients keep as many. */
const LINES_KEPT = 5000

export type TelemetryLane = ReturnType<typeof createTelemetryLane>

/**
 * The lane beside the views: the whole past of metrics and the newest log lines, each role its own columns. Samples that are
 * `blind` never reached anybody but the game master: to all others they are unknown.
 */
export function createTelemetryLane(
  columns: (role: Role) => readonly number[],
  blind: (values: Row['values']) => boolean = () => false,
) {
  const rows: Row[] = []
  let lines: readonly LogLine[] = []

  const frame = (role: Role, part: readonly Row[]): TelemetryFrame => {
    const seen = columns(role)
    return {
      first: part[0]?.n ?? rows.length,
      at: part.map((row) => row.at),
      values: part.map((row) => {
        const unknown = role !== 'gm' && blind(row.values)
        return seen.map((column) => (unknown ? null : (row.values[column] ?? null)))
      }),
    }
  }

  return {
    frame,
    /** Takes in what a step produced and gives it back as it will be told. */
    add(samples: readonly Row[], logs: readonly LogLine[]): readonly Row[] {
      const rounded = samples.map((s) => ({ n: s.n, at: s.at, values: s.values.map(compact) }))
      rows.push(...rounded)
      if (logs.length > 0) lines = [...lines, ...logs].slice(-LINES_KEPT)
      return rounded
    },
    history: (role: Role) => frame(role, rows),
    logs: () => lines,
  }
}
