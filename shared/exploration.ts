import { NONE, type RequestTable } from './requests.ts'

/** One thing every request looked at must have (`is`) or must not (`not`); `value` null: the attribute is missing. */
export interface AttributeFilter {
  readonly attribute: string
  readonly op: 'is' | 'not'
  readonly value: string | null
}
/** What to look at: attributes all hold, and the duration lies between the two ends (s) where they are given. */
export interface RequestFilter {
  readonly attributes: readonly AttributeFilter[]
  readonly slower?: number | undefined
  readonly faster?: number | undefined
  /** Exercise ms, both included. */
  readonly from?: number | undefined
  readonly to?: number | undefined
}

const columnOf = (table: RequestTable, name: string) => table.attributes.find((a) => a.name === name)

/** The value of an attribute of request `i`; null: it has none. */
export function valueAt(table: RequestTable, attribute: string, i: number): string | null {
  const column = columnOf(table, attribute)
  const place = column?.of[i] ?? NONE
  return place === NONE ? null : (column?.values[place] ?? null)
}

/** Places of the requests a filter lets through, in their order. */
export function selectRequests(table: RequestTable, filter: RequestFilter): number[] {
  const tests = filter.attributes.map(({ attribute, op, value }) => {
    const column = columnOf(table, attribute)
    const place = value === null ? NONE : (column?.values.indexOf(value) ?? -2)
    // A value that does not occur is nobody's: `is` lets none through, `not` all.
    const wanted = value !== null && place < 0 ? -2 : place
    const wants = op === 'is'
    return (i: number) => ((column?.of[i] ?? NONE) === wanted) === wants
  })
  const { slower = 0, faster = Infinity, from = -Infinity, to = Infinity } = filter
  const found: number[] = []
  for (let i = 0; i < table.trace.length; i += 1) {
    const time = table.duration[i] ?? 0
    const at = table.at[i] ?? 0
    if (time >= slower && time <= faster && at >= from && at <= to && tests.every((test) => test(i)))
      found.push(i)
  }
  return found
}

/** Whether a request failed: anything but 200. */
export const failedAt = (table: RequestTable, i: number): boolean => valueAt(table, 'status', i) !== '200'

/** The time (s) that the share `q` of the weight does not exceed; null without any requests. */
export function quantileOf(table: RequestTable, places: readonly number[], q: number): number | null {
  const sorted = places.toSorted((a, b) => (table.duration[a] ?? 0) - (table.duration[b] ?? 0))
  let all = 0
  for (const i of sorted) all += table.weight[i] ?? 0
  let sum = 0
  for (const i of sorted) {
    sum += table.weight[i] ?? 0
    if (sum >= q * all) return table.duration[i] ?? null
  }
  return null
}

/** One line of a grouped table. */
export interface Group {
  /** Null: requests without this attribute. */
  readonly value: string | null
  /** Sampled requests behind the numbers, and how many they stand for. */
  readonly samples: number
  readonly count: number
  readonly perSecond: number
  readonly failed: number
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
}

/** Count, rate, share of failures and percentiles of some requests, which were spread over `seconds`. */
export function summaryOf(
  table: RequestTable,
  places: readonly number[],
  seconds: number,
): Omit<Group, 'value'> {
  let count = 0
  let failed = 0
  const status = columnOf(table, 'status')
  const good = status?.values.indexOf('200') ?? -2
  for (const i of places) {
    const weight = table.weight[i] ?? 0
    count += weight
    if ((status?.of[i] ?? NONE) !== good) failed += weight
  }
  return {
    samples: places.length,
    count,
    perSecond: seconds > 0 ? count / seconds : 0,
    failed: count > 0 ? failed / count : 0,
    p50: quantileOf(table, places, 0.5),
    p95: quantileOf(table, places, 0.95),
    p99: quantileOf(table, places, 0.99),
  }
}

/** Requests by the values of an attribute, the most frequent first. */
export function groupRequests(
  table: RequestTable,
  places: readonly number[],
  o: { readonly by: string; readonly seconds: number },
): Group[] {
  const column = columnOf(table, o.by)
  const groups = new Map<number, number[]>()
  for (const i of places) {
    const place = column?.of[i] ?? NONE
    const group = groups.get(place)
    if (group) group.push(i)
    else groups.set(place, [i])
  }
  return [...groups]
    .map(([place, list]) => ({
      value: place === NONE ? null : (column?.values[place] ?? null),
      ...summaryOf(table, list, o.seconds),
    }))
    .toSorted((a, b) => b.count - a.count)
}

/** The requests of `places` alone, as a table of its own. */
function pickRequests(table: RequestTable, places: readonly number[]): RequestTable {
  const of = (list: readonly number[]) => places.map((i) => list[i] ?? 0)
  return {
    ...table,
    trace: places.map((i) => table.trace[i] ?? ''),
    at: of(table.at),
    weight: of(table.weight),
    duration: of(table.duration),
    attributes: table.attributes.map((a) => ({ ...a, of: places.map((i) => a.of[i] ?? NONE) })),
  }
}

/** A table and what came after it, without what began before `from`. Both must be sampled alike (`every`). */
export function joinTables(before: RequestTable, after: RequestTable, from: number): RequestTable {
  const kept = pickRequests(before, selectRequests(before, { attributes: [], from }))
  const missing = (n: number) => Array.from({ length: n }, () => NONE)
  const names = new Set([...kept.attributes, ...after.attributes].map((a) => a.name))
  const attributes = [...names].map((name) => {
    const [a, b] = [columnOf(kept, name), columnOf(after, name)]
    const values = [...(a?.values ?? [])]
    const places = (b?.values ?? []).map((value) => {
      const at = values.indexOf(value)
      return at >= 0 ? at : values.push(value) - 1
    })
    const more = b ? b.of.map((place) => places[place] ?? NONE) : missing(after.trace.length)
    return { name, values, of: [...(a?.of ?? missing(kept.trace.length)), ...more] }
  })
  return {
    from,
    to: after.to,
    every: before.every,
    trace: [...kept.trace, ...after.trace],
    at: [...kept.at, ...after.at],
    weight: [...kept.weight, ...after.weight],
    duration: [...kept.duration, ...after.duration],
    attributes,
  }
}
