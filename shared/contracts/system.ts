import { z } from 'zod'
import { SimMs } from '../ids.ts'

export const UNITS = ['1', 'ratio', 'percent', 's', 'per_s', 'per_min', 'bytes', 'count', 'days'] as const
export const Unit = z.enum(UNITS)
export type Unit = z.infer<typeof Unit>

/** One time series a role can see. Its place in the list is its column in the telemetry lane. */
export const MetricInfo = z.strictObject({
  name: z.string(),
  title: z.string(),
  unit: Unit,
  component: z.string().nullable(),
})
export type MetricInfo = z.infer<typeof MetricInfo>

export const COMPONENT_KINDS = [
  'client',
  'load-balancer',
  'service',
  'worker',
  'cache',
  'database',
  'queue',
  'object-store',
  'external',
  'dns',
  'job',
] as const
export const ComponentKind = z.enum(COMPONENT_KINDS)
export type ComponentKind = z.infer<typeof ComponentKind>

export const PANEL_KINDS = ['time-series', 'stat', 'gauge', 'table', 'state-timeline', 'heat-map'] as const
export const Panel = z.strictObject({
  id: z.string(),
  title: z.string(),
  kind: z.enum(PANEL_KINDS),
  unit: Unit,
  series: z.array(z.strictObject({ metric: z.string(), title: z.string() })).min(1),
  /** A line worth drawing: an objective or a limit, in the panel's unit. */
  threshold: z.number().nullable(),
  /** Columns of twelve. */
  width: z.number().int().min(2).max(12),
})
export type Panel = z.infer<typeof Panel>

export const Change = z.strictObject({
  id: z.string(),
  at: SimMs,
  kind: z.enum(['deploy', 'flag', 'config', 'infrastructure']),
  title: z.string(),
  author: z.string(),
  component: z.string().nullable(),
})
export type Change = z.infer<typeof Change>

export const Effect = z.strictObject({
  source: z.string(),
  path: z.string(),
  op: z.enum(['set', 'scale', 'add']),
  value: z.number(),
  from: SimMs,
  until: SimMs.nullable(),
})
export type Effect = z.infer<typeof Effect>

/** The simulated system as responders see it: what there is, how it hangs together, what changed lately. */
export const system = {
  commands: {},
  facts: {
    changed: Change,
    'effect-started': z.strictObject({ source: z.string(), path: z.string() }),
    'effect-ended': z.strictObject({ source: z.string(), path: z.string() }),
    operated: z.strictObject({ source: z.string(), operation: z.string(), component: z.string() }),
  },
  view: z.strictObject({
    components: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        kind: ComponentKind,
        description: z.string(),
        metrics: z.string(),
      }),
    ),
    edges: z.array(z.strictObject({ from: z.string(), to: z.string(), label: z.string() })),
    metrics: z.array(MetricInfo),
    boards: z.array(z.strictObject({ id: z.string(), title: z.string(), panels: z.array(Panel) })),
    changes: z.array(Change),
    /** Game master only: what is really being done to the system. */
    effects: z.array(Effect).optional(),
  }),
}
