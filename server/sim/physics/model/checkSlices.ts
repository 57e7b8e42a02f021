import { wayOutOf } from '../../scenario/suggest.ts'
import type { SystemSpec } from '../../scenario/systemSchema.ts'
import type { SystemFinding } from './check.ts'
import { attributesOf, slicesOf } from './compileClasses.ts'
import { SOURCE_COLUMNS } from '../metrics.ts'
import {
  allowed,
  attributesIn,
  combinationsOf,
  divide,
  MOST_CLASSES,
  MOST_COMBINATIONS,
  PLACES,
} from './slices.ts'

type Say = (path: SystemFinding['path'], message: string, wayOut: string) => void

/** Attributes of traffic: shares that sum to 1, names that are free, breakdowns of attributes that exist. */
function checkAttributes(spec: SystemSpec, say: Say): void {
  for (const [id, t] of Object.entries(spec.traffic)) {
    const at = ['traffic', id, 'attributes']
    for (const [name, values] of Object.entries(t.attributes)) {
      if (PLACES.some((place) => place === name))
        say(
          [...at, name],
          `${name} is what a slice calls the place of an answer`,
          'Call the attribute something else',
        )
      if (SOURCE_COLUMNS.some(([suffix]) => suffix === name))
        say([...at, name], `${name} is a metric of every source`, 'Call the attribute something else')
      const sum = Object.values(values).reduce((a, b) => a + b, 0)
      if (Math.abs(sum - 1) > 1e-6)
        say([...at, name], `The shares of ${name} sum to ${Number(sum.toFixed(4))}`, 'Make them sum to 1')
    }
    t.metrics.forEach((name, i) => {
      if (!Object.hasOwn(t.attributes, name))
        say(
          ['traffic', id, 'metrics', i],
          `${id} has no attribute ${name}`,
          wayOutOf(name, Object.keys(t.attributes), 'attributes'),
        )
    })
  }
}

/** One slice: sources, attributes, values and places it names must exist. */
function checkSlice(spec: SystemSpec, o: { id: string; name: string; say: Say }): void {
  const { id, name, say } = o
  const c = spec.components[id]
  const slice = c?.slices[name]
  if (!c || !slice) return
  const at = ['components', id, 'slices', name]
  const sources = Object.keys(spec.traffic)
  slice.from?.forEach((source, i) => {
    if (!sources.includes(source))
      say([...at, 'from', i], `There is no traffic source ${source}`, wayOutOf(source, sources, 'sources'))
  })
  const from = Object.entries(spec.traffic).filter(([source]) => slice.from?.includes(source) ?? true)
  const places: Readonly<Record<(typeof PLACES)[number], readonly string[]>> = {
    zone: c.zones ?? [],
    region: [...new Set((c.zones ?? []).map((zone) => spec.zones[zone]?.region ?? ''))],
    version: Object.keys(c.versions ?? {}),
  }
  for (const place of PLACES)
    for (const value of allowed(slice.where, place) ?? [])
      if (!places[place].includes(value))
        say(
          [...at, 'where', place],
          `${id} has no ${place} ${value}`,
          wayOutOf(value, places[place], `${place}s of ${id}`),
        )
  for (const attribute of attributesIn(slice.where)) {
    const having = from.filter(([, t]) => Object.hasOwn(t.attributes, attribute))
    if (having.length === 0) {
      const known = [...new Set(from.flatMap(([, t]) => Object.keys(t.attributes)))]
      say(
        [...at, 'where', attribute],
        `No source it may come from has an attribute ${attribute}`,
        wayOutOf(attribute, [...known, ...PLACES], 'names'),
      )
      continue
    }
    const values = [...new Set(having.flatMap(([, t]) => Object.keys(t.attributes[attribute] ?? {})))]
    for (const value of allowed(slice.where, attribute) ?? [])
      if (!values.includes(value))
        say(
          [...at, 'where', attribute],
          `No source has ${attribute} ${value}`,
          wayOutOf(value, values, `values of ${attribute}`),
        )
  }
}

/** Semantic checks of attributes and slices; says each finding. */
export function checkSlices(spec: SystemSpec, say: Say): void {
  checkAttributes(spec, say)
  for (const [id, c] of Object.entries(spec.components))
    for (const name of Object.keys(c.slices)) checkSlice(spec, { id, name, say })
  const components = Object.keys(spec.components).map((id) => ({ id, cells: [], versions: [] }))
  const slices = slicesOf({ spec, components, laySlice: () => 0 })
  if (slices.length === 0) return
  let count = 0
  let most = 0
  Object.values(spec.traffic).forEach((t, source) => {
    const attributes = attributesOf(t, () => 0)
    const combinations = combinationsOf(source, attributes, slices)
    most = Math.max(most, combinations)
    if (combinations <= MOST_COMBINATIONS)
      count += divide(source, attributes, { slices, first: 0 }).classes.length
  })
  if (most > MOST_COMBINATIONS || count > MOST_CLASSES)
    say(
      ['components'],
      `The slices divide requests into ${most > MOST_COMBINATIONS ? 'thousands of' : count} kinds`,
      `Use fewer slices or conditions: at most ${MOST_CLASSES} kinds can be told apart`,
    )
}
