import { firstAt } from '../samples.ts'

/** A stretch of exercise time in ms, both ends included. */
export interface TimeWindow {
  readonly from: number
  readonly to: number
}

/** The ranges a reader can choose, in minutes. */
export const RANGES = [5, 15, 30, 60] as const
export type Range = (typeof RANGES)[number]

const HOUR_MS = 3_600_000

/** The window to draw: what was zoomed to, or the last `range` minutes up to the newest sample. */
export function windowOf({
  zoom,
  range,
  newest,
}: {
  zoom: TimeWindow | null
  range: Range
  newest: number
}): TimeWindow {
  return zoom ?? { from: newest - range * 60_000, to: newest }
}

type Column = readonly (number | null)[]

export interface ChartData {
  /** Exercise time in seconds, as the chart's x scale counts. */
  readonly x: number[]
  readonly ys: (number | null)[][]
  /** The same series an hour earlier, empty when not asked for. */
  readonly earlier: (number | null)[][]
}

/**
 * What one chart draws: the samples of the window and one to either side (so that lines reach the edges). Samples are
 * on a regular grid; the value an hour earlier is the first sample at or after that time, null beyond half a minute.
 */
export function chartData({
  at,
  columns,
  window,
  compare,
}: {
  at: readonly number[]
  columns: readonly (Column | undefined)[]
  window: TimeWindow
  compare: boolean
}): ChartData {
  const from = Math.max(0, firstAt(at, window.from) - 1)
  const to = Math.min(at.length, firstAt(at, window.to + 1) + 1)
  const x = at.slice(from, to).map((ms) => ms / 1000)
  const ys = columns.map((column) =>
    column ? Array.from({ length: to - from }, (_, i) => column[from + i] ?? null) : x.map(() => null),
  )
  if (!compare) return { x, ys, earlier: [] }
  const before = x.map((s) => {
    const time = s * 1000 - HOUR_MS
    const index = firstAt(at, time)
    const found = at[index]
    return found !== undefined && found - time <= 30_000 ? index : null
  })
  const earlier = columns.map((column) =>
    before.map((index) => (index === null ? null : (column?.[index] ?? null))),
  )
  return { x, ys, earlier }
}

/** Whether a panel has anything to show in what is drawn. */
export const hasData = (ys: readonly Column[]): boolean =>
  ys.some((column) => column.some((value) => value !== null))

export interface TableRow {
  readonly at: number
  readonly values: (number | null)[]
}

/** The window as a table of at most `rows` evenly spaced moments, newest first, for those who do not see the chart. */
export function tableRows({ x, ys }: ChartData, rows = 12): TableRow[] {
  const step = Math.max(1, Math.ceil(x.length / rows))
  const out: TableRow[] = []
  for (let i = x.length - 1; i >= 0; i -= step)
    out.push({ at: (x[i] ?? 0) * 1000, values: ys.map((column) => column[i] ?? null) })
  return out
}
