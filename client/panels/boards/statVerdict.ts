import type { Unit } from '../../../shared/contracts/system.ts'
import { leastOf } from './reading.ts'

export interface Verdict {
  readonly level: 'good' | 'warning' | 'bad' | 'unknown'
  readonly word: string
}

/** What is that good in the healthy past is judged by what is missing to the whole: 99.9 % and 99 % are ten times apart. */
const NEARLY_WHOLE = 0.9

/**
 * What a number says of itself. Past its limit is bad, where the limit's bad side is the one the healthy past was not
 * on; outside its usual range is a warning; without a value nothing is known.
 */
export function statVerdict({
  value,
  unit,
  threshold,
  normal,
}: {
  value: number | null
  unit: Unit
  threshold: number | null
  normal: { low: number; high: number } | null
}): Verdict {
  if (value === null) return { level: 'unknown', word: 'no data' }
  if (threshold !== null && normal) {
    const healthyBelow = (normal.low + normal.high) / 2 <= threshold
    if (healthyBelow ? value > threshold : value < threshold) return { level: 'bad', word: 'past its limit' }
  }
  if (!normal) return { level: 'unknown', word: 'no past to compare' }
  const slack = slackOf(normal, unit)
  if (value > normal.high + slack) return { level: 'warning', word: 'above usual' }
  if (value < normal.low - slack) return { level: 'warning', word: 'below usual' }
  return { level: 'good', word: 'as usual' }
}

/** How far outside its usual range a value may lie before one needs to look: half the range, a tenth of it, a trace. */
function slackOf({ low, high }: { low: number; high: number }, unit: Unit): number {
  const whole = unit === 'ratio' ? 1 : unit === 'percent' ? 100 : null
  const missing = whole !== null && low >= NEARLY_WHOLE * whole ? whole - low : null
  return Math.max((high - low) * 0.5, Math.abs(missing ?? high) * 0.1, leastOf(unit), 1e-9)
}
