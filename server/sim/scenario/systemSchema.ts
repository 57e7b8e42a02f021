import { z } from 'zod'
import { Unit } from '../../../shared/contracts/system.ts'
import { Slug } from '../../../shared/ids.ts'
import {
  CALL_PARAMETERS,
  type Parameters,
  PARAMETERS,
  type ServerKind,
  TRAFFIC_PARAMETERS,
  VERSION_PARAMETERS,
} from '../physics/parameters.ts'
import { Bytes, Milliseconds, quantitySchema } from './units.ts'

export { OPERATIONS } from '../physics/operations.ts'
export { CALL_PARAMETERS, PARAMETERS, TRAFFIC_PARAMETERS, VERSION_PARAMETERS } from '../physics/parameters.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
/** Parameters as written: numbers, or one level of nested numbers (`memory: {limit: 2GiB}`). Read them with {@link written}. */
type Numbers = Readonly<Record<string, number | Readonly<Record<string, number | undefined>> | undefined>>

/** The YAML fields of a set of parameters: each optional, parsed into base numbers, checked for its range. */
function fields(parameters: Parameters): Record<string, z.ZodType> {
  const flat: Record<string, z.ZodType> = {}
  const nested: Record<string, Record<string, z.ZodType>> = {}
  for (const [name, param] of Object.entries(parameters)) {
    const { quantity, min, max } = param
    const [first = name, second] = name.split('.')
    const source = param.source === undefined ? '' : `; ${param.source}`
    const schema = quantitySchema(quantity, { min, max, name })
      .optional()
      .describe(`${param.describe}. Default ${param.default}${source}`)
    if (second === undefined) flat[first] = schema
    else (nested[first] ??= {})[second] = schema
  }
  for (const [group, inner] of Object.entries(nested)) flat[group] = z.strictObject(inner).optional()
  return flat
}

/** The value an author wrote for a parameter, if any. */
export function written(spec: object, name: string): number | undefined {
  const [first = name, second] = name.split('.')
  // Numbers is what `fields` parses into; the other fields of a spec have other names.
  const value = (spec as Numbers)[first]
  if (second === undefined) return typeof value === 'number' ? value : undefined
  return typeof value === 'object' ? value[second] : undefined
}

const VersionName = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'a version name like v42 or canary')
  .max(30)
export const VersionSpec = z.strictObject({
  title: text(60).optional(),
  ...fields(VERSION_PARAMETERS),
})
export type VersionSpec = z.infer<typeof VersionSpec>

export const CallSpec = z.strictObject({
  title: text(60).optional().describe('What is asked for, on the map'),
  on: z.enum(['always', 'miss']).default('always').describe('miss: only when a cache does not have the item'),
  of: Slug.optional().describe(
    'The cache whose misses cause this call; needed only when the caller asks several caches',
  ),
  ...fields(CALL_PARAMETERS),
})
export type CallSpec = z.infer<typeof CallSpec>

const component = <K extends ServerKind, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({
    kind: z.literal(kind),
    title: text(60).describe('As people call it'),
    description: z.string().max(400).default('').describe('What a responder may know about it'),
    versions: z
      .record(VersionName, VersionSpec)
      .optional()
      .describe('Versions by share of instances; the shares sum to 1'),
    calls: z.record(Slug, CallSpec).default({}).describe('Component → how it is called for each request'),
    ...fields(PARAMETERS[kind]),
    ...shape,
  })

export const ComponentSpec = z.discriminatedUnion('kind', [
  component('load-balancer', {}),
  component('service', {}),
  component('worker', { consumes: Slug.describe('The queue whose messages it works on') }),
  component('cache', {}),
  component('database', {}),
  component('queue', {}),
  component('object-store', {
    object: z
      .strictObject({
        title: text(60).optional(),
        size: Bytes.default(0).describe(
          'Its size when the exercise is opened; appends make it longer, truncate cuts it',
        ),
        max: Bytes.optional().describe('An append beyond this size fails with 500. Default: no limit'),
      })
      .optional()
      .describe('The one object that is read and appended to'),
  }),
  component('external', {}),
])
export type ComponentSpec = z.infer<typeof ComponentSpec>

export const TrafficSpec = z.strictObject({
  title: text(60).describe('Who asks: Shoppers, Mobile app'),
  description: z.string().max(400).default(''),
  to: Slug.describe('The component they reach first'),
  shape: z
    .array(
      z.strictObject({
        at: Milliseconds.describe('Exercise time; negative is the past'),
        scale: z.number().min(0).max(100),
      }),
    )
    .max(100)
    .optional()
    .describe('Factor on the rate over exercise time, straight lines between the points'),
  ...fields(TRAFFIC_PARAMETERS),
})
export type TrafficSpec = z.infer<typeof TrafficSpec>

export const CustomMetricSpec = z.strictObject({
  title: text(80),
  unit: Unit.default('1'),
  expr: z.string().min(1).max(500).describe('A CEL expression over other metrics'),
})

/** The simulated system: components by id, who asks them, and metrics made of other metrics. */
export const SystemSpec = z.strictObject({
  components: z
    .record(Slug, ComponentSpec)
    .describe('Component id → component. Its metrics begin with the id, - replaced by _'),
  traffic: z
    .record(Slug, TrafficSpec)
    .describe('Source id → where requests come from. Its metrics begin with traffic.<id>'),
  custom_metrics: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/, 'a metric name like shop.orders_per_min'),
      CustomMetricSpec,
    )
    .default({})
    .describe('Metric name → expression'),
})
export type SystemSpec = z.infer<typeof SystemSpec>
