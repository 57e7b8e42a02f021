import { classSpace, type ClassSpace } from './classes/classes.ts'
import type { Model } from './model/model.ts'

/** Numbers of one tick, by cell, call or arm. Made once for each model and overwritten by every tick: holds nothing between ticks. */
export interface Workspace {
  /** Kinds of requests; null when all are alike. */
  readonly classes: ClassSpace | null
  /** By source: attempts of clients in this second by attempt number, first ones first. */
  readonly sent: number[][]
  p: Float64Array
  second: number
  /** Arrivals are known for good (last pass), not estimated from the second before. */
  settled: boolean
  /** Instances each cell shall have; room for more; by component: a rollout starts and stops its instances. */
  readonly target: Float64Array
  free: number
  readonly inRollout: Uint8Array
  readonly alive: Uint8Array
  /** 1: a backup is being put back, and nothing is answered. */
  readonly closed: Uint8Array
  /** Requests it can work on at once, and finish in a second. */
  readonly slots: Float64Array
  readonly capacity: Float64Array
  readonly places: Float64Array
  /** Slots it would have without its adaptive limit. */
  readonly allSlots: Float64Array
  readonly arrivals: Float64Array
  /** Arrivals, each by how fast their number falls for each request that waits (1/s): users who wait do not ask. */
  readonly restrained: Float64Array
  /** By cell: share of what comes that is sent by callers whose own slots are all taken. */
  readonly sure: Float64Array
  /** Workers: the second in which the messages taken now came, as a mean. */
  readonly takenAt: Float64Array
  /** Requests that its rate limit let through. */
  readonly passed: Float64Array
  readonly admitted: Float64Array
  readonly starts: Float64Array
  readonly served: Float64Array
  /** Share of what was served whose caller had given up. */
  readonly dead: Float64Array
  /** Requests lost with their instances as the second began. */
  readonly lost: Float64Array
  /** For how many requests the second of a cell has been foreseen; −1: for none. */
  readonly foreseen: Float64Array
  /** Backlog when the second began. */
  readonly backlog: Float64Array
  /** Share of what wants in that finds no place, and what the others wait (`Waits`). */
  readonly full: Float64Array
  readonly waitChance: Float64Array
  readonly waitMean: Float64Array
  readonly waitVariance: Float64Array
  readonly waitLo: Float64Array
  readonly waitHi: Float64Array
  /** Own service time, and the time a slot is held: certain part from lo to hi, mean and variance of the rest. */
  readonly service: Float64Array
  /** Of a database: how long the one lock takes those that need it, waiting and holding. */
  readonly lock: Float64Array
  readonly holdLo: Float64Array
  readonly holdHi: Float64Array
  readonly holdMean: Float64Array
  readonly holdVariance: Float64Array
  /** Share of served requests answered with each of the five statuses, own and through calls; and own alone. */
  readonly fail: Float64Array
  readonly ownFail: Float64Array
  readonly memoryScale: Float64Array
  /** CPU use. */
  readonly cpu: Float64Array
  /** Caches: share of look-ups answered, and fetches for each miss. */
  readonly hit: Float64Array
  readonly fetches: Float64Array
  readonly fetchOk: Float64Array
  readonly fetchTime: Float64Array
  readonly fetchWeight: Float64Array
  /** Databases: 1 where no writes are taken, 1 where the one lock is, share of reads with wrong data, wait of a write for a majority (s). */
  readonly readOnly: Float64Array
  readonly leads: Float64Array
  readonly damaged: Float64Array
  readonly writeWait: Float64Array
  /** Disks: share that finds no room; requests (writes, at a database) that add to it, and those that did. */
  readonly noRoom: Float64Array
  readonly wanting: Float64Array
  readonly written: Float64Array
  /** By call: first attempts for each request, attempts for each call, misses for each request, share failed and late, mean time. */
  readonly perRequest: Float64Array
  readonly attempts: Float64Array
  readonly misses: Float64Array
  readonly callFailed: Float64Array
  readonly callLate: Float64Array
  readonly callTime: Float64Array
  /** Share of attempts that fail in a way worth retrying. */
  readonly callBad: Float64Array
  /** Share of attempts too slow for its breaker without failing, held back by the caller, and, of those sent, accepted. */
  readonly callSlow: Float64Array
  readonly heldBack: Float64Array
  readonly accepted: Float64Array
  readonly flow: Float64Array
  /** Share of attempts that get a connection of the caller's pool, share of the pool in use; wait of those that get one, and chance of a wait. */
  readonly connected: Float64Array
  readonly poolUsed: Float64Array
  readonly poolWait: Float64Array
  readonly poolChance: Float64Array
  /** Share of the called instances taken for healthy. */
  readonly healthy: Float64Array
  /** By arm: share of attempts that go there, added round trip (s), share lost on the way, what is sent and arrives. */
  readonly armWeight: Float64Array
  /** Share of what goes there that writes to a database. */
  readonly armWrites: Float64Array
  readonly armDelay: Float64Array
  readonly armLoss: Float64Array
  /** Share that cannot even leave: no name, no valid certificate; and share that gets there. */
  readonly armBarred: Float64Array
  readonly armReach: Float64Array
  readonly armFlow: Float64Array
  /** Of an attempt there: share failing with 5xx or timeout, share timed out, mean time and mean of its square (s, s²). */
  readonly armBad: Float64Array
  readonly armLate: Float64Array
  readonly armTime: Float64Array
  readonly armSquare: Float64Array
}

