import type { ClassSpace } from './classes.ts'
import type { SourceClasses } from '../model/classModel.ts'

/** The factor on a source's traffic that the factors of its attributes' values make together. */
export function trafficFactor(source: SourceClasses, p: Float64Array): number {
  let factor = 1
  for (let a = 0; a < source.attributes.length; a += 1) {
    const values = source.attributes[a]?.values ?? []
    let sum = 0
    for (let v = 0; v < values.length; v += 1) {
      const value = values[v]
      if (value) sum += value.share * (p[value.slot] ?? 1)
    }
    factor *= sum
  }
  return factor
}

/** Traffic with one group of values of an attribute, by all of the source's unscaled traffic. */
function groupWeight(
  source: SourceClasses,
  attribute: number,
  o: { group: number; p: Float64Array },
): number {
  const values = source.attributes[attribute]?.values ?? []
  const group = source.groups[attribute]?.[o.group] ?? []
  let sum = 0
  for (let n = 0; n < group.length; n += 1) {
    const value = values[group[n] ?? 0]
    if (value) sum += value.share * (o.p[value.slot] ?? 1)
  }
  return sum
}

/** Writes what share of a source's fresh requests each of its classes has, under the present factors. */
export function weighClasses(space: ClassSpace, source: SourceClasses, p: Float64Array): void {
  const { weight } = space
  let total = 0
  for (let n = 0; n < source.classes.length; n += 1) {
    const k = source.classes[n] ?? 0
    const combinations = space.model.classes[k]?.combinations ?? []
    let sum = 0
    for (let m = 0; m < combinations.length; m += 1) {
      const chosen = combinations[m] ?? []
      let product = 1
      for (let r = 0; r < chosen.length; r += 1)
        product *= groupWeight(source, source.relevant[r] ?? 0, {
          group: chosen[r] ?? 0,
          p,
        })
      sum += product
    }
    weight[k] = sum
    total += sum
  }
  // Nobody at all: the mix makes no difference.
  for (let n = 0; n < source.classes.length; n += 1) {
    const k = source.classes[n] ?? 0
    weight[k] = total > 0 ? (weight[k] ?? 0) / total : 1 / source.classes.length
  }
}

/** Notes the traffic with each value of a source's attributes, by its unscaled traffic, one after another. */
export function noteValues(source: SourceClasses, p: Float64Array, values: number[]): void {
  let to = 0
  for (let a = 0; a < source.attributes.length; a += 1) {
    const list = source.attributes[a]?.values ?? []
    for (let v = 0; v < list.length; v += 1) {
      const value = list[v]
      values[to] = value ? value.share * (p[value.slot] ?? 1) : 0
      to += 1
    }
  }
}
