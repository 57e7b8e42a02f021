import { NONE, type RequestTable } from './requests.ts'

/** How often a value occurs among some requests, and how often among the others. */
interface ValueDifference {
  /** Null: requests without this attribute. */
  readonly value: string | null
  /** Shares of the weight, inside and outside the selection, of all requests that are compared by this attribute. */
  readonly inside: number
  readonly outside: number
  /** Whether the two shares lie further apart than chance in so few samples would put them. */
  readonly beyondChance: boolean
}
/** `value`: its values differ. `unreached`: it differs only in that the selected requests lack it, mostly because they ended before. */
type DifferenceKind = 'value' | 'unreached'
export interface AttributeDifference {
  readonly attribute: string
  readonly kind: DifferenceKind
  /** Greatest difference of a share among its values: 0 tells nothing, 1 tells all. */
  readonly difference: number
  /** Whether that is more than chance. */
  readonly beyondChance: boolean
  /** Values by their difference, the greatest first; the lack of one comes after them, or before them where it is all that differs. */
  readonly values: readonly ValueDifference[]
}

/** Standard errors two shares must lie apart before their difference counts: few false alarms among some dozens of values. */
const SURE = 3
/** A smaller difference between two shares is not worth a line, however sure. */
const LEAST = 0.01
/** Below this share of requests that have an attribute, its values tell nothing about the requests. */
const HARDLY = 0.05
/** Values told of each attribute; the rest is rarely worth a look. */
const VALUES_TOLD = 12

/** Some requests: their weight, and how many equally weighted samples would tell as much (Kish 1965). */
interface Crowd {
  readonly weight: number
  readonly samples: number
}
function crowdOf(table: RequestTable, places: readonly number[]): Crowd {
  let weight = 0
  let squares = 0
  for (const i of places) {
    const w = table.weight[i] ?? 0
    weight += w
    squares += w * w
  }
  return { weight, samples: squares > 0 ? (weight * weight) / squares : 0 }
}

/** Two shares, of two crowds: whether they lie worth a line and further apart than chance would put them. */
function isSure(shares: { inside: number; outside: number }, a: Crowd, b: Crowd): boolean {
  const both = (shares.inside * a.weight + shares.outside * b.weight) / (a.weight + b.weight)
  const mixed = Math.min(1, Math.max(0, both))
  const error = Math.sqrt(mixed * (1 - mixed) * (1 / a.samples + 1 / b.samples))
  return Math.abs(shares.inside - shares.outside) > Math.max(LEAST, SURE * error)
}

type Column = RequestTable['attributes'][number]

/** How often each value of an attribute occurs among some requests and among others, the greatest difference first, the lack of one last. */
function valuesOf(
  table: RequestTable,
  column: Column,
  { inside, outside }: { readonly inside: readonly number[]; readonly outside: readonly number[] },
): ValueDifference[] {
  const [a, b] = [crowdOf(table, inside), crowdOf(table, outside)]
  if (a.weight <= 0 || b.weight <= 0) return []
  const sums = new Map<number, { inside: number; outside: number }>()
  const count = (places: readonly number[], side: 'inside' | 'outside') => {
    for (const i of places) {
      const place = column.of[i] ?? NONE
      const sum = sums.get(place) ?? { inside: 0, outside: 0 }
      sum[side] += table.weight[i] ?? 0
      sums.set(place, sum)
    }
  }
  count(inside, 'inside')
  count(outside, 'outside')
  return [...sums]
    .map(
      ([place, sum]) => [place, { inside: sum.inside / a.weight, outside: sum.outside / b.weight }] as const,
    )
    .map(([place, shares]) => ({
      value: place === NONE ? null : (column.values[place] ?? null),
      ...shares,
      beyondChance: isSure(shares, a, b),
    }))
    .toSorted(
      (x, y) =>
        Number(y.beyondChance) - Number(x.beyondChance) ||
        Number(x.value === null) - Number(y.value === null) ||
        coarse(y.inside - y.outside) - coarse(x.inside - x.outside) ||
        Number(y.inside > y.outside) - Number(x.inside > x.outside) ||
        y.inside - x.inside,
    )
}

/** A difference to compare by: of two values that take each other’s place, the one more frequent in the selection comes first. */
const coarse = (difference: number): number => Math.round(Math.abs(difference) * 1e4)

/**
 * One attribute. A request that failed before it made a call has none of the attributes of that call: that follows from the failure and
 * explains nothing. So values are compared among the requests that have the attribute, and only where the selected ones have it more
 * often than the others, or the others hardly ever, does having it count as a difference.
 */
function compareBy(
  table: RequestTable,
  column: Column,
  all: { readonly inside: readonly number[]; readonly outside: readonly number[] },
): AttributeDifference {
  const has = (i: number) => (column.of[i] ?? NONE) !== NONE
  const having = { inside: all.inside.filter(has), outside: all.outside.filter(has) }
  const everybody = valuesOf(table, column, all)
  const lack = everybody.find((v) => v.value === null)
  const told = (kind: DifferenceKind, values: readonly ValueDifference[]): AttributeDifference => ({
    attribute: column.name,
    kind,
    difference: Math.max(0, ...values.map((v) => Math.abs(v.inside - v.outside))),
    beyondChance: values.some((v) => v.beyondChance),
    values: values.slice(0, VALUES_TOLD),
  })
  if (!lack) return told('value', everybody)
  const more = lack.inside < lack.outside
  if (more && (lack.beyondChance || 1 - lack.outside < HARDLY)) return told('value', everybody)
  // Without a value there is nothing to compare: that it is missing is told, in front of what the others have.
  const unreached = () => told('unreached', [lack, ...everybody.filter((v) => v.value !== null)])
  if (1 - lack.inside < HARDLY || 1 - lack.outside < HARDLY) return unreached()
  const among = told('value', valuesOf(table, column, having))
  return lack.beyondChance && !among.beyondChance ? unreached() : among
}

/** The rank of a difference: what is beyond chance first, and of that what the selected requests have before what they lack. */
const rankOf = ({ kind, beyondChance }: AttributeDifference): number =>
  beyondChance ? (kind === 'value' ? 0 : 1) : 2

/**
 * What sets a selection apart from all the other requests: for every attribute, how often each of its values occurs inside and outside,
 * ranked by the greatest difference of the two shares; what the selected requests merely never reached comes after that, and what may
 * be chance last. Empty when there is nothing inside or nothing outside.
 */
export function compareRequests(
  table: RequestTable,
  inside: readonly number[],
  outside: readonly number[],
): AttributeDifference[] {
  if (crowdOf(table, inside).weight <= 0 || crowdOf(table, outside).weight <= 0) return []
  return table.attributes
    .map((column) => compareBy(table, column, { inside, outside }))
    .toSorted((a, b) => rankOf(a) - rankOf(b) || b.difference - a.difference)
}
