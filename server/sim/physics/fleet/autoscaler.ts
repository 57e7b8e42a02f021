import type { Reading, Usage } from './readings.ts'

/** Nobody has more instances than this, however small a target. */
const MOST = 10_000
const upTo = (instances: number): number => Math.min(MOST, Math.ceil(instances))

/** An autoscaler between two decisions. Plain JSON. */
export interface Scaler {
  /** Instances its component shall have, and what an effect said last (−1: none is active). */
  wanted: number
  given: number
  on: boolean
  nextAt: number
  /** What it would have liked, before stabilisation and limits: oldest first. */
  likedAt: number[]
  liked: number[]
  /** Instances added (taken away: negative) in the last period. */
  changedAt: number[]
  changed: number[]
  /** Oldest first; the last one is still open. */
  readings: Reading[]
}
export const scalerAt = (replicas: number): Scaler => ({
  wanted: replicas,
  given: -1,
  on: false,
  nextAt: 0,
  likedAt: [],
  liked: [],
  changedAt: [],
  changed: [],
  readings: [],
})

/** The limits on scaling up hold for so many seconds (`scaleUp.policies[].periodSeconds`). */
const PERIOD = 15
/** What makes 1.2 × 5 no more than 6. */
const ROUNDING = 1e-9

const within = (ratio: number, tolerance: number): boolean => ratio >= 1 - tolerance && ratio <= 1 + tolerance
const up = (x: number): number => upTo(x - ROUNDING)

/**
 * Instances for a metric that is a mean over instances (CPU, busy slots): ceil(measured × value / target), no change within the tolerance.
 * Instances without a reading (starting, waiting for room, just ready) count nothing when that says up, and `full` when it says down; if that
 * turns the direction, there is no change. This is `GetResourceReplicas` of Kubernetes, with every instance that is not ready taken as one
 * whose metrics are missing.
 */
export function forMean(o: {
  readonly current: number
  readonly existing: number
  readonly measured: number
  readonly value: number
  readonly target: number
  readonly full: number
  readonly tolerance: number
}): number {
  const { current, value, target, tolerance } = o
  const ratio = value / target
  const measured = Math.min(o.measured, o.existing)
  const missing = o.existing - measured
  if (missing <= 0) return within(ratio, tolerance) ? current : up(ratio * measured)
  const others = ratio < 1 ? missing * (o.full / target) : 0
  const all = (ratio * measured + others) / o.existing
  if (within(all, tolerance) || (ratio < 1 && all > 1) || (ratio > 1 && all < 1)) return current
  const desired = up(all * o.existing)
  return (all < 1 && desired > current) || (all > 1 && desired < current) ? current : desired
}

/**
 * Instances for a metric that is a total (requests, messages): ceil(total / target), no change within the tolerance. This is an external
 * metric with an `averageValue` in Kubernetes; who is ready does not matter.
 */
export function forTotal(o: {
  readonly current: number
  readonly total: number
  readonly target: number
  readonly tolerance: number
}): number {
  const { current, total, target, tolerance } = o
  return current > 0 && within(total / (target * current), tolerance) ? current : up(total / target)
}

/** What an autoscaler is told to do; a target of 0 is not watched. */
export interface ScalingRules {
  readonly min: number
  readonly max: number
  readonly cpu: number
  readonly saturation: number
  readonly rps: number
  readonly queue: number
  readonly tolerance: number
  readonly upRatio: number
  readonly upCount: number
  readonly downWindow: number
}

/**
 * What the metrics ask for: the most that any of them does; undefined: no change. With a metric that cannot be read, the others can only
 * make it go up. `existing`: instances there are, ready or not.
 */
export function recommendation(
  rules: ScalingRules,
  usage: Usage | undefined,
  now: { readonly wanted: number; readonly existing: number; readonly ready: number },
): number | undefined {
  if (!usage) return undefined
  let most = -1
  let unknown = false
  const { tolerance } = rules
  const current = now.wanted
  const measured = Math.min(usage.measured, now.ready)
  const mean = (value: number | null, target: number) => {
    if (target <= 0) return
    if (value === null || measured <= 0) unknown = true
    else {
      const o = { current, existing: now.existing, measured, value, target, tolerance }
      most = Math.max(most, forMean({ ...o, full: Math.max(1, target) }))
    }
  }
  const total = (value: number, target: number) => {
    if (target > 0) most = Math.max(most, forTotal({ current, total: value, target, tolerance }))
  }
  mean(usage.cpu, rules.cpu)
  mean(usage.saturation, rules.saturation)
  total(usage.rps, rules.rps)
  total(usage.queue, rules.queue)
  return most < 0 || (unknown && most < current) ? undefined : most
}

function forget(at: number[], what: number[], before: number): void {
  while (at.length > 0 && (at[0] ?? 0) <= before) {
    at.shift()
    what.shift()
  }
}

/**
 * One decision of the Kubernetes HorizontalPodAutoscaler (v2): beyond min or max it goes there at once; else down only to the most it has
 * liked within the window, up only by `upRatio` or `upCount` in 15 s, whichever is more. None at all is left alone unless min is 0. Returns
 * the change of `wanted`.
 */
export function decide(
  s: Scaler,
  second: number,
  o: { readonly rules: ScalingRules; readonly liked: number | undefined },
): number {
  const { rules } = o
  const min = Math.min(rules.min, rules.max)
  const current = s.wanted
  if (current === 0 && min > 0) return 0
  let next = current
  if (current > rules.max) next = rules.max
  else if (current < min) next = min
  else if (o.liked !== undefined) {
    forget(s.likedAt, s.liked, second - rules.downWindow)
    let highest = o.liked
    for (const one of s.liked) highest = Math.max(highest, one)
    s.likedAt.push(second)
    s.liked.push(o.liked)
    if (o.liked > current) {
      forget(s.changedAt, s.changed, second - PERIOD)
      let atStart = current
      for (const change of s.changed) atStart -= change
      const limit = Math.max(current, up(atStart * (1 + rules.upRatio)), atStart + rules.upCount)
      next = Math.min(o.liked, limit, rules.max)
    } else if (highest < current) next = Math.max(highest, min)
  }
  if (next === current) return 0
  s.wanted = next
  s.changedAt.push(second)
  s.changed.push(next - current)
  if (s.changed.length > 16) forget(s.changedAt, s.changed, second - PERIOD)
  return next - current
}

/**
 * Follows the switch and the parameter `replicas` before a decision. An effect on the parameter that begins or changes says what is wanted
 * from then on (as `kubectl scale`); when it ends, the number stays as long as the autoscaler is on, and else returns to the parameter's own.
 * Switched off, the last number stays.
 */
export function follow(
  s: Scaler,
  now: {
    readonly second: number
    readonly on: boolean
    readonly replicas: number
    /** An effect is on the parameter. */
    readonly set: boolean
  },
): void {
  const given = now.set ? now.replicas : -1
  if (given !== s.given && (now.set || !now.on)) s.wanted = now.replicas
  s.given = given
  if (now.on && !s.on) {
    s.nextAt = now.second
    s.likedAt = [now.second]
    s.liked = [s.wanted]
    s.changedAt = []
    s.changed = []
  }
  s.on = now.on
}
