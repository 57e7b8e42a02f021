import { type Scaler, scalerAt } from './autoscaler.ts'
import { idleJob, type JobState } from './jobs.ts'
import { type DataOrder, type DatabaseState, databaseState } from './databaseState.ts'
import { type Disk, diskOf } from './disk.ts'
import type { Herd } from './herd.ts'
import { type ClassState, createClasses } from './classState.ts'
import { type Model } from './model.ts'
import { knownNames, type NameState } from './names.ts'
import { NEVER } from './never.ts'
import type { Rollout } from './rollout.ts'
import { S, X } from './slots.ts'
import type { Waiting } from './users.ts'
import type { Throttle } from './throttle.ts'

export { NEVER } from './never.ts'

/** Running sums since the last sample, by place. */
export const A = {
  seconds: 0,
  offered: 1,
  ok: 2,
  /** Five places: 404, 429, 500, 503, 504. */
  status: 3,
  abandoned: 8,
  served: 9,
  queue: 10,
  busy: 11,
  slots: 12,
  cpu: 13,
  memory: 14,
  ready: 15,
  /** Of what was served: probability of a random wait, that wait, own service time, its square over the square of the mean. */
  waitChance: 16,
  wait: 17,
  service: 18,
  hits: 19,
  evictions: 20,
  shed: 21,
  lost: 22,
  oom: 23,
  started: 24,
  misses: 25,
  size: 26,
  /** Seconds with any instance ready, and seconds in which it answered nobody. */
  present: 27,
  down: 28,
  /** Variability of its own time, over what was served. */
  cv: 29,
  /** Of what was served: what had to wait for the one lock of a database, and how long with holding it. */
  lockShare: 30,
  lock: 31,
  /** Instances wanted, and those that are neither there nor starting; added and taken away by an autoscaler; refused; without room; crashed. */
  wanted: 32,
  pending: 33,
  scaledUp: 34,
  scaledDown: 35,
  refused: 36,
  roomless: 37,
  crashed: 38,
  /** In `happened` alone: least and greatest certain wait (s); −1: none was seen. */
  waitLow: 39,
  waitHigh: 40,
} as const

/** One cell's moving state. Cohorts: groups of waiting requests by the span of time in which they came, oldest first. */
export interface Station {
  /** Requests waiting and in work. */
  inSystem: number
  since: number[]
  until: number[]
  waiting: number[]
  /** Of those waiting, what is backlog rather than the random queue of a busy but stable server. */
  backlog: number
  /** Variance of the backlog over all the ways that chance could have gone. */
  scatter: number
  /** Controlled delay: seconds for which the backlog's wait has stood above the target. Adaptive concurrency: limit and unloaded time. */
  standing: number
  limit: number
  fastest: number
  busy: number
  arrivals: number
  starts: number
  /** Tokens the bucket of its rate limit lacks of being full. */
  spent: number
  /** Instances that answer, and those on their way: when, how many. */
  ready: number
  startAt: number[]
  startCount: number[]
  /** Instances a rolling restart has still to do; −1: all at once, in the next second. */
  rolling: number
  restarts: number
  /** No new attempt to start what was refused or found no room before this second. */
  retryAt: number
  memory: number
  /** Least and greatest certain wait since the last sample (s); −1: none was seen. */
  waitLow: number
  waitHigh: number
  /** Caches: share present of each class of keys; the age at which the least recently used leave; a warm-up under way. */
  fill: number[]
  lruAge: number
  fetchOk: number
  fetchTime: number
  warmTo: number
  warmUntil: number
  /** Object stores: size in bytes. */
  size: number
  disk: Disk
  /** Databases: share of what came in the second before that writes. */
  writeShare: number
  /** In the first cell: a quota, what is used up of it, and when the certificate expires (exercise s). */
  quota: number
  used: number
  expires: number
  /** Queues: messages in cohorts by when they came, in the first cell. */
  messageAt: number[]
  messages: number[]
  sums: number[]
  /** Rates of the last sample, for log lines. */
  happened: number[]
}
/** One call's moving state. */
export interface CallState {
  flow: number
  attempts: number
  /** Its circuit breaker: counts inside the window, and until when it is open (NEVER: closed). */
  seen: number
  failed: number
  openUntil: number
  ring: number[]
  /** What its caller remembers for throttling itself. */
  throttle: Throttle
  /** Since the last sample: requests of the caller, first attempts, all attempts, timed-out attempts, failed calls, timeout × calls. */
  sums: number[]
  /** Sums of the last sample, for log lines. */
  happened: number[]
}
/**
 * Places in the block of each arm in `Arms.sums`: attempts; of these lost on the way, failed with a 5xx or a timeout, timed out; then
 * delays, times and their squares. `size` is the length of a block.
 */
