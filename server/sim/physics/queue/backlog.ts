import { exp, normalCdf, pow } from '../math.ts'

/** A backlog that drains: its mean, and its variance over all the ways that chance could have gone. */
export interface Backlog {
  mean: number
  scatter: number
}

const density = (a: number): number => exp((-a * a) / 2) / 2.5066282746310002
const LOWEST = -3.5
const HIGHEST = 8
const STEPS = 230
/** E[Z²]/E[Z]² of the positive part Z of a normal variable whose mean is a standard deviations, on an even grid over a. Falls from left to right. */
const RATIO = Float64Array.from({ length: STEPS + 1 }, (_, i) => {
  const a = LOWEST + ((HIGHEST - LOWEST) * i) / STEPS
  const share = normalCdf(a)
  const mean = a * share + density(a)
  return ((1 + a * a) * share + a * density(a)) / (mean * mean)
})

function positionOf(ratio: number): number {
  if (ratio >= (RATIO[0] ?? 0)) return LOWEST
  if (ratio <= (RATIO[STEPS] ?? 1)) return 1 / Math.sqrt(Math.max(1e-12, ratio - 1))
  let low = 0
  let high = STEPS
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((RATIO[middle] ?? 0) > ratio) low = middle
    else high = middle
  }
  const [a, b] = [RATIO[low] ?? 0, RATIO[high] ?? 0]
  return LOWEST + ((HIGHEST - LOWEST) * (low + (a - ratio) / (a - b))) / STEPS
}

/**
 * One second of a backlog that drains by `drain` requests while chance moves it with the variance `scatter` a second. It is the positive
 * part of a normal variable (diffusion approximation; Newell, Applications of Queueing Theory, ch. 5): some histories have come to the
 * end early, others still have to drain, so its mean falls ever more slowly where a fluid would be empty at once.
 */
export function drained(o: { readonly drain: number; readonly scatter: number }, b: Backlog): void {
  if (b.mean <= 0) return
  const a = positionOf(1 + b.scatter / (b.mean * b.mean))
  const sd = b.mean / (a * normalCdf(a) + density(a))
  const variance = sd * sd + o.scatter
  const next = Math.sqrt(variance)
  const to = (a * sd - o.drain) / next
  if (to < LOWEST) {
    b.mean = b.scatter = 0
    return
  }
  const share = normalCdf(to)
  const mean = Math.max(0, next * (to * share + density(to)))
  b.scatter = Math.max(0, variance * ((1 + to * to) * share + to * density(to)) - mean * mean)
  b.mean = mean
}

/**
 * How much less than a queue at rest a growing one stands idle: the factor on the random queue at which a station is as often empty as a
 * negative binomial number with this mean, whose backlog has this mean and variance (Rothkopf and Oren, Management Science 1979). 1 for
 * the geometric law of a queue at rest.
 */
export function swelling(inside: number, backlog: Backlog): number {
  if (backlog.mean <= 0 || inside <= 0) return 1
  const size = Math.max(1, (backlog.mean * backlog.mean) / Math.max(1e-9, backlog.scatter))
  if (size <= 1) return 1
  const empty = pow(1 + inside / size, -size)
  return Math.max(1e-6, Math.min(1, (inside * empty) / (1 - empty)))
}
