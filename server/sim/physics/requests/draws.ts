import { hashed } from '../../random.ts'
import { log } from '../math.ts'

/** Random numbers of one request: the n-th is a function of what it was made with and n alone. */
export interface Draws {
  /** In [0, 1). */
  next(): number
}

/** Draws for a purpose; equal arguments give equal draws. */
export function drawsOf(seed: number, purpose: number): Draws {
  let n = 0
  return { next: () => hashed(seed, purpose, n++) }
}

const A = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716]
const B = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572]
const C = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
]
const D = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416]
const poly = (list: readonly number[], x: number): number => {
  let sum = 0
  for (let i = 0; i < list.length; i += 1) sum = sum * x + (list[i] ?? 0)
  return sum
}

/** The value a standard normal number stays below with probability `p` (Acklam's rational approximation; error below 1.2e-9). */
export function normalQuantile(p: number): number {
  const x = Math.min(1 - 1e-12, Math.max(1e-12, p))
  if (x > 1 - 0.02425) return -normalQuantile(1 - x)
  if (x < 0.02425) {
    const q = Math.sqrt(-2 * log(x))
    return (poly(C, q) * q + 2.938163982698783) / (poly(D, q) * q + 1)
  }
  const q = x - 0.5
  const r = q * q
  return ((poly(A, r) * r + 2.506628277459239) * q) / (poly(B, r) * r + 1)
}
