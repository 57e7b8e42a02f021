import { z } from 'zod'
import { SimMs } from '../ids.ts'

/** A state of the incident chart as it is drawn. */
export const ChartNode = z.strictObject({
  id: z.string(),
  parent: z.string().nullable(),
  title: z.string(),
  kind: z.enum(['atomic', 'compound', 'parallel', 'final']),
  initial: z.boolean(),
  tags: z.array(z.string()),
  description: z.string(),
})
export const ChartEdge = z.strictObject({ from: z.string(), to: z.string(), label: z.string() })

/** The incident: a statechart. Players never see any of it before the debrief. */
export const incident = {
  commands: {
    /** Game master by hand: sends a named event to the chart. */
    nudge: z.strictObject({ event: z.string().min(1).max(64) }),
  },
  facts: {
    /** `states` as full ids, after the change. */
    moved: z.strictObject({
      event: z.string(),
      entered: z.array(z.string()),
      left: z.array(z.string()),
      states: z.array(z.string()),
    }),
    'cause-appeared': z.strictObject({}),
    'cause-removed': z.strictObject({}),
    resolved: z.strictObject({}),
  },
  view: z.strictObject({
    truth: z.string(),
    nodes: z.array(ChartNode),
    edges: z.array(ChartEdge),
    active: z.array(z.string()),
    /** Events the chart would take now. */
    accepts: z.array(z.string()),
    causePresent: z.boolean(),
    resolvedAt: SimMs.nullable(),
    path: z.array(z.strictObject({ at: SimMs, event: z.string(), states: z.array(z.string()) })),
  }),
}
