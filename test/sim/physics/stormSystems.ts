import fc from 'fast-check'
import {
  CALL_PARAMETERS,
  PARAMETERS,
  SERVER_KINDS,
  TRAFFIC_PARAMETERS,
} from '../../../server/sim/physics/parameters.ts'
import type { Parameter, Parameters } from '../../../server/sim/physics/parameters.ts'
import { checkSystem } from '../../../server/sim/physics/index.ts'
import { SystemSpec } from '../../../server/sim/scenario/systemSchema.ts'
import type { Quantity } from '../../../shared/quantities.ts'

/** A draw: which parameter, how its value is made, and where in between. */
export const draw = fc.tuple(fc.nat(999), fc.nat(5), fc.double({ min: 0, max: 1, noNaN: true }))
export type Draw = readonly [which: number, how: number, x: number]

/** A value inside a range: an end of it, anywhere, or within two powers of ten of what is usual. */
export function within(p: Pick<Parameter, 'min' | 'max' | 'default'>, how: number, x: number): number {
  const near = (p.default || (p.max < 10 ? p.max : 1)) * 10 ** (4 * x - 2)
  const value = [p.min, p.max, p.min + (p.max - p.min) * x, near, near, near][how] ?? near
  return Math.min(p.max, Math.max(p.min, value))
}

const UNITS: Readonly<Record<Quantity, (v: number) => string | number>> = {
  seconds: (v) => `${v.toFixed(6)}s`,
  per_second: (v) => `${v.toFixed(6)}/s`,
  bytes: (v) => `${Math.round(v)}B`,
  bytes_per_second: (v) => `${Math.round(v)}B/s`,
  ratio: (v) => v,
  count: (v) => v,
  number: (v) => v,
  flag: (v) => Math.round(v),
}

/** Some parameters of a registry, as an author would write them. */
function written(parameters: Parameters, draws: readonly Draw[]): Record<string, unknown> {
  // Memory and shares of versions are checked against each other when a scenario is read; effects shake them later.
  const names = Object.keys(parameters).filter((n) => !n.startsWith('memory') && n !== 'share')
  const out: Record<string, unknown> = {}
  for (const [which, how, x] of draws) {
    const name = names[which % names.length] ?? ''
    const parameter = parameters[name]
    if (!parameter) continue
    // Numbers of an author are of this world: what is beyond it comes by effects.
    const value = UNITS[parameter.quantity](Math.min(within(parameter, how, x), 1e7))
    const [first = name, second] = name.split('.')
    if (second === undefined) out[first] = value
    else out[first] = { ...(out[first] as object | undefined), [second]: value }
  }
  return out
}

const component = fc.record({
  kind: fc.constantFrom(...SERVER_KINDS),
  numbers: fc.array(draw, { maxLength: 5 }),
  calls: fc.array(
    fc.record({ to: fc.nat(4), miss: fc.boolean(), numbers: fc.array(draw, { maxLength: 3 }) }),
    {
      maxLength: 3,
    },
  ),
  zones: fc.nat(3),
  versions: fc.boolean(),
})
const shape = fc.record({
  components: fc.array(component, { minLength: 2, maxLength: 5 }),
  traffic: fc.array(fc.record({ to: fc.nat(4), numbers: fc.array(draw, { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 2,
  }),
})
type Shape = typeof shape extends fc.Arbitrary<infer S> ? S : never

const ZONES = ['a', 'b', 'c']
const id = (i: number) => `c${i}`

/** What the checks of a scenario ask for besides: a disk that has a size, followers to speak of, an autoscaler that watches something. */
function made(drawn: Record<string, unknown>): Record<string, unknown> {
  const has = (name: string) => name in drawn
  const all = { ...drawn }
  if (has('disk')) all['disk'] = { size: '10GiB', ...(drawn['disk'] as object) }
  if (has('replication') || has('failover')) all['replicas'] = 3
  if (has('autoscaler')) {
    all['replicas'] = 2
    all['autoscaler'] = { enabled: 1, ...(drawn['autoscaler'] as object), min: 1, max: 6, cpu: 0.5 }
  }
  return all
}

/** The YAML shape of a system; calls go to later components only, so that there is no circle. */
function layOut({ components: drawn, traffic }: Shape): unknown {
  // Somebody must be there to work for, and to call: the last one is always a database, and a worker needs a queue.
  const kinds = drawn.map((c, i) =>
    i === drawn.length - 1
      ? 'database'
      : c.kind === 'worker' && drawn[i + 1]?.kind !== 'queue'
        ? 'service'
        : c.kind,
  )
  const components = drawn.map((c, i) => {
    const kind = kinds[i] ?? 'service'
    const callees = new Map<number, unknown>()
    let caches = 0
    for (const call of c.calls) {
      const to = i + 1 + (call.to % Math.max(1, drawn.length - i - 1))
      if (to >= drawn.length || kinds[to] === 'worker' || kinds[to] === 'job' || callees.has(to)) continue
      const numbers = written(CALL_PARAMETERS, call.numbers)
      if (kinds[to] !== 'object-store') delete numbers['appends']
      const miss = call.miss && (kind === 'cache' || caches === 1) && kinds[to] !== 'cache'
      if (kinds[to] === 'cache') caches += 1
      callees.set(to, { ...numbers, ...(miss && { on: 'miss' }) })
    }
    return {
      kind,
      title: id(i),
      ...made(written(PARAMETERS[kind], c.numbers)),
      ...(kind === 'worker' && { consumes: id(i + 1) }),
      ...(c.zones > 0 && { zones: ZONES.slice(0, c.zones) }),
      ...(c.versions && { versions: { v1: { share: 0.7 }, v2: { share: 0.3, service_time_scale: 2 } } }),
      calls: Object.fromEntries([...callees].map(([to, x]) => [id(to), x])),
    }
  })
  const target = (n: number) => {
    const at = n % components.length
    return id(kinds[at] === 'worker' || kinds[at] === 'job' ? components.length - 1 : at)
  }
  return {
    zones: { a: { region: 'north' }, b: { region: 'north' }, c: { region: 'south' } },
    components: Object.fromEntries(components.map((c, i) => [id(i), c])),
    traffic: Object.fromEntries(
      traffic.map((t, i) => [
        `t${i}`,
        { title: 'T', to: target(t.to), ...written(TRAFFIC_PARAMETERS, t.numbers) },
      ]),
    ),
  }
}

/** Small systems of every kind of component, with parameters of every sort, that pass the checks. */
export const smallSystem: fc.Arbitrary<SystemSpec | null> = shape.map((s) => {
  const parsed = SystemSpec.safeParse(layOut(s))
  return parsed.success && checkSystem(parsed.data).length === 0 ? parsed.data : null
})
