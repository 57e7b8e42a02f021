import type { Unit } from '../../../shared/contracts/system.ts'
import { number } from '../../ui/format.ts'

/** The smallest amount of a unit that is news to anybody; what has no such amount is news at any size. */
const LEAST: Readonly<Partial<Record<Unit, number>>> = {
  '1': 0.05,
  count: 0.5,
  ratio: 0.001,
  percent: 0.1,
  per_s: 0.1,
  per_min: 0.5,
}

/** The smallest amount of a unit that is worth looking at, 0 where any is. */
export const leastOf = (unit: Unit): number => LEAST[unit] ?? 0

/** A measured value for the eye: a trace that would only be a row of zeros and digits reads 0. */
export const reading = (value: number, unit: Unit): string =>
  number(Math.abs(value) < leastOf(unit) / 10 ? 0 : value, unit)
