import type { ClassModel, SourceClasses } from '../model/classModel.ts'
import type { Model } from '../model/model.ts'
import { type PhysicsState, sumOf } from '../state.ts'

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
function sharesWithin(
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
