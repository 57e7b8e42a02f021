import { z } from 'zod'
import { SimMs } from '../ids.ts'

/** Service-level objectives: what users feel, and what is left of the error budget. Null is "unknown". */
export const objectives = {
  commands: {
    /** Game master rates an exercise objective as HSEEP does. */
    rate: z.strictObject({
      objective: z.string().max(64),
      rating: z.enum(['P', 'S', 'M', 'U']),
      why: z.string().max(500),
    }),
  },
  facts: {
    'impact-started': z.strictObject({ slo: z.string(), since: SimMs }),
    'impact-ended': z.strictObject({ slo: z.string(), since: SimMs }),
    rated: z.strictObject({ objective: z.string(), rating: z.enum(['P', 'S', 'M', 'U']), why: z.string() }),
    /** Totals from the start of play, told with each minute and at the end, so that the log alone tells the impact. */
    measured: z.strictObject({
      slo: z.string(),
      total: z.number(),
      bad: z.number(),
      /** Share of the error budget spent, 0 and up; 1 is all of it. */
      spent: z.number(),
      impactMs: z.number(),
    }),
  },
  view: z.strictObject({
    slos: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        objective: z.number(),
        sli: z.number().nullable(),
        burnRate: z.number().nullable(),
        budgetLeft: z.number().nullable(),
        /** Bad requests in the last minute. */
        badPerMinute: z.number().nullable(),
        impact: z.boolean().nullable(),
      }),
    ),
    goals: z.array(z.strictObject({ id: z.string(), title: z.string() })),
    /** Game master only. */
    ratings: z
      .record(z.string(), z.strictObject({ rating: z.enum(['P', 'S', 'M', 'U']), why: z.string() }))
      .optional(),
  }),
}
