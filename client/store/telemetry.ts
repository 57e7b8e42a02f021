import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { TelemetryFrame } from '../../shared/frames.ts'
import { tableStore } from './table.ts'

export interface Telemetry {
  /** Exercise ms of each sample, ascending. The same array grows: watch `version`, not identity. */
  readonly at: number[]
  /** By metric's place in `system.metrics`, then by sample. */
  readonly columns: (number | null)[][]
  /** Grows with every change. */
  readonly version: number
}

const nothing = (): Telemetry => ({ at: [], columns: [], version: 0 })

/** All samples this seat was told. Written by `net/` alone. */
export const telemetryStore = createStore<Telemetry>(nothing)

// The number of the next sample expected, as the server counts them.
let next = 0

/** Begins again: another seat. */
export function forgetTelemetry(): void {
  next = 0
  telemetryStore.setState((t) => ({ ...nothing(), version: t.version + 1 }))
}

/** Takes the whole past, in place of what was known. */
export function loadTelemetry(frame: TelemetryFrame): void {
  next = frame.first
  telemetryStore.setState((t) => ({ at: [], columns: [], version: t.version }))
  appendTelemetry(frame)
}

/**
 * Appends samples. Those already known are skipped. False when some are missing in between: nothing is taken then,
 * and the past wants to be loaded again.
 */
export function appendTelemetry(frame: TelemetryFrame): boolean {
  if (frame.first > next) return false
  const { at, columns, version } = telemetryStore.getState()
  const last = frame.first + frame.at.length
  for (let n = next; n < last; n += 1) {
    const i = n - frame.first
    const time = frame.at[i]
    const values = frame.values[i]
    if (time === undefined || !values) continue
    at.push(time)
    values.forEach((value, c) => {
      // A metric seen for the first time was unknown until now.
      const column = (columns[c] ??= Array.from<null>({ length: at.length - 1 }).fill(null))
      column.push(value)
    })
    for (const column of columns) if (column.length < at.length) column.push(null)
  }
  next = Math.max(next, last)
  telemetryStore.setState({ at, columns, version: version + 1 })
  return true
}

const indexOf = (name: string): number =>
  tableStore.getState().views?.role.system?.metrics.findIndex((m) => m.name === name) ?? -1

/** The column of a metric by name, as long as `at`; undefined when this role has no such metric. */
export function seriesOf(name: string): readonly (number | null)[] | undefined {
  return telemetryStore.getState().columns[indexOf(name)]
}

export const useTelemetry = (): Telemetry => useStore(telemetryStore)
