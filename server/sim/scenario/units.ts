import { z } from 'zod'

/** What a number in a scenario can measure. Everything is kept in SI base numbers: seconds, per second, bytes, ratio. */
export const QUANTITIES = [
  'seconds',
  'per_second',
  'bytes',
  'bytes_per_second',
  'ratio',
  'count',
  'number',
  'flag',
] as const
export type Quantity = (typeof QUANTITIES)[number]

const SECONDS: Readonly<Record<string, number>> = {
  us: 0.000001,
  ms: 0.001,
  s: 1,
  m: 60,
  min: 60,
  h: 3600,
  d: 86_400,
}
const BYTES: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1024,
  MiB: 1_048_576,
  GiB: 1_073_741_824,
  TiB: 1_099_511_627_776,
}
const FLAGS: Readonly<Record<string, number>> = { on: 1, true: 1, '1': 1, off: 0, false: 0, '0': 0 }
const NUMBER = String.raw`\d+(?:_\d{3})*(?:\.\d+)?`
const DURATION = new RegExp(`^-?(?:${NUMBER}(?:us|ms|min|s|m|h|d))+$`)
const RATE = new RegExp(`^(-?${NUMBER})/(ms|min|s|m|h|d)$`)
const SIZE = new RegExp(`^(-?${NUMBER}) ?(B|kB|KB|MB|GB|TB|KiB|MiB|GiB|TiB)$`)
const SIZE_RATE = new RegExp(`^(-?${NUMBER}) ?(B|kB|KB|MB|GB|TB|KiB|MiB|GiB|TiB)/(s|min|m|h)$`)
const PERCENT = new RegExp(`^(-?${NUMBER}) ?%$`)
const PLAIN = new RegExp(`^-?${NUMBER}$`)

const plain = (text: string): number => Number(text.replaceAll('_', ''))
/** Rounds away what decimal factors add to a number: 40 × 0.001 is 0.04, not 0.04000…1. */
const tidy = (value: number): number => Number(value.toPrecision(15))

function seconds(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined
  const parts = text.matchAll(new RegExp(`(${NUMBER})(us|ms|min|s|m|h|d)`, 'g'))
  let sum = 0
  for (const [, amount = '0', unit = 's'] of parts) sum += plain(amount) * (SECONDS[unit] ?? 1)
  return tidy(text.startsWith('-') ? -sum : sum)
}

function scaled(
  text: string,
  form: RegExp,
  factor: (unit: string, per: string) => number,
): number | undefined {
  const found = form.exec(text)
  return found ? tidy(plain(found[1] ?? '0') * factor(found[2] ?? '', found[3] ?? '')) : undefined
}

/** How a number of each quantity is written, for messages. */
export const WRITTEN: Readonly<Record<Quantity, string>> = {
  seconds: 'a time with its unit, like 40ms, 2s, 1m30s, 12m, 30d',
  per_second: 'a rate with its unit, like 900/s or 12/min',
  bytes: 'a size with its unit, like 64KiB, 500MB or 2GiB',
  bytes_per_second: 'a throughput with its unit, like 200MiB/s',
  ratio: 'a share, like 40% or 0.4',
  count: 'a number, like 12',
  number: 'a number, like 1.5',
  flag: 'on or off',
}

/**
 * Reads `40ms`, `900/s`, `2GiB`, `99.9%` or a plain number as SI base numbers. A plain number is taken as it is for ratios, counts and numbers,
 * and for times, rates and sizes only when it is 0, so that nobody has to guess a unit. Undefined: not written that way.
 */
export function parseQuantity(value: number | string, quantity: Quantity): number | undefined {
  if (typeof value === 'number') {
    if (quantity === 'flag') return value === 0 || value === 1 ? value : undefined
    const unitless = quantity === 'ratio' || quantity === 'count' || quantity === 'number'
    return Number.isFinite(value) && (unitless || value === 0) ? value : undefined
  }
  const text = value.trim()
  switch (quantity) {
    case 'seconds':
      return text === '0' ? 0 : seconds(text)
    case 'per_second':
      return scaled(text, RATE, (per) => 1 / (SECONDS[per] ?? 1))
    case 'bytes':
      return scaled(text, SIZE, (unit) => BYTES[unit] ?? 1)
    case 'bytes_per_second':
      return scaled(text, SIZE_RATE, (unit, per) => (BYTES[unit] ?? 1) / (SECONDS[per] ?? 1))
    case 'ratio':
      return scaled(text, PERCENT, () => 0.01) ?? (PLAIN.test(text) ? plain(text) : undefined)
    case 'count':
    case 'number':
      return PLAIN.test(text) ? plain(text) : undefined
    case 'flag':
      return FLAGS[text]
  }
}

/** A schema for one quantity; `factor` turns base numbers into what the caller keeps, the range is in base numbers. */
export const quantitySchema = (
  q: Quantity,
  { factor = 1, min, max, name }: { factor?: number; min: number; max: number; name: string },
) =>
  z
    .union([z.string().max(40), z.number(), z.boolean()])
    .transform((value, ctx) => {
      const parsed = parseQuantity(typeof value === 'boolean' ? String(value) : value, q)
      if (parsed === undefined) {
        ctx.addIssue({ code: 'custom', message: `${JSON.stringify(value)} is not ${WRITTEN[q]}` })
        return z.NEVER
      }
      if (parsed < min || parsed > max) {
        ctx.addIssue({
          code: 'custom',
          message: `${JSON.stringify(value)} is out of range: ${name} goes from ${min} to ${max}`,
        })
        return z.NEVER
      }
      return tidy(parsed * factor)
    })
    .describe(`${name}: ${WRITTEN[q]}`)

const YEAR = 366 * 86_400
/** A time or a moment of exercise time, in whole milliseconds; may be negative (the past). */
export const Milliseconds = quantitySchema('seconds', {
  factor: 1000,
  min: -YEAR,
  max: YEAR,
  name: 'a time',
}).transform((ms) => Math.round(ms))
/** A duration in seconds, not negative. */
export const Seconds = quantitySchema('seconds', { min: 0, max: YEAR, name: 'a duration' })
/** A rate per second, not negative. */
export const PerSecond = quantitySchema('per_second', { min: 0, max: 1e9, name: 'a rate' })
/** A size in bytes, not negative. */
export const Bytes = quantitySchema('bytes', { min: 0, max: 1e18, name: 'a size' })
/** A throughput in bytes per second, not negative. */
export const BytesPerSecond = quantitySchema('bytes_per_second', { min: 0, max: 1e15, name: 'a throughput' })
/** A share between 0 and 1. */
export const Ratio = quantitySchema('ratio', { min: 0, max: 1, name: 'a share' })