export const AS = {
  attempts: 0,
  lost: 1,
  bad: 2,
  late: 3,
  delay: 4,
  time: 5,
  square: 6,
  barred: 7,
  size: 8,
} as const

/** The moving state of the ways to cells, in lists by arm. */
export interface Arms {
  /** Attempts that arrived in the second before. */
  flow: number[]
  /** A block for each arm: since the last sample, and of the last sample. */
  sums: number[]
  happened: number[]
}
/** What a caller believes of a cell it checks, or leaves out after failures. */
export interface ArmHealth {
  healthy: 0 | 1
  /** Checks in a row: good ones count up from 0, failed ones down. */
  streak: number
  checkAt: number
  /** How far a run of failures has come that gets it ejected: 1 is far enough. */
  progress: number
  ejectedUntil: number
  ejections: number
  /** Since when its ejections are being forgotten. */
  calmSince: number
  /** Since when it is used (again), and whether it was usable in the second before. */
  since: number
  usable: 0 | 1
}
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
  /** Of the last sample: attempts, requests answered well, requests failed. */
  happened: number[]
  timeout: number
  /** Mean time from one attempt to the next (s). */
  pause: number
}
/** The moving side of a simulated system: plain JSON, owned by one World. */
export interface PhysicsState {
  seed: number
  second: number
  stations: Station[]
  calls: CallState[]
  arms: Arms
  /** By index of the arm, of those that are checked, ejected or started slowly. */
  health: Record<number, ArmHealth>
  sources: SourceState[]
  databases: DatabaseState[]
  /** Operations on data that begin with the next second. */
  orders: DataOrder[]
  /** Versions' shares of instances; deploys move them. */
  shares: number[]
  /** Of each version since the last sample: share × seconds, requests, failed ones. */
  versionSums: number[][]
  rollouts: Rollout[]
  classes: ClassState
  /** One for each component with an autoscaler, in the order of `model.scaled`. */
  scalers: Scaler[]
  /** By look-up: what callers know of a name, and the share of look-ups their name server answered in the second before. */
  names: NameState[]
  resolved: number[]
  /** By component; null where nothing is scheduled. */
  jobs: (JobState | null)[]
}

/** Seconds a retry can be on its way. */
export const RING = 64
/** Places of `CallState.sums`. */
export const CS = {
  requests: 0,
  calls: 1,
  attempts: 2,
  late: 3,
  failed: 4,
  timeout: 5,
  /** Share of the called instances taken for healthy × seconds. */
  healthy: 6,
  /** Where the caller has a pool: share of it in use × seconds; calls × share that gets no connection, × wait of those that do, × chance of a wait. */
  pool: 7,
  dry: 8,
  wait: 9,
  chance: 10,
} as const

/** The sum of a list of numbers. */
export function sumOf(list: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < list.length; i += 1) sum += list[i] ?? 0
  return sum
}

/** A list of `n` zeros. */
export function zeros(n: number): number[] {
  const list: number[] = []
  for (let i = 0; i < n; i += 1) list.push(0)
  return list
}

