import type { Model } from './model.ts'

/** Numbers of one tick, by component or call. Made once for each model and overwritten by every tick: holds nothing between ticks. */
export interface Workspace {
  p: Float64Array
  second: number
  /** Arrivals are known for good (last pass), not estimated from the second before. */
  settled: boolean
  readonly alive: Uint8Array
  /** Requests it can work on at once, and finish in a second. */
  readonly slots: Float64Array
  readonly capacity: Float64Array
  readonly places: Float64Array
  readonly arrivals: Float64Array
  readonly admitted: Float64Array
  readonly starts: Float64Array
  readonly served: Float64Array
  /** Share of what was served whose caller had given up. */
  readonly dead: Float64Array
  /** Requests lost with their instances as the second began. */
  readonly lost: Float64Array
  /** Backlog when the second began. */
  readonly backlog: Float64Array
  /** Own service time, and the time a slot is held: certain part from lo to hi, mean and variance of the rest. */
  readonly service: Float64Array
  readonly holdLo: Float64Array
  readonly holdHi: Float64Array
  readonly holdMean: Float64Array
  readonly holdVariance: Float64Array
  /** Share of served requests answered with each of the five statuses, own and through calls; and own alone. */
  readonly fail: Float64Array
  readonly ownFail: Float64Array
  readonly memoryScale: Float64Array
  /** Caches: share of look-ups answered, and fetches for each miss. */
  readonly hit: Float64Array
  readonly fetches: Float64Array
  readonly fetchOk: Float64Array
  readonly fetchTime: Float64Array
  readonly fetchWeight: Float64Array
  /** By call: first attempts for each request, attempts for each call, misses for each request, share failed and late, mean time. */
  readonly perRequest: Float64Array
  readonly attempts: Float64Array
  readonly misses: Float64Array
  readonly callFailed: Float64Array
  readonly callLate: Float64Array
  readonly callTime: Float64Array
  /** Share of attempts that fail in a way worth retrying. */
  readonly callBad: Float64Array
  readonly flow: Float64Array
}

const spaces = new WeakMap<Model, Workspace>()

/** The scratch memory of a model. */
export function workspaceOf(model: Model): Workspace {
  const found = spaces.get(model)
  if (found) return found
  const n = model.components.length
  const k = model.calls.length
  const by = () => new Float64Array(n)
  const call = () => new Float64Array(k)
  const made: Workspace = {
    p: new Float64Array(0),
    second: 0,
    settled: false,
    alive: new Uint8Array(n),
    slots: by(),
    capacity: by(),
    places: by(),
    arrivals: by(),
    admitted: by(),
    starts: by(),
    served: by(),
    dead: by(),
    lost: by(),
    backlog: by(),
    service: by(),
    holdLo: by(),
    holdHi: by(),
    holdMean: by(),
    holdVariance: by(),
    fail: new Float64Array(n * 5),
    ownFail: new Float64Array(n * 5),
    memoryScale: by(),
    hit: by(),
    fetches: by(),
    fetchOk: by(),
    fetchTime: by(),
    fetchWeight: by(),
    perRequest: call(),
    attempts: call(),
    misses: call(),
    callFailed: call(),
    callLate: call(),
    callTime: call(),
    callBad: call(),
    flow: call(),
  }
  spaces.set(model, made)
  return made
}
