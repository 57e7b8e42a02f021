import { seriesOf, telemetryStore, type Telemetry } from '../store/telemetry.ts'
import { firstAt, normalBand } from './samples.ts'

/** All samples as they are now, outside React; watch `version` to know when to read again. */
export const telemetryNow = (): Telemetry => telemetryStore.getState()

/** The newest value of a metric; null when it is unknown or this role has no such metric. */
export const latestOf = (metric: string): number | null => seriesOf(metric)?.at(-1) ?? null

/** The samples of the last `span` ms, thinned to at most about a hundred, the newest always among them. */
export function recentOf(metric: string, span: number): (number | null)[] {
  const { at } = telemetryNow()
  const column = seriesOf(metric)
  if (!column) return []
  const from = firstAt(at, (at.at(-1) ?? 0) - span)
  const step = Math.max(1, Math.ceil((column.length - from) / 100))
  const out: (number | null)[] = []
  for (let i = column.length - 1; i >= from; i -= step) out.push(column[i] ?? null)
  return out.toReversed()
}

const bands = new Map<
  string,
  { readonly past: string; readonly band: { low: number; high: number } | null }
>()

/** The usual range of a metric, worked out once per past: samples before time zero arrive whole and do not change. */
export function normalOf(metric: string): { low: number; high: number } | null {
  const { at } = telemetryNow()
  const column = seriesOf(metric)
  if (!column) return null
  const past = `${at[0] ?? ''}/${firstAt(at, 0)}`
  const known = bands.get(metric)
  if (known?.past === past) return known.band
  const band = normalBand(at, column)
  bands.set(metric, { past, band })
  return band
}
