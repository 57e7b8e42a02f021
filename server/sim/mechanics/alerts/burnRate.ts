import type { AlertSeverity } from '../../../../shared/contracts/alerts.ts'
import type { z } from 'zod'
import { PAST_MS, SAMPLE_MS } from '../../engine.ts'
import type { BurnRateSpec } from '../../scenario/alertSchema.ts'

/** Two windows over one objective, in exercise ms: both must burn faster than the factor. */
export interface BurnWindow {
  readonly factor: number
  readonly long: number
  readonly short: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** The budget period that the standard windows are made for. */
const STANDARD_PERIOD = 30 * DAY
/** SRE Workbook, ch. 5, table 5-8: 2 % of the budget in an hour, 5 % in six hours; 10 % in a day, 10 % in three days. */
const PAGES: readonly BurnWindow[] = [
  { factor: 14.4, long: HOUR, short: 5 * MINUTE },
  { factor: 6, long: 6 * HOUR, short: 30 * MINUTE },
]
const TICKETS: readonly BurnWindow[] = [
  { factor: 3, long: DAY, short: 2 * HOUR },
  { factor: 1, long: 3 * DAY, short: 6 * HOUR },
]

/** Windows are looked at in samples: whole ones, and at least one. */
const whole = (ms: number): number => Math.max(SAMPLE_MS, Math.round(ms / SAMPLE_MS) * SAMPLE_MS)

/**
 * The windows of a rule. The standard ones are scaled by `scale`, or by the objective's period against the 30 days they
 * are made for: then each is the same share of the budget as in the book. Those an author writes are taken as written.
 */
export function windowsOf(
  spec: Pick<BurnRateSpec, 'scale' | 'windows'>,
  o: { readonly severity: z.infer<typeof AlertSeverity>; readonly period: number },
): BurnWindow[] {
  const standard = o.severity === 'page' ? PAGES : TICKETS
  const scale = spec.windows ? 1 : (spec.scale ?? o.period / STANDARD_PERIOD)
  return (spec.windows ?? standard).map(({ factor, long, short }) => ({
    factor,
    long: whole(long * scale),
    short: whole(short * scale),
  }))
}

/** Requests of one objective, counted since the World began, at each sample: what burn rates are differences of. */
export interface Counts {
  /** Total and bad by turns, oldest first. */
  kept: number[]
  /** Total and bad in one ms of the healthy past: what was before anything was counted. */
  usual: readonly [total: number, bad: number]
}

/** Keeps the newest counts, as far back as `span` ms. Up to the start of play (`now` 0) the usual rates are learned. */
export function count(c: Counts, o: { total: number; bad: number; now: number; span: number }): void {
  const { total, bad, now, span } = o
  if (now <= 0 && now > -PAST_MS) c.usual = [total / (now + PAST_MS), bad / (now + PAST_MS)]
  c.kept.push(total, bad)
  const most = 2 * (Math.round(span / SAMPLE_MS) + 1)
  if (c.kept.length > most) c.kept.splice(0, c.kept.length - most)
}

/** Bad requests of all in the last `ms`; null without any. Where nothing was counted yet, it counts as usual. */
export function errorRatio(c: Counts, ms: number): number | null {
  const last = c.kept.length - 2
  if (last < 0) return null
  const at = last - 2 * Math.round(ms / SAMPLE_MS)
  const from = Math.max(0, at)
  const uncounted = (from - at) * (SAMPLE_MS / 2)
  const of = (which: 0 | 1) =>
    (c.kept[last + which] ?? 0) - (c.kept[from + which] ?? 0) + uncounted * c.usual[which]
  const total = of(0)
  return total > 0 ? Math.max(0, of(1)) / total : null
}

/** Whether some pair of windows burns the budget faster than its factor. Null: there were no requests at all. */
export function burns(c: Counts, windows: readonly BurnWindow[], objective: number): boolean | null {
  let known = false
  for (const { factor, long, short } of windows) {
    const far = errorRatio(c, long)
    const near = errorRatio(c, short)
    if (far === null || near === null) continue
    known = true
    const most = factor * (1 - objective)
    if (far > most && near > most) return true
  }
  return known ? false : null
}