/** Lists of retries for all classes of a source but the first. */
const streamsOf = (model: Model, source: number): { pending: number[][] }[] =>
  (model.classes.sources[source]?.classes ?? []).slice(1).map(() => ({ pending: [] }))

/** Shares of all values of a source's attributes, as the scenario gives them. */
const valuesOf = (model: Model, source: number): number[] =>
  (model.classes.sources[source]?.attributes ?? []).flatMap((a) => a.values.map((v) => v.share))

/** A system at rest: all instances ready, nothing under way, caches filled as the scenario says. `seed` feeds noise and crashes. */
export function createPhysics(model: Model, seed: number): PhysicsState {
  const base = (slot: number): number => model.base[slot] ?? 0
  return {
    seed,
    second: 0,
    stations: model.cells.map((c): Station => ({
      inSystem: 0,
      since: [],
      until: [],
      waiting: [],
      backlog: 0,
      scatter: 0,
      standing: 0,
      limit: 0,
      fastest: 0,
      busy: 0,
      arrivals: 0,
      starts: 0,
      spent: 0,
      ready: Math.round(base(c.slot + S.replicas)),
      startAt: [],
      startCount: [],
      rolling: 0,
      restarts: 0,
      memory: 0,
      waitLow: -1,
      waitHigh: 0,
      fill: c.keys ? c.keys.count.map(() => base(c.slot + X.startFill)) : [],
      lruAge: 0,
      fetchOk: 1,
      fetchTime: 0,
      warmTo: 0,
      warmUntil: NEVER,
      size: c.objectSize,
      disk: diskOf(base(c.slot + S['disk.used'])),
      writeShare: 0,
      quota: base(c.slot + S['quota.limit']),
      used: base(c.slot + S['quota.used']),
      expires: base(c.slot + S['certificate.expires']),
      messageAt: [],
      messages: [],
      retryAt: NEVER,
      sums: zeros(A.waitLow),
      happened: [...zeros(A.waitLow), -1, 0],
    })),
    calls: model.calls.map(() => ({
      flow: 0,
      attempts: 1,
      seen: 0,
      failed: 0,
      openUntil: NEVER,
      ring: [],
      throttle: { asked: 0, accepted: 0, ring: [] },
      sums: zeros(11),
      happened: zeros(11),
    })),
    arms: {
      flow: zeros(model.arms.length),
      sums: zeros(model.arms.length * AS.size),
      happened: zeros(model.arms.length * AS.size),
    },
    health: {},
    sources: model.sources.map((source): SourceState => ({
      pending: [],
      streams: streamsOf(model, source.index),
      waiting: { at: [], count: [] },
      out: 0,
      free: 0,
      values: valuesOf(model, source.index),
      swing: 0,
      herds: [],
      begun: 0,
      total: 0,
      bad: 0,
      histogram: [],
      last: 0,
      sums: zeros(4),
      goodByAttempt: [],
      happened: zeros(3),
      timeout: 0,
      pause: 0,
    })),
    databases: model.databases.map(databaseState),
    orders: [],
    shares: model.versions.map((v) => base(v.slot)),
    versionSums: model.versions.map(() => zeros(3)),
    rollouts: [],
    classes: createClasses(model.classes),
    scalers: model.scaled.map((m) => scalerAt(Math.round(base(m.replicas)))),
    names: model.lookups.map((lookup) => {
      const first = model.cells[model.components[lookup.via]?.cells[0] ?? -1]
      return knownNames({
        ttl: base((first?.slot ?? 0) + X.ttlOfNames),
        weights: lookup.arms.map(() => 1 / lookup.arms.length),
      })
    }),
    resolved: model.lookups.map(() => 1),
    jobs: model.components.map((c) => {
      const slot = model.cells[c.cells[0] ?? -1]?.slot ?? 0
      return c.kind === 'job' ? idleJob({ every: base(slot + X.every), offset: base(slot + X.offset) }) : null
    }),
  }
}
