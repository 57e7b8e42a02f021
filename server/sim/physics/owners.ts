import type { Model } from './model/model.ts'
import {
  ATTRIBUTE_PARAMETER,
  CALL_PARAMETERS,
  CLUSTER_PARAMETERS,
  NETWORK_PARAMETERS,
  type Parameter,
  type Parameters,
  PARAMETERS,
  SLICE_PARAMETERS,
  TRAFFIC_PARAMETERS,
  VERSION_PARAMETERS,
  ZONE_PARAMETERS,
} from './parameters.ts'

/** What a parameter can belong to; a `part` is some of a component: its instances in a zone or a group, a version, or a slice of its requests. */
export type OwnerKind = 'component' | 'part' | 'call' | 'traffic' | 'zone'

/** Path prefixes that stand for the system and not for one component. */
const PLACES: Readonly<
  Record<string, { readonly kind: OwnerKind; readonly length: number; readonly has: Parameters }>
> = {
  traffic: { kind: 'traffic', length: 2, has: TRAFFIC_PARAMETERS },
  zones: { kind: 'zone', length: 2, has: ZONE_PARAMETERS },
  network: { kind: 'zone', length: 1, has: NETWORK_PARAMETERS },
  cluster: { kind: 'zone', length: 1, has: CLUSTER_PARAMETERS },
}
/** Inside a component: `web.calls.db.timeout` belongs to the call, `web.zones.a.cv` to some of its instances, which have what all have. */
const INSIDE: Readonly<Record<string, { readonly kind: OwnerKind; readonly has: Parameters | null }>> = {
  calls: { kind: 'call', has: CALL_PARAMETERS },
  versions: { kind: 'part', has: VERSION_PARAMETERS },
  slices: { kind: 'part', has: SLICE_PARAMETERS },
  zones: { kind: 'part', has: null },
  groups: { kind: 'part', has: null },
}
const own = <T>(record: Readonly<Record<string, T>>, key = ''): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined

export interface Owner {
  /** The path up to the parameter's own name: `web`, `web.calls.db`, `traffic.shoppers`. */
  readonly id: string
  readonly kind: OwnerKind
  readonly parts: readonly string[]
  /** What it can be set to do; null: what its component has. */
  readonly has: Parameters | null
}

/** What a parameter belongs to, told from its path alone. */
export function ownerOf(path: string): Owner {
  const parts = path.split('.')
  const place = own(PLACES, parts[0])
  let length = place?.length ?? 1
  let kind: OwnerKind = place?.kind ?? 'component'
  let has: Parameters | null = place?.has ?? null
  for (;;) {
    const inside = place ? undefined : own(INSIDE, parts[length])
    if (inside === undefined || parts.length < length + 3) break
    kind = inside.kind
    has = inside.has
    length += 2
  }
  const mine = parts.slice(0, length)
  return { id: mine.join('.'), kind, parts: mine, has }
}

/** What is known of the parameter at a path: its description, unit, range and default. */
export function declarationOf(model: Model, path: string): Parameter | undefined {
  const { id, parts, has } = ownerOf(path)
  const kind = model.components.find((c) => c.id === parts[0])?.kind
  const registry = has ?? (kind && PARAMETERS[kind])
  const name = path.slice(id.length + 1)
  // Attributes and their values are the scenario's own words.
  if (parts[0] === 'traffic' && name.startsWith('attributes.')) return ATTRIBUTE_PARAMETER
  return registry && own(registry, name)
}

/** What an owner is called: `Web`, `Web (in fra-a)`, `Web → Database`, `Zone fra-a`. */
export function ownerTitle(model: Model, { kind, parts }: Owner): string {
  const component = (id = '') => model.components.find((c) => c.id === id)?.title ?? id
  const [first = '', second = ''] = parts
  if (kind === 'traffic') return model.sources.find((s) => s.id === second)?.title ?? second
  if (kind === 'zone')
    return first === 'zones' ? `Zone ${second}` : first === 'network' ? 'Network' : 'Machines'
  const inside: string[] = []
  let to = ''
  for (let i = 1; i + 1 < parts.length; i += 2) {
    const name = parts[i + 1] ?? ''
    if (parts[i] === 'calls') to = ` → ${component(name)}`
    else inside.push(parts[i] === 'zones' ? `in ${name}` : parts[i] === 'groups' ? `group ${name}` : name)
  }
  return `${component(first)}${inside.map((w) => ` (${w})`).join('')}${to}`
}
