import type { Unit } from '../../shared/contracts/system.ts'

const two = (n: number) => String(n).padStart(2, '0')
const MINUS = '−'

/** Exercise time as a clock face: `00:12:34`; before the start of play `−00:03:00`. Part seconds are cut off. */
export function clock(ms: number): string {
  const seconds = Math.trunc(Math.abs(ms) / 1000)
  const face = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return ms < 0 && seconds > 0 ? `${MINUS}${face}` : face
}

/** How long something takes, in its two largest units: `45 s`, `1:20 min`, `2 h 5 min`, `3 d 4 h`. */
export function duration(ms: number): string {
  if (ms < 0) return `${MINUS}${duration(-ms)}`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600)
    return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)}:${two(seconds % 60)} min`
  const minutes = Math.round(seconds / 60)
  if (minutes < 1440)
    return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
  const hours = Math.round(minutes / 60)
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** How long ago, short: `now`, `40s`, `5m`, `2h`. */
export function ago(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 5) return 'now'
  if (seconds < 60) return `${seconds}s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`
  return `${Math.floor(seconds / 86_400)}d`
}

/** Wall time of day as this browser writes it: `14:03:07`. */
export function wallTime(ms: number): string {
  const d = new Date(ms)
  return `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`
}

const THOUSANDS = ['', 'k', 'M', 'G', 'T'] as const
const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** Three significant digits at most, without an exponent and without trailing zeros. */
function three(value: number): string {
  if (value === 0) return '0'
  const size = Math.floor(Math.log10(Math.abs(value)))
  const fixed = value.toFixed(Math.min(6, Math.max(0, 2 - size)))
  const text = fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed
  return (text === '-0' ? '0' : text).replace('-', MINUS)
}

function scaled(value: number, step: number): { text: string; power: number } {
  let rest = value
  let power = 0
  // 999.5 and up would read as 1000: it belongs to the next power.
  while (Math.abs(rest) >= (step === 1000 ? 999.5 : step) && power < 4) {
    rest /= step
    power += 1
  }
  return { text: three(rest), power }
}

const short = (value: number): string => {
  const { text, power } = scaled(value, 1000)
  return `${text}${THOUSANDS[power] ?? ''}`
}

/** A ratio near one must not be rounded up to it: 0.99995 reads 99.995 %. */
function percent(value: number): string {
  const digits =
    Math.abs(value) >= 99 && Math.abs(value) < 100
      ? Math.min(3, Math.max(1, Math.ceil(-Math.log10(100 - Math.abs(value))) + 1))
      : null
  return `${digits === null ? three(value) : value.toFixed(digits).replace(/\.?0+$/, '')} %`
}

/**
 * A measured value with its unit, three significant digits: `1.2k/s`, `420 ms`, `99.2 %`, `3.1 GiB`. What is not a
 * finite number reads `unknown`.
 */
export function number(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return 'unknown'
  switch (unit) {
    case '1':
    case 'count':
      return short(value)
    case 'ratio':
      return percent(value * 100)
    case 'percent':
      return percent(value)
    case 's':
      return seconds(value)
    case 'per_s':
      return `${short(value)}/s`
    case 'per_min':
      return `${short(value)}/min`
    case 'bytes': {
      const { text, power } = scaled(value, 1024)
      return `${text} ${BYTES[power] ?? 'B'}`
    }
    case 'days':
      return Math.abs(value) === 1 ? `${three(value)} day` : `${three(value)} days`
  }
}

function seconds(value: number): string {
  const size = Math.abs(value)
  if (size === 0) return '0 s'
  if (size < 0.000_999_5) return `${three(value * 1e6)} µs`
  if (size < 0.999_5) return `${three(value * 1000)} ms`
  if (size < 120) return `${three(value)} s`
  return duration(value * 1000)
}
