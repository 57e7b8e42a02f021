import type { AttributeModel, ClassModel, SliceModel, SourceClasses } from './classModel.ts'

/** More kinds of requests than this are refused when a scenario is read. */
export const MOST_CLASSES = 64
/** More combinations of attributes than this are not even tried. */
export const MOST_COMBINATIONS = 4096

/** A condition as an author wrote it: one value, or several of which any will do. */
export type Where = Readonly<Record<string, string | readonly string[]>>
/** Names in a `where` that speak of the place of a request's answer, not of the request. */
export const PLACES = ['zone', 'region', 'version'] as const

/** The values a condition allows for one name; undefined when it does not speak of it. */
export function allowed(where: Where, name: string): readonly string[] | undefined {
  const value = where[name]
  return value === undefined ? undefined : typeof value === 'string' ? [value] : value
}

/** The names of attributes a condition speaks of, places left out. */
export const attributesIn = (where: Where): string[] =>
  Object.keys(where).filter((name) => !PLACES.some((place) => place === name))

/** Whether requests of a source can belong to a slice at all: it may come from there, and the source has its attributes. */
function reaches(slice: SliceModel, source: number, attributes: readonly AttributeModel[]): boolean {
  if (slice.from !== null && !slice.from.includes(source)) return false
  return attributesIn(slice.where).every((name) => attributes.some((a) => a.name === name))
}

/** Values of one attribute that all slices treat alike, as groups of places in its list of values. */
function alike(attribute: AttributeModel, slices: readonly SliceModel[]): number[][] {
  const groups = new Map<string, number[]>()
  attribute.values.forEach((value, i) => {
    const key = slices
      .map((s) => (allowed(s.where, attribute.name)?.includes(value.name) === false ? '-' : '+'))
      .join('')
    groups.set(key, [...(groups.get(key) ?? []), i])
  })
  return [...groups.values()]
}

/** How many combinations of values `classesOf` would have to look at for one source. */
export function combinationsOf(
  source: number,
  attributes: readonly AttributeModel[],
  slices: readonly SliceModel[],
): number {
  const own = slices.filter((s) => reaches(s, source, attributes))
  return attributes.reduce((n, a) => n * alike(a, own).length, 1)
}

/**
 * Divides the requests of one source into classes: two requests are of one class when every slice of the system takes both or neither.
 * Attributes no slice asks for make no difference. `first` is the index of its first class.
 */
export function divide(
  source: number,
  attributes: readonly AttributeModel[],
  o: { readonly slices: readonly SliceModel[]; readonly first: number },
): { readonly source: SourceClasses; readonly classes: readonly ClassModel[] } {
  const own = o.slices.filter((s) => reaches(s, source, attributes))
  const groups = attributes.map((a) => alike(a, own))
  const relevant = attributes.flatMap((_, i) => ((groups[i]?.length ?? 1) > 1 ? [i] : []))
  const found = new Map<string, { slices: number[]; combinations: number[][] }>()
  const walk = (n: number, chosen: readonly number[]) => {
    const at = relevant[n]
    if (at !== undefined) {
      groups[at]?.forEach((_, g) => walk(n + 1, [...chosen, g]))
      return
    }
    const nameOf = (name: string) => {
      const a = attributes.findIndex((x) => x.name === name)
      const group = groups[a]?.[relevant.includes(a) ? (chosen[relevant.indexOf(a)] ?? 0) : 0]
      return attributes[a]?.values[group?.[0] ?? 0]?.name ?? ''
    }
    const slices = own.filter((s) =>
      attributesIn(s.where).every((name) => allowed(s.where, name)?.includes(nameOf(name))),
    )
    const key = slices.map((s) => s.index).join(',')
    const entry = found.get(key) ?? { slices: slices.map((s) => s.index), combinations: [] }
    entry.combinations.push([...chosen])
    found.set(key, entry)
  }
  walk(0, [])
  const classes = [...found.values()].map((entry, i): ClassModel => ({
    index: o.first + i,
    source,
    slices: entry.slices,
    combinations: entry.combinations,
  }))
  return {
    source: { source, attributes, relevant, groups, classes: classes.map((c) => c.index), broken: [] },
    classes,
  }
}
