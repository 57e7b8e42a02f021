import type { SystemSpec } from '../../scenario/systemSchema.ts'
import type { AttributeModel, ClassesModel, ClassModel, SliceHere, SliceModel } from './classModel.ts'
import { lay, type Layout } from './layout.ts'
import type { CellModel, ComponentModel, ZoneModel } from './model.ts'
import { ATTRIBUTE_PARAMETER, type Parameters, SLICE_PARAMETERS } from '../parameters.ts'
import { allowed, attributesIn, divide } from './slices.ts'

/** What of a compiled system the classes are made from. */
interface Parts {
  readonly spec: SystemSpec
  /** Lays the parameters of a slice, or the factor of an attribute's value; returns the slot. */
  readonly laySlice: (component: string, name: string) => number
  readonly layValue: (source: string, attribute: string, value: string) => number
  readonly components: readonly {
    readonly id: string
    readonly cells: readonly number[]
    readonly versions: readonly {
      readonly name: string
      readonly slot: number
    }[]
  }[]
  readonly cells: readonly {
    readonly index: number
    readonly zone: string | null
    /** Cells it calls or takes messages from. */
    readonly below: readonly number[]
  }[]
}

/** The attributes of a source, as laid out. */
export function attributesOf(
  spec: SystemSpec['traffic'][string],
  lay: (attribute: string, value: string) => number,
): AttributeModel[] {
  return Object.entries(spec.attributes).map(([name, values]) => ({
    name,
    values: Object.entries(values).map(([value, share]) => ({
      name: value,
      share,
      slot: lay(name, value),
    })),
  }))
}

/** The slices of a system in the order of its components. Unknown sources and versions are left out: the check has named them. */
export function slicesOf(parts: Pick<Parts, 'spec' | 'laySlice' | 'components'>): SliceModel[] {
  const sources = Object.keys(parts.spec.traffic)
  return parts.components
    .flatMap((c, component) =>
      Object.entries(parts.spec.components[c.id]?.slices ?? {}).map(([name, s]) => ({
        index: 0,
        name,
        title: s.title ?? name,
        component,
        slot: parts.laySlice(c.id, name),
        from: s.from?.map((id) => sources.indexOf(id)) ?? null,
        where: s.where,
        versions: c.versions.filter((v) => allowed(s.where, 'version')?.includes(v.name)).map((v) => v.slot),
        siblings: c.versions.map((v) => v.slot),
      })),
    )
    .map((slice, index) => ({ ...slice, index }))
}

/** Whether a slice acts in a cell: in its zone and region, if it names any. */
function actsIn(slice: SliceModel, zone: string | null, zones: SystemSpec['zones']): boolean {
  const inZone = allowed(slice.where, 'zone')
  const inRegion = allowed(slice.where, 'region')
  if (inZone && !(zone !== null && inZone.includes(zone))) return false
  return !inRegion || (zone !== null && inRegion.includes(zones[zone]?.region ?? ''))
}

/** Divides the requests of a system into classes and says where they are treated unlike each other. */
function compileClasses(parts: Parts): ClassesModel {
  const { spec } = parts
  const slices = slicesOf(parts)
  const classes: ClassModel[] = []
  const sources = Object.entries(spec.traffic).map(([id, t], index) => {
    const attributes = attributesOf(t, (name, value) => parts.layValue(id, name, value))
    const made = divide(index, attributes, { slices, first: classes.length })
    const broken = t.metrics.map((name) => attributes.findIndex((a) => a.name === name)).filter((a) => a >= 0)
    if (slices.length === 0) return { ...made.source, broken, classes: [] }
    classes.push(...made.classes)
    return { ...made.source, broken }
  })
  const jobs = Object.values(spec.components).some((c) => c.kind === 'job')
  const unnamed = slices.length > 0 && jobs ? classes.length : -1
  if (unnamed >= 0) {
    const own = slices.filter((s) => s.from === null && attributesIn(s.where).length === 0)
    classes.push({ index: unnamed, source: -1, slices: own.map((s) => s.index), combinations: [] })
  }
  let buckets = 0
  const here = parts.cells.map((cell): SliceHere[] => {
    const component = parts.components.findIndex((c) => c.cells.includes(cell.index))
    return slices
      .filter((s) => s.component === component && actsIn(s, cell.zone, spec.zones))
      .map((slice) => ({ slice, bucket: buckets++ }))
  })
  const carries = here.map((list) => list.length > 0)
  // As often as there are cells: a chain of calls is never longer.
  for (let n = 0; n < carries.length; n += 1)
    for (const { cells } of parts.components)
      if (cells.some((i) => carries[i] || parts.cells[i]?.below.some((to) => carries[to])))
        for (const i of cells) carries[i] = true
  return {
    slices,
    classes,
    sources,
    here,
    carries,
    taken: here.map((list) => classes.map((k) => list.filter(({ slice }) => k.slices.includes(slice.index)))),
    buckets,
    unnamed,
  }
}

/** Lays out the parameters of slices and attributes, and divides the system's requests into classes. */
export function layClasses(
  at: Layout,
  o: {
    readonly spec: SystemSpec
    readonly components: readonly ComponentModel[]
    readonly cells: readonly CellModel[]
    readonly zones: readonly ZoneModel[]
  },
): ClassesModel {
  const { spec, components, cells, zones } = o
  const block = (owner: string, parameters: Parameters, from: object): number =>
    lay(at, { owner, parameters, names: Object.keys(parameters), from })
  return compileClasses({
    spec,
    components,
    laySlice: (id, slice) =>
      block(`${id}.slices.${slice}`, SLICE_PARAMETERS, spec.components[id]?.slices[slice] ?? {}),
    layValue: (source, attribute, value) =>
      block(`traffic.${source}.attributes.${attribute}`, { [value]: ATTRIBUTE_PARAMETER }, {}),
    cells: cells.map((c) => ({
      index: c.index,
      zone: zones[c.zone]?.id ?? null,
      below: [
        ...c.calls.flatMap((call) => call.arms.map((arm) => arm.to)),
        ...cells.filter((other) => other.consumes === c.first).map((other) => other.index),
      ],
    })),
  })
}
