import { failedAt } from './exploration.ts'
import type { RequestTable } from './requests.ts'

/** Requests counted in a grid of time by duration. */
export interface RequestGrid {
  /** Edges of the columns (exercise ms) and of the rows (s). */
  readonly times: readonly number[]
  readonly durations: readonly number[]
  /** `counts[column][row]`: requests they stand for. */
  readonly counts: readonly (readonly number[])[]
  /** The same of failed ones. */
  readonly failed: readonly (readonly number[])[]
}

/** Rows of a duration grid: half octaves from 1 ms to about two minutes, which is also how people read times. */
const DURATION_EDGES: readonly number[] = Array.from({ length: 35 }, (_, i) => 0.001 * Math.SQRT2 ** i)

/** The row a duration falls into; what is shorter or longer than all goes into the first or last. */
export function rowOf(seconds: number): number {
  const row = Math.floor(Math.log2(Math.max(seconds, 1e-9) / 0.001) * 2 + 1e-9)
  return Math.min(DURATION_EDGES.length - 2, Math.max(0, row))
}

/** A heat map of requests over time. */
export function gridOf(
  table: RequestTable,
  places: readonly number[],
  o: { readonly from: number; readonly to: number; readonly columns: number },
): RequestGrid {
  const rows = DURATION_EDGES.length - 1
  const make = () => Array.from({ length: o.columns }, () => Array.from({ length: rows }, () => 0))
  const counts = make()
  const failed = make()
  const step = Math.max(1, (o.to - o.from) / o.columns)
  for (const i of places) {
    const column = Math.min(o.columns - 1, Math.max(0, Math.floor(((table.at[i] ?? 0) - o.from) / step)))
    const row = rowOf(table.duration[i] ?? 0)
    const add = (grid: number[][]) => {
      const line = grid[column]
      if (line) line[row] = (line[row] ?? 0) + (table.weight[i] ?? 0)
    }
    add(counts)
    if (failedAt(table, i)) add(failed)
  }
  return {
    times: Array.from({ length: o.columns + 1 }, (_, i) => o.from + i * step),
    durations: DURATION_EDGES,
    counts,
    failed,
  }
}
