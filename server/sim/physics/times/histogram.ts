import { exp, log, normalCdf, pow } from '../math.ts'

/**
 * Distributions of times as shares over buckets of even width on a logarithmic scale: from a quarter of a millisecond to about two
 * minutes, each bucket 12 % wider than the one before. Their sums need only additions of buckets, which is why end-to-end percentiles
 * can be composed from the parts instead of being guessed from a mean.
 */
export const BUCKETS = 114
const PER_OCTAVE = 6
const FIRST = 0.00025
/** Lower edge of each bucket (s). */
export const EDGES: readonly number[] = Array.from(
  { length: BUCKETS + 1 },
  (_, i) => FIRST * pow(2, i / PER_OCTAVE),
)
const MIDDLE = Float64Array.from({ length: BUCKETS }, (_, i) => FIRST * pow(2, (i + 0.5) / PER_OCTAVE))

/** Shares by bucket; `from` and `to` bound the buckets that are not empty. They sum to 1 unless stated otherwise. */
export interface Histogram {
  readonly share: Float64Array
  from: number
  to: number
}
export const histogram = (): Histogram => ({ share: new Float64Array(BUCKETS), from: 0, to: 0 })

/** Where a time lies on the scale, with its fraction; below the scale is 0. */
const place = (seconds: number): number =>
  seconds <= FIRST ? 0 : Math.min(BUCKETS - 1e-6, (log(seconds / FIRST) / 0.6931471805599453) * PER_OCTAVE)

/** Tails below these shares carry no percentile anyone reads; they are folded into the next bucket, so that sums stay quick. */
const LOW_TAIL = 1e-3
const HIGH_TAIL = 1e-6

function bound(h: Histogram): Histogram {
  const { share } = h
  let from = 0
  let to = BUCKETS
  let low = 0
  while (from < BUCKETS - 1 && low + (share[from] ?? 0) < LOW_TAIL) {
    low += share[from] ?? 0
    share[from] = 0
    from += 1
  }
  let high = 0
  while (to > from + 1 && high + (share[to - 1] ?? 0) < HIGH_TAIL) {
    to -= 1
    high += share[to] ?? 0
    share[to] = 0
  }
  share[from] = (share[from] ?? 0) + low
  share[to - 1] = (share[to - 1] ?? 0) + high
  h.from = from
  h.to = to
  return h
}

/** Every time the same. Shared between two neighbouring buckets so that the mean is right. */
export function always(seconds: number): Histogram {
  const h = histogram()
  const at = place(seconds) - 0.5
  const i = Math.max(0, Math.floor(at))
  const part = Math.min(1, Math.max(0, at - i))
  h.share[i] = 1 - part
  if (part > 0 && i + 1 < BUCKETS) h.share[i + 1] = part
  return bound(h)
}

/** Built from a distribution function. */
function fromCdf(cdf: (seconds: number) => number): Histogram {
  const h = histogram()
  let before = 0
  for (let i = 0; i < BUCKETS; i += 1) {
    const now = i === BUCKETS - 1 ? 1 : cdf(EDGES[i + 1] ?? 0)
    h.share[i] = Math.max(0, now - before)
    before = now
  }
  return bound(h)
}

/** Evenly spread between two times. */
export function between(low: number, high: number): Histogram {
  if (high - low < low * 0.05 + 1e-4) return always((low + high) / 2)
  return fromCdf((t) => Math.min(1, Math.max(0, (t - low) / (high - low))))
}

/** A time of its own work: exponential for cv near 1, lognormal otherwise, constant for cv near 0. */
export function workTime(mean: number, cv: number): Histogram {
  if (cv < 0.02) return always(mean)
  if (cv > 0.95 && cv < 1.05) return fromCdf((t) => 1 - exp(-t / mean))
  const s2 = log(1 + cv * cv)
  const s = Math.sqrt(s2)
  const m = log(mean) - s2 / 2
  return fromCdf((t) => normalCdf((log(t) - m) / s))
}

/** Nothing with probability 1 − chance, else exponential with mean `scale`: the wait of M/M/c. Null: no wait at all. */
export function waitTime(chance: number, scale: number): Histogram | null {
  if (chance * scale < 1e-5) return null
  return fromCdf((t) => 1 - chance * exp(-t / scale))
}

/** Where the sum of a time and one `d` buckets shorter lies above the longer one, in buckets: whole and part. */
const offset = (d: number): number => (log(1 + pow(2, -d / PER_OCTAVE)) / 0.6931471805599453) * PER_OCTAVE
const WHOLE = Int32Array.from({ length: BUCKETS }, (_, d) => Math.floor(offset(d)))
const PART = Float64Array.from({ length: BUCKETS }, (_, d) => offset(d) - Math.floor(offset(d)))
const wide = new Float64Array(BUCKETS + PER_OCTAVE + 2)

/** From so many buckets apart on the offset is small, and its series in 2^(−d/6) to the second term is exact to a thousandth of a bucket. */
const FAR = 20
const RISE = Float64Array.from({ length: BUCKETS }, (_, i) => pow(2, i / PER_OCTAVE))
const SLOPE = PER_OCTAVE / 0.6931471805599453

