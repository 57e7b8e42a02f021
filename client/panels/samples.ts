/** The index of the first sample at or after `time`, in samples sorted by time. */
export function firstAt(at: readonly number[], time: number): number {
  let low = 0
  let high = at.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((at[middle] ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}

/** Between which values a metric lay in 90 % of the healthy past (before time zero); null with fewer than 20 samples. */
export function normalBand(
  at: readonly number[],
  column: readonly (number | null)[],
): { low: number; high: number } | null {
  const end = firstAt(at, 0)
  const values: number[] = []
  for (let i = 0; i < end; i += 1) {
    const value = column[i]
    if (value !== null && value !== undefined) values.push(value)
  }
  if (values.length < 20) return null
  values.sort((a, b) => a - b)
  const quantile = (q: number) => values[Math.round(q * (values.length - 1))] ?? 0
  return { low: quantile(0.05), high: quantile(0.95) }
}
