import { type Scaler, scalerAt } from './fleet/autoscaler.ts'
import { idleJob, type JobState } from './data/jobs.ts'
import { type DataOrder, type DatabaseState, databaseState } from './data/databaseState.ts'
import { type Disk, diskOf } from './data/disk.ts'
import { type ClassState, createClasses } from './classes/classState.ts'
import { type Model } from './model/model.ts'
import { knownNames, type NameState } from './calls/names.ts'
import { NEVER } from './never.ts'
import type { Rollout } from './fleet/rollout.ts'
import { S, X } from './model/slots.ts'
import { sourceAtRest, type SourceState } from './traffic/sourceState.ts'
import { A, AS, zeros } from './sums.ts'
import type { Throttle } from './calls/throttle.ts'

export { NEVER } from './never.ts'
export type { SourceState } from './traffic/sourceState.ts'
export { A, AS, CS, sumOf, zeros } from './sums.ts'

/** Fewer requests than this are what is left of an exponential decay, and none at all. */
export const DUST = 1e-9

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
  /** Requests in work, as a mean over the last seconds: what contention goes by. */
  crowd: number
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
      crowd: 0,
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
    sources: model.sources.map((source) => sourceAtRest(model, source.index)),
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
