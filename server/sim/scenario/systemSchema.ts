import { z } from 'zod'
import { Unit } from '../../../shared/contracts/system.ts'
import { Slug } from '../../../shared/ids.ts'
import {
  CALL_PARAMETERS,
  CLUSTER_PARAMETERS,
  NETWORK_PARAMETERS,
  type Parameters,
  PARAMETERS,
  type ServerKind,
  SLICE_PARAMETERS,
  TRAFFIC_PARAMETERS,
  VERSION_PARAMETERS,
} from '../physics/parameters.ts'
import { Bytes, Milliseconds, quantitySchema, Seconds } from './units.ts'

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

const AttributeName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'a name like tenant or app_version')
  .max(40)
const AttributeValue = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'a value like acme or ios-42')
  .max(40)
export const SliceSpec = z.strictObject({
  title: text(60).optional(),
  from: z.array(Slug).min(1).max(20).optional().describe('Sources it comes from; without, all'),
  where: z
    .record(AttributeName, z.union([AttributeValue, z.array(AttributeValue).min(1).max(20)]))
    .default({})
    .describe(
      'What its requests have in common: values of attributes of the traffic, and `zone`, `region` or `version` of what answers. All must hold; of several values any will do',
    ),
  ...fields(SLICE_PARAMETERS),
})
export type SliceSpec = z.infer<typeof SliceSpec>

export const CallSpec = z.strictObject({
  via: Slug.optional().describe('The dns component that must have told the address'),
  title: text(60).optional().describe('What is asked for, on the map'),
  on: z.enum(['always', 'miss']).default('always').describe('miss: only when a cache does not have the item'),
  of: Slug.optional().describe(
    'The cache whose misses cause this call; needed only when the caller asks several caches',
  ),
  ...fields(CALL_PARAMETERS),
})
export type CallSpec = z.infer<typeof CallSpec>

export const BackupSpec = z.strictObject({
  name: Slug.describe('What `restore` calls it'),
  title: text(80).describe('As people call it: last night’s dump'),
  age: Seconds.describe('How old it is when the exercise is opened; it grows older'),
  every: Seconds.optional().describe('A new one takes its place this often. Without: never'),
  size: Bytes.optional().describe('What must be copied back. Default: what the disk holds then'),
  works: z.boolean().default(true).describe('Whether putting it back works'),
})
export type BackupSpec = z.infer<typeof BackupSpec>

const component = <K extends ServerKind, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({
    kind: z.literal(kind),
    title: text(60).describe('As people call it'),
    description: z.string().max(400).default('').describe('What a responder may know about it'),
    zones: z
      .array(Slug)
      .min(1)
      .max(9)
      .optional()
      .describe('Zones its instances are spread over; without, it is nowhere in particular'),
    groups: z
      .record(Slug, z.number().int().min(1).max(10_000))
      .optional()
      .describe('Instances set apart, so that something can happen to them alone: {n7: 1}'),
    versions: z
      .record(VersionName, VersionSpec)
      .optional()
      .describe('Versions by share of instances; the shares sum to 1'),
    slices: z
      .record(Slug, SliceSpec)
      .default({})
      .describe(
        'Part of its requests that is treated unlike the rest: one customer, endpoint or app version',
      ),
    calls: z.record(Slug, CallSpec).default({}).describe('Component → how it is called for each request'),
    ...fields(PARAMETERS[kind]),
    ...shape,
  })

export const ComponentSpec = z.discriminatedUnion('kind', [
  component('load-balancer', {}),
  component('service', {}),
  component('worker', { consumes: Slug.describe('The queue whose messages it works on') }),
  component('cache', {}),
  component('database', {
    backups: z.array(BackupSpec).max(20).default([]).describe('Copies that could be put back'),
  }),
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
  component('dns', {}),
  component('job', {}),
])
export type ComponentSpec = z.infer<typeof ComponentSpec>

export const TrafficSpec = z.strictObject({
  title: text(60).describe('Who asks: Shoppers, Mobile app'),
  description: z.string().max(400).default(''),
  to: Slug.describe('The component they reach first'),
  via: Slug.optional().describe('The dns component that must have told the address'),
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
  attributes: z
    .record(
      AttributeName,
      z.record(AttributeValue, quantitySchema('ratio', { min: 0, max: 1, name: 'share' })),
    )
    .default({})
    .describe(
      'How its requests differ: attribute → value → share. The shares of an attribute sum to 1; attributes do not depend on each other',
    ),
  metrics: z
    .array(AttributeName)
    .max(10)
    .default([])
    .describe('Attributes to break its metrics down by: traffic.<id>.<attribute>.<value>.rps'),
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
  zones: z
    .record(Slug, z.strictObject({ region: Slug.describe('Zones of one region are near each other') }))
    .default({})
    .describe('Places that fail together: zone id → its region'),
  network: z
    .strictObject(fields(NETWORK_PARAMETERS))
    .prefault({})
    .describe('Round trips between components in different zones'),
  cluster: z
    .strictObject(fields(CLUSTER_PARAMETERS))
    .prefault({})
    .describe('The machines services and workers run on'),
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
