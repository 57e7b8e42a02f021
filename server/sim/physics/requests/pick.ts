import type { Draws } from './draws.ts'

/** The place in a list of weights that a draw falls on; the last with any weight when rounding leaves a rest, −1 without any. */
export function pick(weights: readonly number[], draw: Draws): number {
  let sum = 0
  for (let i = 0; i < weights.length; i += 1) sum += Math.max(0, weights[i] ?? 0)
  if (sum <= 0) return -1
  let rest = draw.next() * sum
  let last = -1
  for (let i = 0; i < weights.length; i += 1) {
    const weight = Math.max(0, weights[i] ?? 0)
    if (weight <= 0) continue
    last = i
    if (rest < weight) return i
    rest -= weight
  }
  return last
}

/** A whole number with mean `mean`: its whole part, and one more with the probability of the rest. */
export function wholeOf(mean: number, draw: Draws): number {
  const whole = Math.floor(mean)
  return whole + (draw.next() < mean - whole ? 1 : 0)
}
