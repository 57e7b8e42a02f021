import type { MetricInfo } from '../../../shared/contracts/system.ts'
import { type ComponentSpec, type SystemSpec, written } from '../scenario/systemSchema.ts'
import type { Quantity } from '../scenario/units.ts'
import { pow } from './math.ts'
import { metricsOf } from './metrics.ts'
import {
  CALL_PARAMETERS,
  type Parameters,
  PARAMETERS,
  type ServerKind,
  TRAFFIC_PARAMETERS,
  VERSION_PARAMETERS,
} from './parameters.ts'
import { namesOf } from './slots.ts'

/** One number of the vector: its path in effects, its range, and the value the scenario gives it. */
export interface Slot {
  readonly path: string
  readonly quantity: Quantity
  readonly min: number
  readonly max: number
}
export interface VersionModel {
  readonly name: string
  readonly slot: number
  /** Its place among all versions of the system. */
  readonly index: number
}
export interface CallModel {
  readonly index: number
  readonly from: number
  readonly to: number
  readonly slot: number
  readonly title: string
  readonly onMiss: boolean
  /** The call whose cache misses cause this one; −1: the misses of the caller itself, which is a cache. */
  readonly missesOf: number
  /** A call to a cache that another call stands in for when it misses or fails. */
  readonly covered: boolean
}
/** Keys of a cache in classes of like popularity: how many, and each one's share of requests. */
export interface KeyClasses {
  readonly count: readonly number[]
  readonly popularity: readonly number[]
}
export interface ComponentModel {
  readonly index: number
  readonly id: string
  /** What its metrics begin with. */
  readonly metrics: string
  readonly kind: ServerKind
  readonly title: string
  readonly description: string
  readonly slot: number
  readonly versions: readonly VersionModel[]
  /** Calls it makes, a cache always before the calls its misses cause. */
  readonly calls: readonly CallModel[]
  /** Calls and sources that reach it. */
  readonly calledBy: readonly CallModel[]
  readonly reachedBy: readonly number[]
  /** The queue a worker works on, or −1. */
  readonly consumes: number
  readonly keys: KeyClasses | null
  readonly objectSize: number
}
export interface SourceModel {
  readonly index: number
  readonly id: string
  readonly title: string
  readonly to: number
  readonly slot: number
  /** Exercise seconds and factors. */
  readonly shape: readonly { readonly at: number; readonly scale: number }[]
}

