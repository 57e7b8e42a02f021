import type { HeatMap } from '../../../shared/requests.ts'
import type { HeatGrid } from '../heatGrid.ts'
import type { TimeWindow } from './boardData.ts'

/** Most columns drawn: more would be thinner than a finger can point at. */
const COLUMNS = 90
const SAMPLE_MS = 5_000

/** The part of a heat map in a window, neighbouring samples put together where there are many; counts are means, a second. */
export function heatGridOf(map: HeatMap, window: TimeWindow): HeatGrid {
  const samples = Math.max(1, Math.round((window.to - window.from) / SAMPLE_MS))
  const together = Math.max(1, Math.ceil(samples / COLUMNS))
  const step = together * SAMPLE_MS
  const columns = Math.max(1, Math.ceil((window.to - window.from) / step))
  const rows = Math.max(1, map.edges.length - 1)
  const counts = Array.from({ length: columns }, () => Array.from({ length: rows }, () => 0))
  map.at.forEach((at, i) => {
    // A sample tells of the time before it.
    const column = counts[Math.ceil((at - window.from) / step) - 1]
    if (!column) return
    map.counts[i]?.forEach((count, row) => {
      column[row] = (column[row] ?? 0) + count / together
    })
  })
  return {
    times: Array.from({ length: columns + 1 }, (_, i) => window.from + i * step),
    durations: map.edges,
    counts,
  }
}
