import type { Amount } from '../../../../shared/contracts/faults.ts'
import type { Quantity } from '../../scenario/units.ts'

/** At most three digits that matter, without a tail of zeros. */
const three = (n: number): string => String(Number(n.toPrecision(3)))

function steps(value: number, units: readonly (readonly [number, string])[]): string {
  const [factor, unit] = units.findLast(([least]) => Math.abs(value) >= least) ?? units[0] ?? [1, '']
  return `${three(value / factor)} ${unit}`
}
const TIMES = [
  [0.001, 'ms'],
  [1, 's'],
  [60, 'min'],
  [3600, 'h'],
  [86_400, 'd'],
] as const
const SIZES = [
  [1, 'B'],
  [1024, 'KiB'],
  [1_048_576, 'MiB'],
  [1_073_741_824, 'GiB'],
  [1_099_511_627_776, 'TiB'],
] as const

/** A value of a parameter for people: `40 ms`, `900/s`, `2 GiB`, `40 %`, `on`. */
export function valueText(value: number, quantity: Quantity): string {
  switch (quantity) {
    case 'seconds':
      return value === 0 ? '0 s' : steps(value, TIMES)
    case 'per_second':
      return `${three(value)}/s`
    case 'bytes':
      return steps(value, SIZES)
    case 'bytes_per_second':
      return `${steps(value, SIZES)}/s`
    case 'ratio':
      return `${three(value * 100)} %`
    case 'count':
    case 'number':
      return three(value)
    case 'flag':
      return value >= 0.5 ? 'on' : 'off'
  }
}

/** A chosen amount for people: `40 %`, `5 times`, `200 ms`, `3`. */
export function amountText(value: number, unit: Amount['unit']): string {
  switch (unit) {
    case 'share':
      return valueText(value, 'ratio')
    case 'times':
      return `${three(value)} times`
    case 'seconds':
      return valueText(value, 'seconds')
    case 'count':
      return three(value)
  }
}