/** The static side of a simulated system, made once from a scenario. Never changes; holds no state. */
export interface Model {
  readonly components: readonly ComponentModel[]
  readonly calls: readonly CallModel[]
  readonly sources: readonly SourceModel[]
  readonly versions: readonly VersionModel[]
  /** Component indexes so that everything called comes before its callers. */
  readonly order: readonly number[]
  readonly slots: readonly Slot[]
  readonly base: readonly number[]
  readonly paths: ReadonlyMap<string, number>
  /** What the telemetry of this system consists of, in the order of `takeSample`. */
  readonly metrics: readonly MetricInfo[]
  /** Arrows of the map, by id; sources of traffic are `traffic.<id>`. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label: string }[]
}

/** Popularity classes grow by this factor in rank: fine at the head, where single keys matter. */
const CLASS_GROWTH = 1.6

/** Zipf's law over `keys` items with exponent `alpha`, gathered into classes of neighbouring ranks. */
export function keyClasses(keys: number, alpha: number): KeyClasses {
  const count: number[] = []
  const weight: number[] = []
  let from = 1
  while (from <= keys) {
    const to = Math.min(keys, Math.max(from, Math.floor(from * CLASS_GROWTH)))
    let sum = 0
    if (to - from < 64) for (let k = from; k <= to; k += 1) sum += pow(k, -alpha)
    else {
      // The sum over a long run of ranks is the integral between half ranks, closely.
      const [a, b] = [from - 0.5, to + 0.5]
      const near1 = Math.abs(1 - alpha) < 1e-6
      const mid = pow((a + b) / 2, -alpha)
      const simpson = ((b - a) / 6) * (pow(a, -alpha) + 4 * mid + pow(b, -alpha))
      sum = near1 ? simpson : (pow(b, 1 - alpha) - pow(a, 1 - alpha)) / (1 - alpha)
    }
    count.push(to - from + 1)
    weight.push(sum)
    from = to + 1
  }
  const total = weight.reduce((a, b) => a + b, 0)
  return { count, popularity: weight.map((w, i) => w / total / (count[i] ?? 1)) }
}

/** Callees before callers. Components in a circle come last, in their own order (the check refuses circles first). */
function orderOf(ids: readonly string[], specs: Readonly<Record<string, ComponentSpec>>): number[] {
  const done = new Set<string>()
  const order: number[] = []
  const visit = (id: string, trail: readonly string[]) => {
    if (done.has(id) || trail.includes(id) || !specs[id]) return
    for (const to of Object.keys(specs[id].calls)) visit(to, [...trail, id])
    done.add(id)
    order.push(ids.indexOf(id))
  }
  for (const id of ids) visit(id, [])
  return order
}

/** The name a component's metrics begin with. */
export const prefixOf = (id: string): string => id.replaceAll('-', '_')

/**
 * Lays a system out for the engine. The spec must have passed `checkSystem`; a call to nowhere is a programmer's error and throws.
 */
export function compileSystem(spec: SystemSpec): Model {
  const slots: Slot[] = []
  const base: number[] = []
  const paths = new Map<string, number>()
  const lay = (owner: string, parameters: Parameters, names: readonly string[], from: object): number => {
    const start = slots.length
    for (const name of names) {
      const param = parameters[name]
      if (!param) throw new Error(`no parameter ${name}`)
      if (!param.fixed) paths.set(`${owner}.${name}`, slots.length)
      slots.push({ path: `${owner}.${name}`, quantity: param.quantity, min: param.min, max: param.max })
      base.push(written(from, name) ?? param.default)
    }
    return start
  }
  const ids = Object.keys(spec.components)
  const indexOf = (id: string): number => {
    const at = ids.indexOf(id)
    if (at < 0) throw new Error(`no component ${id}`)
    return at
  }
  const calls: CallModel[] = []
  const versions: VersionModel[] = []
  const drafts = ids.map((id, index) => {
    const c = spec.components[id]
    if (!c) throw new Error(`no component ${id}`)
    const slot = lay(id, PARAMETERS[c.kind], namesOf(c.kind), c)
    const own = Object.entries(c.versions ?? {}).map(([name, v]) => {
      const version = {
        name,
        slot: lay(`${id}.versions.${name}`, VERSION_PARAMETERS, Object.keys(VERSION_PARAMETERS), v),
        index: versions.length,
      }
      versions.push(version)
      return version
    })
    const entries = Object.entries(c.calls)
    // A cache is asked before the store its misses go to.
    const ordered = [
      ...entries.filter(([, x]) => x.on === 'always'),
      ...entries.filter(([, x]) => x.on === 'miss'),
    ]
    const caches = entries
      .filter(([to, x]) => x.on === 'always' && spec.components[to]?.kind === 'cache')
      .map(([to]) => to)
    const coverOf = (x: (typeof entries)[number][1]) => (c.kind === 'cache' ? undefined : (x.of ?? caches[0]))
    const covered = new Set(entries.filter(([, x]) => x.on === 'miss').map(([, x]) => coverOf(x)))
    const first = calls.length
    for (const [to, x] of ordered) {
      const cover = x.on === 'miss' ? coverOf(x) : undefined
      calls.push({
        index: calls.length,
        from: index,
        to: indexOf(to),
        slot: lay(`${id}.calls.${to}`, CALL_PARAMETERS, Object.keys(CALL_PARAMETERS), x),
        title: x.title ?? '',
        onMiss: x.on === 'miss',
        missesOf: cover === undefined ? -1 : first + ordered.findIndex(([name]) => name === cover),
        covered: x.on === 'always' && covered.has(to),
      })
    }
    return { id, index, c, slot, own }
  })
  const sources = Object.entries(spec.traffic).map(([id, t], index): SourceModel => ({
    index,
    id,
    title: t.title,
    to: indexOf(t.to),
    slot: lay(`traffic.${id}`, TRAFFIC_PARAMETERS, Object.keys(TRAFFIC_PARAMETERS), t),
    shape: (t.shape ?? []).map((s) => ({ at: s.at / 1000, scale: s.scale })).toSorted((a, b) => a.at - b.at),
  }))
  const components = drafts.map(({ id, index, c, slot, own }): ComponentModel => ({
    index,
    id,
    metrics: prefixOf(id),
    kind: c.kind,
    title: c.title,
    description: c.description,
    slot,
    versions: own,
    calls: calls.filter((x) => x.from === index),
    calledBy: calls.filter((x) => x.to === index),
    reachedBy: sources.filter((s) => s.to === index).map((s) => s.index),
    consumes: c.kind === 'worker' ? indexOf(c.consumes) : -1,
    keys: c.kind === 'cache' ? keyClasses(written(c, 'keys') ?? 100_000, written(c, 'zipf') ?? 1) : null,
    objectSize: c.kind === 'object-store' ? (c.object?.size ?? 0) : 0,
  }))
  const edges = [
    ...sources.map((s) => ({ from: `traffic.${s.id}`, to: ids[s.to] ?? '', label: '' })),
    ...calls.map((x) => ({ from: ids[x.from] ?? '', to: ids[x.to] ?? '', label: x.title })),
    ...components
      .filter((c) => c.consumes >= 0)
      .map((c) => ({ from: ids[c.consumes] ?? '', to: c.id, label: 'messages' })),
  ]
  const model = {
    components,
    calls,
    sources,
    versions,
    order: orderOf(ids, spec.components),
    slots,
    base,
    paths,
    edges,
  }
  return { ...model, metrics: metricsOf(components, sources) }
}
