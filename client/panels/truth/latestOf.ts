import { number } from '../../ui/format.ts'
import type { MetricInfo, Unit } from '../../../shared/contracts/system.ts'

interface Columns {
  readonly metrics: readonly MetricInfo[]
  readonly columns: readonly (readonly (number | null)[])[]
}

/** The newest value of a metric by name; unit null says that there is no such metric, value null that it is unknown. */
export function latestOf(
  { metrics, columns }: Columns,
  name: string,
): { readonly value: number | null; readonly unit: Unit | null } {
  const index = metrics.findIndex((m) => m.name === name)
  const unit = metrics[index]?.unit ?? null
  return { value: columns[index]?.at(-1) ?? null, unit }
}

/** A value that may be unknown, in words. */
export const words = (value: number | null, unit: Unit): string =>
  value === null ? 'unknown' : number(value, unit)
