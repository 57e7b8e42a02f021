import { pow } from '../math.ts'

/** Keys of a cache in classes of like popularity: how many, and each one's share of requests. */
export interface KeyClasses {
  readonly count: readonly number[]
  readonly popularity: readonly number[]
}

/** Popularity classes grow by this factor in rank: fine at the head, where single keys matter. */
const CLASS_GROWTH = 1.6

/** Zipf's law over `keys` items with exponent `alpha`, gathered into classes of neighbouring ranks. */
export function keyClasses(keys: number, alpha: number): KeyClasses {
  const count: number[] = []
  const weight: number[] = []
  let from = 1
  while (from <= keys) {
    const to = Math.min(keys, Math.max(from, Math.floor(from * CLASS_GROWTH)))
    let sum = 0
    if (to - from < 64) for (let k = from; k <= to; k += 1) sum += pow(k, -alpha)
    else {
      // The sum over a long run of ranks is the integral between half ranks, closely.
      const [a, b] = [from - 0.5, to + 0.5]
      const near1 = Math.abs(1 - alpha) < 1e-6
      const mid = pow((a + b) / 2, -alpha)
      const simpson = ((b - a) / 6) * (pow(a, -alpha) + 4 * mid + pow(b, -alpha))
      sum = near1 ? simpson : (pow(b, 1 - alpha) - pow(a, 1 - alpha)) / (1 - alpha)
    }
    count.push(to - from + 1)
    weight.push(sum)
    from = to + 1
  }
  const total = weight.reduce((a, b) => a + b, 0)
  return { count, popularity: weight.map((w, i) => w / total / (count[i] ?? 1)) }
}
