/** Counts by time and duration: `counts[column][row]`, with the edges of columns (exercise ms) and rows (s). */
export interface HeatGrid {
  readonly times: readonly number[]
  readonly durations: readonly number[]
  readonly counts: readonly (readonly number[])[]
  /** Of those, how many failed; left out where nobody knows. */
  readonly failed?: readonly (readonly number[])[]
}

/** A part of a heat map: from one moment to another, and from one duration to another. */
export interface HeatBox {
  readonly from: number
  readonly to: number
  /** Seconds. */
  readonly low: number
  readonly high: number
}

/** A cell of a heat map. */
export interface HeatCell {
  readonly column: number
  readonly row: number
}

/** The first and last row with anything in it, one more to either side; at least six, so that little data does not look like much. */
export function rowsInUse({ counts, durations }: HeatGrid): { first: number; last: number } {
  const top = durations.length - 2
  let first = top
  let last = 0
  for (const column of counts)
    column.forEach((count, row) => {
      if (count <= 0) return
      first = Math.min(first, row)
      last = Math.max(last, row)
    })
  if (last < first) return { first: 0, last: Math.min(top, 11) }
  first = Math.max(0, first - 1)
  last = Math.min(top, last + 1)
  while (last - first < 5 && (first > 0 || last < top)) {
    first = Math.max(0, first - 1)
    last = Math.min(top, last + 1)
  }
  return { first, last }
}

/** The greatest count of all cells. */
export const greatestOf = ({ counts }: HeatGrid): number =>
  counts.reduce((most, column) => column.reduce((m, count) => Math.max(m, count), most), 0)

/** The box that two cells span, both included. */
export function boxOf(grid: HeatGrid, a: HeatCell, b: HeatCell): HeatBox {
  const [c0, c1] = [Math.min(a.column, b.column), Math.max(a.column, b.column)]
  const [r0, r1] = [Math.min(a.row, b.row), Math.max(a.row, b.row)]
  const bottom = r0 <= 0
  const top = r1 >= grid.durations.length - 2
  return {
    from: grid.times[c0] ?? 0,
    to: grid.times[c1 + 1] ?? 0,
    // The first and last row hold what lies beyond the scale, too.
    low: bottom ? 0 : (grid.durations[r0] ?? 0),
    high: top ? Number.MAX_SAFE_INTEGER : (grid.durations[r1 + 1] ?? 0),
  }
}

/** The cells a box covers, for drawing it. */
export function cellsOf(grid: HeatGrid, box: HeatBox): { from: HeatCell; to: HeatCell } {
  const place = (edges: readonly number[], value: number) => {
    const at = edges.findIndex((edge) => edge > value)
    return at < 0 ? edges.length - 2 : Math.max(0, at - 1)
  }
  return {
    from: { column: place(grid.times, box.from), row: place(grid.durations, box.low) },
    to: { column: place(grid.times, box.to - 1), row: place(grid.durations, box.high * 0.999999) },
  }
}

/** Where the mass of a heat map lies, in words: the column with most, and the longest durations of note. */
export function busiestOf(grid: HeatGrid): { row: number; share: number } | null {
  const sums = new Map<number, number>()
  let all = 0
  for (const column of grid.counts)
    column.forEach((count, row) => {
      sums.set(row, (sums.get(row) ?? 0) + count)
      all += count
    })
  const [most] = [...sums].toSorted((a, b) => b[1] - a[1])
  return most && all > 0 ? { row: most[0], share: most[1] / all } : null
}
