import { z } from 'zod'

/** What stands in `RequestTable.of` for an attribute a request does not have. */
export const NONE = -1

/**
 * Sampled requests by column. `attributes[k].values[attributes[k].of[i]]` is attribute `k` of request `i`; −1: it has none. Every request
 * stands for `weight[i]` like it, so that sums of weights are true counts.
 */
export const RequestTable = z.strictObject({
  /** Exercise ms, both included. */
  from: z.number(),
  to: z.number(),
  /** Only every so-manieth kept request is here, and weighs as much more. */
  every: z.number().int().min(1),
  trace: z.array(z.string()),
  /** Exercise ms at which it ended for its client. */
  at: z.array(z.number()),
  weight: z.array(z.number()),
  /** Seconds until the client had its answer or gave up. */
  duration: z.array(z.number()),
  attributes: z.array(
    z.strictObject({ name: z.string(), values: z.array(z.string()), of: z.array(z.number().int()) }),
  ),
})
export type RequestTable = z.infer<typeof RequestTable>

/** One component's part in a request; times in seconds from the start of the request. */
export const TraceSpan = z.strictObject({
  component: z.string(),
  zone: z.string().nullable(),
  /** The instance; null: none took it. */
  node: z.string().nullable(),
  version: z.string().nullable(),
  /** Place of the span that asked for it; −1 is the client. */
  parent: z.number().int(),
  start: z.number(),
  duration: z.number(),
  /** Of that, waiting before any work began. */
  wait: z.number(),
  /** It was not over yet when this was told: its duration is so far. */
  running: z.boolean(),
  status: z.number().int(),
  attempt: z.number().int(),
  /** `hit`, `miss`, `gave-up`, `breaker-open` …; empty where there is nothing to say. */
  note: z.string(),
})
export type TraceSpan = z.infer<typeof TraceSpan>

/** GET /api/seats/:seat/events/:trace: one sampled request from its client to the last component. */
export const Trace = z.strictObject({
  trace: z.string(),
  /** Exercise ms at which it ended for its client; work may have gone on after that. */
  at: z.number(),
  weight: z.number(),
  source: z.string(),
  attempt: z.number().int(),
  status: z.number().int(),
  duration: z.number(),
  attributes: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  spans: z.array(TraceSpan),
})
export type Trace = z.infer<typeof Trace>

/**
 * GET /api/seats/:seat/heat/:component: answers a second by how long they took. `counts[i][b]` is of the sample at `at[i]` and of times
 * from `edges[b]` to `edges[b + 1]` seconds; rows end with their last count above zero.
 */
export const HeatMap = z.strictObject({
  component: z.string(),
  edges: z.array(z.number()),
  at: z.array(z.number()),
  counts: z.array(z.array(z.number())),
})
export type HeatMap = z.infer<typeof HeatMap>

/** A stretch of exercise time in ms as the query of an address, both ends included. */
export const Span = z.strictObject({ from: z.coerce.number(), to: z.coerce.number() })
/** The query of GET /api/seats/:seat/events. */
export const EventsQuery = Span.extend({
  limit: z.coerce.number().int().min(1).optional(),
  /** The `every` of an answer before, so that what is fetched later weighs the same. */
  every: z.coerce.number().int().min(1).max(1_000_000).optional(),
})

/** Most requests one answer holds, and how many it holds when nobody says. */
export const MOST_REQUESTS = 8000
export const USUAL_REQUESTS = 4000
