import type { Unit } from '../../../shared/contracts/system.ts'

/** How far a gauge reaches: the whole for shares, else past the limit and past everything usual, on a round number. */
export function gaugeTop({
  unit,
  value,
  threshold,
  normal,
}: {
  unit: Unit
  value: number | null
  threshold: number | null
  normal: { low: number; high: number } | null
}): number {
  const whole = unit === 'ratio' ? 1 : unit === 'percent' ? 100 : null
  const greatest = Math.max(value ?? 0, threshold ?? 0, normal?.high ?? 0)
  if (whole !== null && greatest <= whole * (1 + 1e-9)) return whole
  return roundUp(Math.max(value ?? 0, (threshold ?? 0) * 1.25, (normal?.high ?? 0) * 1.5))
}

/** The next of 1, 2, 5 and their powers of ten. */
export function roundUp(value: number): number {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 5, 10].find((s) => s * power >= value * (1 - 1e-9)) ?? 10
  return step * power
}