const spaces = new WeakMap<Model, Workspace>()

/** The scratch memory of a model. */
export function workspaceOf(model: Model): Workspace {
  const found = spaces.get(model)
  if (found) return found
  const n = model.cells.length
  const k = model.calls.length
  const by = () => new Float64Array(n)
  const call = () => new Float64Array(k)
  const arm = () => new Float64Array(model.arms.length)
  const made: Workspace = {
    classes: classSpace(model.classes, n, k),
    sent: model.sources.map(() => []),
    p: new Float64Array(0),
    second: 0,
    settled: false,
    target: by(),
    free: 0,
    inRollout: new Uint8Array(model.components.length),
    alive: new Uint8Array(n),
    closed: new Uint8Array(n),
    slots: by(),
    capacity: by(),
    places: by(),
    allSlots: by(),
    arrivals: by(),
    restrained: by(),
    sure: by(),
    takenAt: by(),
    passed: by(),
    admitted: by(),
    starts: by(),
    served: by(),
    dead: by(),
    lost: by(),
    backlog: by(),
    foreseen: by(),
    full: by(),
    waitChance: by(),
    waitMean: by(),
    waitVariance: by(),
    waitLo: by(),
    waitHi: by(),
    service: by(),
    lock: by(),
    holdLo: by(),
    holdHi: by(),
    holdMean: by(),
    holdVariance: by(),
    fail: new Float64Array(n * 5),
    ownFail: new Float64Array(n * 5),
    memoryScale: by(),
    cpu: by(),
    hit: by(),
    fetches: by(),
    fetchOk: by(),
    fetchTime: by(),
    fetchWeight: by(),
    readOnly: by(),
    leads: by().fill(1),
    damaged: by(),
    writeWait: by(),
    noRoom: by(),
    wanting: by(),
    written: by(),
    perRequest: call(),
    attempts: call(),
    misses: call(),
    callFailed: call(),
    callLate: call(),
    callTime: call(),
    callBad: call(),
    callSlow: call(),
    heldBack: call(),
    accepted: call(),
    flow: call(),
    connected: call(),
    poolUsed: call(),
    poolWait: call(),
    poolChance: call(),
    healthy: call(),
    armWeight: arm(),
    armWrites: arm(),
    armDelay: arm(),
    armLoss: arm(),
    armBarred: arm(),
    armReach: arm(),
    armFlow: arm(),
    armBad: arm(),
    armLate: arm(),
    armTime: arm(),
    armSquare: arm(),
  }
  spaces.set(model, made)
  return made
}
