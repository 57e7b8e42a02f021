import type { Herd } from './herd.ts'
import type { Model } from '../model/model.ts'
import { zeros } from '../sums.ts'
import type { Waiting } from './users.ts'

/** One traffic source's moving state. */
export interface SourceState {
  /** Retries on their way, by attempt and arrival second (ring); the last row fails for good. */
  pending: number[][]
  /** The same of its second, third … class of requests, when they differ; `pending` then is of the first. */
  streams: { pending: number[][] }[]
  /** Closed load: people whose answer is on its way, the share of requests under way beyond their second, and people who did not wait as it began. */
  waiting: Waiting
  out: number
  free: number
  /** By value of its attributes, one after another: traffic with it, by the source’s unscaled traffic. */
  values: number[]
  swing: number
  /** Whether its traffic scatters at all. */
  scatters: boolean
  /** Requests that chance has sent beyond what was expected. */
  surplus: number
  /** Clients that wake together. */
  herds: Herd[]
  /** Requests begun, and since the World began: resolved, failed. */
  begun: number
  total: number
  bad: number
  /** Good requests since the World began by latency bucket. */
  histogram: number[]
  /** Attempts in the second before. */
  last: number
  /** Since the last sample: attempts, failed, delay × retries, retries; and good ones by attempt. */
  sums: number[]
  goodByAttempt: number[]
  /** What is in its clients' buckets of retries, and the second's successes and failures that pay in and take out. */
  tokens: number
  thanked: number
  spoilt: number
  timeout: number
  /** Mean time from one attempt to the next (s). */
  pause: number
}
/** Lists of retries for all classes of a source but the first. */
const streamsOf = (model: Model, source: number): { pending: number[][] }[] =>
  (model.classes.sources[source]?.classes ?? []).slice(1).map(() => ({ pending: [] }))

/** Shares of all values of a source's attributes, as the scenario gives them. */
const valuesOf = (model: Model, source: number): number[] =>
  (model.classes.sources[source]?.attributes ?? []).flatMap((a) => a.values.map((v) => v.share))

/** A traffic source at rest: nobody has asked yet. */
export const sourceAtRest = (model: Model, source: number): SourceState => ({
  pending: [],
  streams: streamsOf(model, source),
  waiting: { at: [], count: [] },
  out: 0,
  free: 0,
  values: valuesOf(model, source),
  swing: 0,
  scatters: false,
  surplus: 0,
  herds: [],
  begun: 0,
  total: 0,
  bad: 0,
  histogram: [],
  last: 0,
  sums: zeros(4),
  goodByAttempt: [],
  tokens: 0,
  thanked: 0,
  spoilt: 0,
  timeout: 0,
  pause: 0,
})
