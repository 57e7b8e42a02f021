/** What a number of the simulated system can measure. Everything is kept in SI base numbers: seconds, per second, bytes, ratio. */
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
export const tidy = (value: number): number => Number(value.toPrecision(15))

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
