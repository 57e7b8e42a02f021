import { type Model } from './model.ts'
import { S, X } from './slots.ts'

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
} as const

/** One component's moving state. Cohorts: groups of waiting requests by the span of time in which they came, oldest first. */
export interface Station {
  /** Requests waiting and in work. */
  inSystem: number
  since: number[]
  until: number[]
  waiting: number[]
  /** Of those waiting, what is backlog rather than the random queue of a busy but stable server. */
  backlog: number
  busy: number
  arrivals: number
  starts: number
  /** Instances that answer, and those on their way: when, how many. */
  ready: number
  startAt: number[]
  startCount: number[]
  /** Instances a rolling restart has still to do; −1: all at once, in the next second. */
  rolling: number
  restarts: number
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
  /** Queues: messages in cohorts by when they came. */
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
  /** Circuit breaker: decaying counts, and until when it is open (NEVER: closed). */
  seen: number
  failed: number
  openUntil: number
  /** Since the last sample: requests of the caller, first attempts, all attempts, timed-out attempts, failed calls, timeout × calls. */
  sums: number[]
  /** Sums of the last sample, for log lines. */
  happened: number[]
}
/** One traffic source's moving state. */
export interface SourceState {
  /** Retries on their way, by attempt and arrival second (ring); the last row fails for good. */
  pending: number[][]
  swing: number
  /** Requests begun, and since the World began: resolved, failed. */
  begun: number
  total: number
  bad: number
  /** Good requests since the World began by latency bucket. */
  histogram: number[]
  /** Since the last sample: attempts, failed, delay × retries, retries; and good ones by attempt. */
  sums: number[]
  goodByAttempt: number[]
  timeout: number
  /** Mean time from one attempt to the next (s). */
  pause: number
}
/** A version on its way to a share of instances. */
export interface Rollout {
  version: number
  to: number
  perSecond: number
}

/** The moving side of a simulated system: plain JSON, owned by one World. */
export interface PhysicsState {
  seed: number
  second: number
  stations: Station[]
  calls: CallState[]
  sources: SourceState[]
  /** Versions' shares of instances; deploys move them. */
  shares: number[]
  /** Of each version since the last sample: share × seconds, requests, failed ones. */
  versionSums: number[][]
  rollouts: Rollout[]
}

/** Stands for "never" where a second of exercise time is meant, which may be negative. */
export const NEVER = -1e9
/** Seconds a retry can be on its way. */
export const RING = 64
/** Places of `CallState.sums`. */
export const CS = { requests: 0, calls: 1, attempts: 2, late: 3, failed: 4, timeout: 5 } as const

/** The sum of a list of numbers. */
export function sumOf(list: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < list.length; i += 1) sum += list[i] ?? 0
  return sum
}

const zeros = (n: number): number[] => Array.from({ length: n }, () => 0)

/** A system at rest: all instances ready, nothing under way, caches filled as the scenario says. `seed` feeds noise and crashes. */
export function createPhysics(model: Model, seed: number): PhysicsState {
  const base = (slot: number): number => model.base[slot] ?? 0
  return {
    seed,
    second: 0,
    stations: model.components.map((c): Station => ({
      inSystem: 0,
      since: [],
      until: [],
      waiting: [],
      backlog: 0,
      busy: 0,
      arrivals: 0,
      starts: 0,
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
      messageAt: [],
      messages: [],
      sums: zeros(30),
      happened: zeros(30),
    })),
    calls: model.calls.map(() => ({
      flow: 0,
      attempts: 1,
      seen: 0,
      failed: 0,
      openUntil: NEVER,
      sums: zeros(6),
      happened: zeros(6),
    })),
    sources: model.sources.map((): SourceState => ({
      pending: [],
      swing: 0,
      begun: 0,
      total: 0,
      bad: 0,
      histogram: [],
      sums: zeros(4),
      goodByAttempt: [],
      timeout: 0,
      pause: 0,
    })),
    shares: model.versions.map((v) => base(v.slot)),
    versionSums: model.versions.map(() => zeros(3)),
    rollouts: [],
  }
}
