import { selectRequests, type RequestFilter } from '../../../shared/exploration.ts'
import { gridOf, type RequestGrid } from '../../../shared/requestGrid.ts'
import type { RequestTable } from '../../../shared/requests.ts'
import type { HeatBox } from '../heatGrid.ts'

/** Columns of the heat map: cells about as wide as high. */
const COLUMNS = 60

export interface Looking {
  readonly grid: RequestGrid
  /** Places of all requests the filter lets through. */
  readonly found: readonly number[]
  /** What is compared with the rest, and the rest. */
  readonly inside: readonly number[]
  readonly outside: readonly number[]
  /** What `inside` is: the selected box, or the failed ones while nothing is selected. */
  readonly compared: 'box' | 'failed'
  /** What lists and groups show: the selection, or all found. */
  readonly shown: readonly number[]
  /** Seconds that `shown` is spread over. */
  readonly seconds: number
}

/** Everything the panel draws of a table, for one filter and one selection. */
export function lookAt(
  table: RequestTable,
  o: { readonly filter: RequestFilter; readonly box: HeatBox | null },
): Looking {
  const { filter, box } = o
  const found = selectRequests(table, filter)
  const grid = gridOf(table, found, { from: table.from, to: table.to, columns: COLUMNS })
  const within = (i: number) => {
    if (!box) return false
    const at = table.at[i] ?? 0
    const time = table.duration[i] ?? 0
    return at >= box.from && at < box.to && time >= box.low && time < box.high
  }
  const status = table.attributes.find((a) => a.name === 'status')
  const good = status?.values.indexOf('200') ?? -2
  const isInside = box ? within : (i: number) => (status?.of[i] ?? -1) !== good
  const inside = found.filter(isInside)
  const outside = found.filter((i) => !isInside(i))
  const span = box ? Math.min(box.to, table.to) - Math.max(box.from, table.from) : table.to - table.from
  return {
    grid,
    found,
    inside,
    outside,
    compared: box ? 'box' : 'failed',
    shown: box ? inside : found,
    seconds: Math.max(1, span / 1000),
  }
}

/** Attributes of a table by name: those of the request first, then those of components. */
export function attributeNames(table: RequestTable): string[] {
  const names = table.attributes.map((a) => a.name)
  return names.toSorted((a, b) => Number(a.includes('.')) - Number(b.includes('.')) || (a < b ? -1 : 1))
}

/** Attributes that a request has as soon as it comes to a component. */
const OF_A_CALL = /\.(?:node|zone|version|cache)$/

/** A value in words. A missing one says why it is missing, where that is known. */
export const valueWords = (attribute: string, value: string | null): string =>
  value ?? (OF_A_CALL.test(attribute) ? 'not reached' : '(none)')