/** Adds to `wide` the sums in which a time of `x` is the longer one, by at least `least` buckets. */
function addLonger(x: Histogram, y: Histogram, least: number): void {
  const a = x.share
  const b = y.share
  for (let d = least; d < FAR; d += 1) {
    const up = WHOLE[d] ?? 0
    const part = PART[d] ?? 0
    for (let i = Math.max(x.from, y.from + d), end = Math.min(x.to, y.to + d); i < end; i += 1) {
      const both = (a[i] ?? 0) * (b[i - d] ?? 0)
      const over = both * part
      const to = i + up
      wide[to] = (wide[to] ?? 0) + both - over
      wide[to + 1] = (wide[to + 1] ?? 0) + over
    }
  }
  // Much shorter times, all together: how many, and how far they shift the longer one.
  let many = 0
  let first = 0
  let second = 0
  for (let i = Math.max(x.from, y.from + FAR), k = y.from; i < x.to; i += 1) {
    for (const end = Math.min(y.to, i - FAR + 1); k < end; k += 1) {
      const share = b[k] ?? 0
      const rise = RISE[k] ?? 0
      many += share
      first += share * rise
      second += share * rise * rise
    }
    const fall = 1 / (RISE[i] ?? 1)
    const over = SLOPE * fall * (first - 0.5 * fall * second)
    const mine = a[i] ?? 0
    wide[i] = (wide[i] ?? 0) + mine * (many - over)
    wide[i + 1] = (wide[i + 1] ?? 0) + mine * over
  }
}

/** The distribution of the sum of two independent times: pairs of buckets, taken by how far they lie apart. */
export function sum(a: Histogram, b: Histogram): Histogram {
  wide.fill(0)
  addLonger(a, b, 0)
  addLonger(b, a, 1)
  const h = histogram()
  for (let i = 0; i < BUCKETS; i += 1) h.share[i] = wide[i] ?? 0
  for (let i = BUCKETS; i < wide.length; i += 1)
    h.share[BUCKETS - 1] = (h.share[BUCKETS - 1] ?? 0) + (wide[i] ?? 0)
  return bound(h)
}

/** `weight` parts of `b` mixed into the rest of `a`. */
export function mixed(a: Histogram, b: Histogram, weight: number): Histogram {
  if (weight <= 0) return a
  if (weight >= 1) return b
  const h = histogram()
  for (let i = 0; i < BUCKETS; i += 1)
    h.share[i] = (a.share[i] ?? 0) * (1 - weight) + (b.share[i] ?? 0) * weight
  return bound(h)
}

/** What a caller with a timeout sees: everything slower ends there. */
export function capped(h: Histogram, timeout: number): Histogram {
  if ((EDGES[h.to] ?? 0) <= timeout) return h
  const out = histogram()
  const end = always(timeout)
  const at = Math.floor(place(timeout))
  let rest = 0
  for (let i = h.from; i < h.to; i += 1) {
    if (i < at) out.share[i] = h.share[i] ?? 0
    else rest += h.share[i] ?? 0
  }
  for (let i = end.from; i < end.to; i += 1) out.share[i] = (out.share[i] ?? 0) + rest * (end.share[i] ?? 0)
  return bound(out)
}

/** The part within a timeout, scaled to sum to 1; all at the timeout when nothing is. */
export function within(h: Histogram, timeout: number): Histogram {
  if ((EDGES[h.to] ?? 0) <= timeout) return h
  const out = histogram()
  const at = Math.ceil(place(timeout))
  let kept = 0
  for (let i = h.from; i < Math.min(h.to, at); i += 1) kept += h.share[i] ?? 0
  if (kept < 1e-9) return always(timeout)
  for (let i = h.from; i < Math.min(h.to, at); i += 1) out.share[i] = (h.share[i] ?? 0) / kept
  return bound(out)
}

/** The time that the share `q` does not exceed, interpolated inside its bucket (s). */
export function quantile(h: Histogram, q: number): number {
  let all = 0
  for (let i = h.from; i < h.to; i += 1) all += h.share[i] ?? 0
  let rest = q * all
  for (let i = h.from; i < h.to; i += 1) {
    const here = h.share[i] ?? 0
    if (rest <= here && here > 0) {
      const low = EDGES[i] ?? 0
      return low + ((EDGES[i + 1] ?? low) - low) * (rest / here)
    }
    rest -= here
  }
  return MIDDLE[Math.max(0, h.to - 1)] ?? 0
}

/** The mean (s). */
export function meanOf(h: Histogram): number {
  let all = 0
  let mean = 0
  for (let i = h.from; i < h.to; i += 1) {
    all += h.share[i] ?? 0
    mean += (h.share[i] ?? 0) * (MIDDLE[i] ?? 0)
  }
  return all > 0 ? mean / all : 0
}

/** Of counts by bucket, how many lie above a time; the bucket it falls into is divided. */
export function above(counts: readonly number[], seconds: number): number {
  const at = place(seconds)
  const i = Math.floor(at)
  let many = (counts[i] ?? 0) * (1 - (at - i))
  for (let k = i + 1; k < counts.length; k += 1) many += counts[k] ?? 0
  return many
}
