import { exp } from '../math.ts'

/**
 * A response time as the engine carries it inside a tick: a part that is certain, drifting evenly from `lo` to `hi` while the second
 * passes (the backlog ahead), and a random part with mean `mean` and variance `variance` on top.
 */
export interface Response {
  lo: number
  hi: number
  mean: number
  variance: number
}

/** Answers of {@link cut}. */
export interface Cut {
  /** Share of requests that take longer than the timeout. */
  late: number
  /** Mean time until answered or given up. */
  mean: number
}

/**
 * What a caller with a timeout sees of a response time. The random part is taken as a shifted exponential (or a mixture of zero and an
 * exponential when its spread exceeds its mean), both matched to mean and variance. Writes its answer into `out`.
 */
export function cut(r: Response, timeout: number, out: Cut): Cut {
  const { lo, hi, mean, variance } = r
  const top = hi > lo ? hi : lo
  const bottom = hi > lo ? lo : hi
  if (bottom >= timeout) {
    out.late = 1
    out.mean = timeout
    return out
  }
  const sd = Math.sqrt(variance)
  // Far inside the timeout nothing is cut.
  if (top + mean + 30 * sd < timeout) {
    out.late = 0
    out.mean = (lo + hi) / 2 + mean
    return out
  }
  let weight = 1
  let shift = mean - sd
  let scale = sd
  if (shift < 0) {
    scale = (variance + mean * mean) / (2 * mean)
    weight = mean / scale
    shift = 0
  }
  const points = top - bottom > 1e-6 * timeout ? 4 : 1
  let late = 0
  let over = 0
  for (let i = 0; i < points; i += 1) {
    const rest = timeout - bottom - ((top - bottom) * (i + 0.5)) / points
    if (rest <= 0) {
      late += 1
      over += mean - rest
    } else if (rest <= shift) {
      late += 1
      over += mean - rest
    } else if (scale > 0) {
      const tail = weight * exp(-(rest - shift) / scale)
      late += tail
      over += tail * scale
    }
  }
  out.late = late / points
  out.mean = (lo + hi) / 2 + mean - over / points
  return out
}
