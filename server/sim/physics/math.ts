/**
 * Elementary functions from + − × ÷ and floor alone, so that every engine and version gives the same bits.
 * Relative error below 1e-13 in the ranges the model uses.
 */
const LN2 = 0.6931471805599453
const LN2_HI = 0.6931471803691238
const LN2_LO = 1.9082149292705877e-10

const POWERS: readonly number[] = Array.from({ length: 2200 }, (_, i) => {
  // Powers of two by repeated doubling are exact.
  let value = 1
  for (let k = 0; k < Math.abs(i - 1100); k += 1) value = i < 1100 ? value / 2 : value * 2
  return value
})
const pow2 = (k: number): number => POWERS[k + 1100] ?? (k > 0 ? Infinity : 0)

const THIRD = 1 / 3
const SIXTH = 1 / 6
const SEVENTH = 1 / 7
const NINTH = 1 / 9
const ELEVENTH = 1 / 11
const TWELFTH = 1 / 12

/** e to the power of x. */
export function exp(x: number): number {
  if (x === 0) return 1
  if (x < -700) return 0
  if (x > 700) return Infinity
  const k = Math.floor(x / LN2 + 0.5)
  const r = x - k * LN2_HI - k * LN2_LO
  // |r| ≤ ln 2 / 2: twelve terms of the series reach the last bits.
  let sum = 1 + r * TWELFTH
  sum = 1 + r * ELEVENTH * sum
  sum = 1 + r * 0.1 * sum
  sum = 1 + r * NINTH * sum
  sum = 1 + r * 0.125 * sum
  sum = 1 + r * SEVENTH * sum
  sum = 1 + r * SIXTH * sum
  sum = 1 + r * 0.2 * sum
  sum = 1 + r * 0.25 * sum
  sum = 1 + r * THIRD * sum
  sum = 1 + r * 0.5 * sum
  return (1 + r * sum) * pow2(k)
}

/** The natural logarithm; −∞ at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return Infinity
  let k = 0
  let m = x
  while (m > 4294967296) {
    m /= 4294967296
    k += 32
  }
  while (m < 1 / 4294967296) {
    m *= 4294967296
    k -= 32
  }
  while (m > 1.4142135623730951) {
    m /= 2
    k += 1
  }
  while (m < 0.7071067811865476) {
    m *= 2
    k -= 1
  }
  const z = (m - 1) / (m + 1)
  const z2 = z * z
  // 2·artanh(z) with |z| ≤ 0.172: eleven terms.
  let sum = 1 / 21
  for (let i = 19; i >= 1; i -= 2) sum = 1 / i + z2 * sum
  return k * LN2 + 2 * z * sum
}

/** x to the power of y, for x ≥ 0. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1
  if (x === 0) return 0
  return exp(y * log(x))
}

/** The share of a standard normal distribution below x (Abramowitz and Stegun 7.1.26: error below 1.5e-7). */
export function normalCdf(x: number): number {
  const z = (x < 0 ? -x : x) / 1.4142135623730951
  const t = 1 / (1 + 0.3275911 * z)
  const poly =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  const erf = 1 - poly * exp(-z * z)
  return x < 0 ? (1 - erf) / 2 : (1 + erf) / 2
}
