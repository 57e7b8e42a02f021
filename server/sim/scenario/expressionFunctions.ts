import { SAMPLE_MS } from '../engine.ts'

type Samples = readonly (number | null)[]
const known = (samples: Samples): number[] => samples.filter((s): s is number => s !== null)
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

/** Seconds and growth between the first and the last known sample; null with fewer than two. */
function between(
  samples: Samples,
): { readonly seconds: number; readonly first: number; readonly last: number } | null {
  const from = samples.findIndex((s) => s !== null)
  const to = samples.findLastIndex((s) => s !== null)
  const first = samples[from]
  const last = samples[to]
  if (from === to || typeof first !== 'number' || typeof last !== 'number') return null
  return { seconds: ((to - from) * SAMPLE_MS) / 1000, first, last }
}

/** A counter only grows; where it falls it began anew at zero, so what it shows then is all increase (as PromQL's rate does). */
function increase(samples: Samples): number {
  const values = known(samples)
  return sum(values.slice(1).map((v, i) => (v >= (values[i] ?? 0) ? v - (values[i] ?? 0) : v)))
}

/**
 * Functions over a metric's last minutes. `marginMs`: what they need beyond the window, since a difference over n intervals takes n + 1 samples.
 * They skip samples that are missing, and give null when nothing was measured.
 */
export const WINDOWS: Readonly<
  Record<string, { readonly marginMs: number; readonly of: (samples: Samples) => number | null }>
> = {
  avg_over: {
    marginMs: 0,
    of: (samples) => {
      const values = known(samples)
      return values.length === 0 ? null : sum(values) / values.length
    },
  },
  max_over: {
    marginMs: 0,
    of: (samples) => known(samples).reduce<number | null>((a, b) => (a === null || b > a ? b : a), null),
  },
  min_over: {
    marginMs: 0,
    of: (samples) => known(samples).reduce<number | null>((a, b) => (a === null || b < a ? b : a), null),
  },
  delta_over: {
    marginMs: SAMPLE_MS,
    of: (samples) => {
      const span = between(samples)
      return span && span.last - span.first
    },
  },
  rate: {
    marginMs: SAMPLE_MS,
    of: (samples) => {
      const span = between(samples)
      return span && increase(samples) / span.seconds
    },
  },
}

/** Functions of numbers. */
export const FUNCTIONS: Readonly<
  Record<
    string,
    {
      readonly least: number
      readonly most: number
      readonly example: string
      readonly of: (values: readonly number[]) => number
    }
  >
> = {
  abs: { least: 1, most: 1, example: 'abs(a.x - b.x)', of: ([x = 0]) => Math.abs(x) },
  min: { least: 2, most: 16, example: 'min(a.x, b.x)', of: (values) => Math.min(...values) },
  max: { least: 2, most: 16, example: 'max(a.x, b.x)', of: (values) => Math.max(...values) },
}
