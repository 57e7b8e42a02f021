export interface Verdict {
  readonly level: 'good' | 'warning' | 'bad' | 'unknown'
  readonly word: string
}

/**
 * What a number says of itself. Past its limit is bad, where the limit's bad side is the one the healthy past was not
 * on; outside its usual range is a warning; without a value nothing is known.
 */
export function statVerdict({
  value,
  threshold,
  normal,
}: {
  value: number | null
  threshold: number | null
  normal: { low: number; high: number } | null
}): Verdict {
  if (value === null) return { level: 'unknown', word: 'no data' }
  if (threshold !== null && normal) {
    const healthyBelow = (normal.low + normal.high) / 2 <= threshold
    if (healthyBelow ? value > threshold : value < threshold) return { level: 'bad', word: 'past its limit' }
  }
  if (!normal) return { level: 'unknown', word: 'no past to compare' }
  // A tenth of the range, or of the value where it never moved: what one does not need to look at.
  const slack = Math.max((normal.high - normal.low) * 0.5, Math.abs(normal.high) * 0.1, 1e-9)
  if (value > normal.high + slack) return { level: 'warning', word: 'above usual' }
  if (value < normal.low - slack) return { level: 'warning', word: 'below usual' }
  return { level: 'good', word: 'as usual' }
}
