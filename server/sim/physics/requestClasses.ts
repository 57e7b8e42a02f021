import type { ClassModel, SourceClasses } from './classModel.ts'
import { HERE } from './classState.ts'
import type { Model } from './model.ts'
import { type PhysicsState, sumOf } from './state.ts'

/** What a class meets at a cell where slices act. */
export interface ClassHere {
  readonly cell: number
  /** Own errors among what the cell answers: 404, 429, 500, 503, 504. */
  readonly errors: readonly number[]
  /** Factor on the cell's service time. */
  readonly slow: number
  /** Share turned away with 429 before anything is done. */
  readonly away: number
}
/** One kind of requests as they are now. */
export interface RequestClass {
  /** Its place in the model; −1: all requests of its source are alike. */
  readonly index: number
  readonly source: number
  /** Its share in the fresh requests of its source. */
  readonly share: number
  /** Attempts, requests answered well and requests failed during the last sample. */
  readonly attempts: number
  readonly good: number
  readonly bad: number
  /** Attribute → value → share among its requests. */
  readonly attributes: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Slices that take it, as `component.slice`. */
  readonly slices: readonly string[]
  /** Where slices act: elsewhere it meets what all meet. */
  readonly here: readonly ClassHere[]
}

/** Traffic with a combination's groups of values, without that of the attribute `but`. */
function weightOf(
  source: SourceClasses,
  values: readonly number[],
  o: { chosen: readonly number[]; but: number },
): number {
  let product = 1
  source.relevant.forEach((a, r) => {
    if (a === o.but) return
    const first = firstOf(source, a)
    const group = source.groups[a]?.[o.chosen[r] ?? 0] ?? []
    product *= group.reduce((sum, v) => sum + (values[first + v] ?? 0), 0)
  })
  return product
}

/** Where the values of an attribute begin in `SourceState.values`. */
const firstOf = (source: SourceClasses, attribute: number): number =>
  source.attributes.slice(0, attribute).reduce((n, a) => n + a.values.length, 0)

/** How the values of one attribute are spread within a class of a source (or, without a class, over all its requests). */
export function sharesWithin(
  source: SourceClasses,
  values: readonly number[],
  o: { readonly attribute: number; readonly of: ClassModel | undefined },
): number[] {
  const { attribute } = o
  const first = firstOf(source, attribute)
  const own = source.attributes[attribute]?.values.map((_, v) => values[first + v] ?? 0) ?? []
  const r = source.relevant.indexOf(attribute)
  const weights =
    r < 0 || !o.of
      ? own
      : own.map((x, v) =>
          (o.of?.combinations ?? [])
            .filter((chosen) => source.groups[attribute]?.[chosen[r] ?? 0]?.includes(v))
            .reduce((sum, chosen) => sum + x * weightOf(source, values, { chosen, but: attribute }), 0),
        )
  const all = sumOf(weights)
  return weights.map((x) => (all > 0 ? x / all : 0))
}

function attributesOf(source: SourceClasses, values: readonly number[], of: ClassModel | undefined) {
  return Object.fromEntries(
    source.attributes.map((a, attribute) => {
      const shares = sharesWithin(source, values, { attribute, of })
      return [a.name, Object.fromEntries(a.values.map((v, n) => [v.name, shares[n] ?? 0]))]
    }),
  )
}

function hereOf(model: Model, state: PhysicsState, k: number): ClassHere[] {
  const many = model.classes.classes.length
  const acting = model.classes.here.flatMap((list, cell) => (list.length > 0 ? [cell] : []))
  return acting.map((cell, n) => {
    const at = (n * many + k) * HERE.size
    const { here } = state.classes
    return {
      cell,
      errors: here.slice(at, at + 5),
      slow: here[at + HERE.slow] ?? 1,
      away: here[at + HERE.away] ?? 0,
    }
  })
}

/** The kinds of requests of every source and how they fared in the last sample: one for each source whose requests are all alike. */
export function classesOf(model: Model, state: PhysicsState): RequestClass[] {
  return model.sources.flatMap((source): RequestClass[] => {
    const s = state.sources[source.index]
    const classes = model.classes.sources[source.index]
    if (!s || !classes) return []
    if (classes.classes.length === 0) {
      const [attempts = 0, good = 0, bad = 0] = s.happened
      const attributes = attributesOf(classes, s.values, undefined)
      return [
        {
          index: -1,
          source: source.index,
          share: 1,
          attributes,
          attempts,
          good,
          bad,
          slices: [],
          here: [],
        },
      ]
    }
    return classes.classes.flatMap((k) => {
      const of = model.classes.classes[k]
      if (!of) return []
      const [attempts = 0, good = 0, bad = 0] = state.classes.happened[k] ?? []
      return [
        {
          index: k,
          source: source.index,
          share: state.classes.weight[k] ?? 0,
          attributes: attributesOf(classes, s.values, of),
          slices: of.slices.map((n) => {
            const slice = model.classes.slices[n]
            return `${model.components[slice?.component ?? -1]?.id ?? ''}.${slice?.name ?? ''}`
          }),
          here: hereOf(model, state, k),
          attempts,
          good,
          bad,
        },
      ]
    })
  })
}

/** Attempts, good answers and failures of a source since the last sample, by the values of the attributes its author asked for. */
export function breakdown(
  model: Model,
  state: PhysicsState,
  source: number,
): { attempts: number; good: number; bad: number }[] {
  const classes = model.classes.sources[source]
  const s = state.sources[source]
  if (!classes || !s) return []
  const kinds =
    classes.classes.length === 0
      ? [{ of: undefined, sums: [s.sums[0] ?? 0, sumOf(s.goodByAttempt), s.sums[1] ?? 0] }]
      : classes.classes.map((k) => ({ of: model.classes.classes[k], sums: state.classes.sums[k] ?? [] }))
  return classes.broken.flatMap((attribute) => {
    const shares = kinds.map(({ of }) => sharesWithin(classes, s.values, { attribute, of }))
    return (classes.attributes[attribute]?.values ?? []).map((_, v) => {
      const total = (place: number) =>
        kinds.reduce((n, { sums }, i) => n + (sums[place] ?? 0) * (shares[i]?.[v] ?? 0), 0)
      return { attempts: total(0), good: total(1), bad: total(2) }
    })
  })
}
