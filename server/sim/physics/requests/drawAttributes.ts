import type { ClassModel, SourceClasses } from '../model/classModel.ts'
import type { Draws } from './draws.ts'
import { pick } from './pick.ts'

/** The values of a source's attributes for one request of a class: as often as the traffic has them. `p` is the parameter vector. */
export function drawAttributes(
  source: SourceClasses,
  o: { readonly kind: ClassModel | undefined; readonly p: Float64Array; readonly draw: Draws },
): Record<string, string> {
  const { kind, p, draw } = o
  const weightOf = (attribute: number, value: number): number => {
    const found = source.attributes[attribute]?.values[value]
    return found ? found.share * (p[found.slot] ?? 1) : 0
  }
  const groupOf = (attribute: number, group: number): readonly number[] =>
    source.groups[attribute]?.[group] ?? []
  const combinations = kind?.combinations ?? []
  const combination =
    combinations[
      pick(
        combinations.map((chosen) =>
          chosen.reduce(
            (product, group, r) =>
              product *
              groupOf(source.relevant[r] ?? -1, group).reduce(
                (sum, value) => sum + weightOf(source.relevant[r] ?? -1, value),
                0,
              ),
            1,
          ),
        ),
        draw,
      )
    ]
  const out: Record<string, string> = {}
  source.attributes.forEach(({ name, values }, a) => {
    const r = source.relevant.indexOf(a)
    const group = r >= 0 ? combination?.[r] : undefined
    const among = group === undefined ? values.map((_, v) => v) : groupOf(a, group)
    const found =
      among[
        pick(
          among.map((v) => weightOf(a, v)),
          draw,
        )
      ]
    const value = values[found ?? -1]
    if (value) out[name] = value.name
  })
  return out
}
