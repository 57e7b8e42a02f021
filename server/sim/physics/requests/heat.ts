import { BUCKETS, EDGES, type Histogram } from '../times/histogram.ts'

/** Neighbouring buckets of a histogram put together for a heat map: two to the octave are as fine as rows can be told apart. */
const JOINED = 3
const ROWS = BUCKETS / JOINED

/** Lower edges of a heat map's rows (s), and the upper edge of the last. */
export const HEAT_EDGES: readonly number[] = Array.from({ length: ROWS + 1 }, (_, i) =>
  Number((EDGES[i * JOINED] ?? 0).toPrecision(4)),
)

/** Answers a second by duration, three significant digits, without the zeros at the end. */
export function heatRow(times: Histogram, rate: number): number[] {
  const row: number[] = []
  for (let b = 0; b < ROWS; b += 1) {
    let share = 0
    for (let i = 0; i < JOINED; i += 1) share += times.share[b * JOINED + i] ?? 0
    row.push(Number((share * rate).toPrecision(3)))
  }
  while (row.length > 0 && row.at(-1) === 0) row.pop()
  return row
}

/** A row of a heat map as one line of text, as the log keeps it. */
export const packHeat = (o: { at: number; component: number; row: readonly number[] }): string =>
  JSON.stringify([o.at, o.component, ...o.row])

/** What `packHeat` packed. */
export function unpackHeat(line: string): { at: number; component: number; row: number[] } {
  // Written by packHeat alone.
  const [at = 0, component = 0, ...row] = JSON.parse(line) as number[]
  return { at, component, row }
}

/** Lines of the log tell requests, which begin with their trace in quotes, from rows of heat maps, which begin with a number. */
export const isHeat = (line: string): boolean => line[1] !== '"'
