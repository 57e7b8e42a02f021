import { type ComponentSpec, type SystemSpec, written } from '../../scenario/systemSchema.ts'
import { checkData } from './checkData.ts'
import { checkRunOut } from './checkRunOut.ts'
import { checkSlices } from './checkSlices.ts'
import { checkScaling } from './checkScaling.ts'
import { PARAMETERS } from '../parameters.ts'

/** Something that parses but cannot work, with where it is and how to mend it. */
export interface SystemFinding {
  readonly path: (string | number)[]
  readonly message: string
  readonly wayOut: string
}

/** The first circle of calls through `id`, as ids, or undefined. */
function circle(components: Readonly<Record<string, ComponentSpec>>, id: string): string[] | undefined {
  const walk = (at: string, trail: readonly string[]): string[] | undefined => {
    if (trail.length > 0 && at === id) return [...trail, at]
    if (trail.includes(at)) return undefined
    for (const to of Object.keys(components[at]?.calls ?? {})) {
      const found = walk(to, [...trail, at])
      if (found) return found
    }
    return undefined
  }
  return walk(id, [])
}

/** First words of paths and metrics that speak of something else. */
const RESERVED: readonly string[] = ['traffic', 'slo', 'zones', 'network', 'cluster']

type Say = (path: (string | number)[], message: string, wayOut: string) => void

/** Zones that exist, groups that leave room for each other. */
function checkPlaces(spec: SystemSpec, id: string, say: Say): void {
  const c = spec.components[id]
  const at = ['components', id]
  const zones = Object.keys(spec.zones)
  c?.zones?.forEach((zone, i) => {
    if (!zones.includes(zone))
      say(
        [...at, 'zones', i],
        `There is no zone ${zone}`,
        zones.length > 0 ? `Use one of: ${zones.join(', ')}` : 'Add it to system.zones, with its region',
      )
    if (c.zones?.indexOf(zone) !== i) say([...at, 'zones', i], `${zone} is named twice`, 'Name it once')
  })
  if (!c?.groups) return
  const apart = Object.values(c.groups).reduce((n, count) => n + count, 0)
  const replicas = written(c, 'replicas') ?? PARAMETERS[c.kind]['replicas']?.default ?? 0
  if (apart > replicas)
    say(
      [...at, 'groups'],
      `The groups set ${apart} instances apart, but there are ${replicas}`,
      'Raise replicas or make the groups smaller',
    )
}

/** Semantic checks of a system whose form is right: references, circles, shares, misses without a cache. Empty: it can be compiled. */
export function checkSystem(spec: SystemSpec): SystemFinding[] {
  const findings: SystemFinding[] = []
  const say: Say = (path, message, wayOut) => void findings.push({ path, message, wayOut })
  const ids = Object.keys(spec.components)
  const list = ids.join(', ')
  if (ids.length === 0) say(['components'], 'The system has no components', 'Add at least one component')
  if (Object.keys(spec.traffic).length === 0)
    say(['traffic'], 'Nobody uses the system', 'Add a traffic source')
  const seen = new Set<string>()
  for (const id of ids) {
    if (RESERVED.includes(id))
      say(['components', id], `${id} is a reserved name`, 'Call the component something else')
    const c = spec.components[id]
    if (!c) continue
    checkPlaces(spec, id, say)
    checkData(spec, id, say)
    const at = ['components', id]
    const entries = Object.entries(c.calls)
    const caches = entries
      .filter(([to, x]) => x.on === 'always' && spec.components[to]?.kind === 'cache')
      .map(([to]) => to)
    for (const [to, x] of entries) {
      const callee = spec.components[to]
      if (!callee) say([...at, 'calls', to], `There is no component ${to}`, `Use one of: ${list}`)
      else if (callee.kind === 'worker')
        say([...at, 'calls', to], `${to} is a worker: nobody calls it`, 'Call the queue it consumes')
      if (x.on === 'miss' && c.kind !== 'cache') {
        if (x.of === undefined && caches.length !== 1)
          say(
            [...at, 'calls', to],
            'It is not clear whose misses cause this call',
            'Call exactly one cache, or name it with `of`',
          )
        if (x.of !== undefined && !caches.includes(x.of))
          say(
            [...at, 'calls', to, 'of'],
            `${id} does not ask a cache ${x.of}`,
            caches.length > 0 ? `Use one of: ${caches.join(', ')}` : 'Add a call to the cache',
          )
      }
      if (x.on === 'always' && x.of !== undefined)
        say(
          [...at, 'calls', to, 'of'],
          '`of` has a meaning only with `on: miss`',
          'Remove `of` or add `on: miss`',
        )
      if ((written(x, 'appends') ?? 0) > 0 && callee && callee.kind !== 'object-store')
        say([...at, 'calls', to, 'appends'], `${to} is no object store`, 'Append to an object store')
    }
    if (c.kind === 'worker' && spec.components[c.consumes]?.kind !== 'queue')
      say([...at, 'consumes'], `${c.consumes} is not a queue`, 'Name a component of kind queue')
    const versions = Object.values(c.versions ?? {})
    if (versions.length > 0) {
      const sum = versions.reduce((n, v) => n + (written(v, 'share') ?? 0), 0)
      if (Math.abs(sum - 1) > 1e-6)
        say(
          [...at, 'versions'],
          `The shares of the versions sum to ${Number(sum.toFixed(4))}`,
          'Make them sum to 1',
        )
    }
    const limit = written(c, 'memory.limit') ?? PARAMETERS[c.kind]['memory.limit']?.default ?? 0
    const idle = written(c, 'memory.base') ?? PARAMETERS[c.kind]['memory.base']?.default ?? 0
    if (idle >= limit)
      say(
        [...at, 'memory'],
        'An idle instance needs all its memory and would be killed at once',
        'Raise memory.limit or lower memory.base',
      )
    const found = seen.has(id) ? undefined : circle(spec.components, id)
    if (found) {
      for (const member of found) seen.add(member)
      say([...at, 'calls'], `Calls go in a circle: ${found.join(' → ')}`, 'Remove one of these calls')
    }
  }
  for (const [id, t] of Object.entries(spec.traffic)) {
    const target = spec.components[t.to]
    if (!target) say(['traffic', id, 'to'], `There is no component ${t.to}`, `Use one of: ${list}`)
    else if (target.kind === 'worker')
      say(['traffic', id, 'to'], `${t.to} is a worker: nobody calls it`, 'Send traffic to its queue')
  }
  checkRunOut(spec, say)
  checkSlices(spec, say)
  checkScaling(spec, say)
  const names = new Set<string>()
  for (const id of ids) {
    const name = id.replaceAll('-', '_')
    if (names.has(name))
      say(['components', id], `Another component has the metric prefix ${name}`, 'Rename one of them')
    names.add(name)
  }
  return findings
}
