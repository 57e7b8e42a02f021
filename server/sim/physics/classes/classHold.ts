import { B, type ByClass } from './classAnswers.ts'
import type { ClassSpace } from './classes.ts'
import { exp, log } from '../math.ts'
import { retried, type RetryRule, type Tries } from '../traffic/retry.ts'
import { MOST_CLASSES } from '../model/slices.ts'

const reach = new Float64Array(MOST_CLASSES)
const mix = new Float64Array(MOST_CLASSES)
const tries = new Float64Array(MOST_CLASSES)
const failing = new Float64Array(MOST_CLASSES)
const fulls = new Float64Array(MOST_CLASSES)
const time = new Float64Array(MOST_CLASSES)
const sending = new Float64Array(MOST_CLASSES)
/** Of the call under way, by class: calls that fail in the end, by status too, and mean time. */
const losing = new Float64Array(MOST_CLASSES)
const ending = new Float64Array(MOST_CLASSES * 5)
const spending = new Float64Array(MOST_CLASSES)

/** Begins to follow the classes of what cell `i` starts through its calls. False: nothing is inside, and all are taken as alike. */
export function openClasses(
  space: ClassSpace,
  i: number,
  own: { readonly service: number; readonly more: number },
): boolean {
  const from = i * space.many
  let sum = 0
  let slow = 0
  for (let k = 0; k < space.many; k += 1) {
    sum += space.inside[from + k] ?? 0
    slow += (space.inside[from + k] ?? 0) * (space.slow[from + k] ?? 1)
  }
  if (sum <= 1e-9) return false
  for (let k = 0; k < space.many; k += 1) {
    const at = from + k
    mix[k] = (space.inside[at] ?? 0) / sum
    time[k] = (own.service * (space.slow[at] ?? 1) * sum) / slow + own.more
    let left = 1
    for (let s = 0; s < 5; s += 1) {
      const errors = space.own[at * 5 + s] ?? 0
      space.fail[at * 5 + s] = errors
      left -= errors
    }
    reach[k] = Math.max(0, left)
    sending[k] = (mix[k] ?? 0) * (reach[k] ?? 0)
  }
  return true
}

/** The mix of those requests that have not failed yet: what the next call is made for. */
export const mixOfCallers = (): Float64Array => sending

const averages: Tries & { full: number } = {
  attempts: 1,
  failed: 0,
  pause: 0,
  full: 0,
}

/**
 * Retries class by class: who always fails is always tried again, who never does is not, and their average is not what an average
 * request would do. Returns the averages, with the mean time of all attempts and pauses.
 */
export function tryClasses(space: ClassSpace, by: ByClass, rule: RetryRule): Readonly<typeof averages> {
  let sum = 0
  let attempts = 0
  let failed = 0
  let pause = 0
  let full = 0
  for (let k = 0; k < space.many; k += 1) {
    const at = k * B.size
    const again = (by.of[at + 2] ?? 0) + (by.of[at + 3] ?? 0) + (by.of[at + 4] ?? 0)
    retried(rule, { ok: by.of[at + B.ok] ?? 0, again }, averages)
    tries[k] = averages.attempts
    failing[k] = averages.failed
    const w = sending[k] ?? 0
    sum += w
    attempts += w * averages.attempts
    failed += w * averages.failed
    pause += w * averages.pause
    fulls[k] = averages.attempts * (by.of[at + B.time] ?? 0) + averages.pause
    full += w * (fulls[k] ?? 0)
  }
  if (sum <= 1e-12) {
    averages.attempts = 1
    averages.failed = averages.pause = averages.full = 0
    return averages
  }
  averages.attempts = attempts / sum
  averages.failed = failed / sum
  averages.pause = pause / sum
  averages.full = full / sum
  return averages
}

/**
 * Notes how a call has gone for each class in the end, and in which mix its attempts are sent. `tried`: the averages of `tryClasses`, or
 * null when all classes meet the same. A call that is two, of which `share` goes this way, is noted part by part.
 */
export function noteCall(
  space: ClassSpace,
  o: {
    readonly call: number
    readonly by: ByClass
    readonly tried: { readonly failed: number; readonly full: number } | null
    readonly share: number
    readonly first: boolean
  },
  end: { readonly failed: number; readonly time: number; readonly status: Float64Array },
): void {
  const { by, tried, share } = o
  const left = tried && tried.failed < 1 ? (1 - end.failed) / (1 - tried.failed) : 1
  const stretch = tried && tried.full > 0 ? end.time / tried.full : 1
  let statuses = 0
  for (let s = 0; s < 5; s += 1) statuses += end.status[s] ?? 0
  for (let k = 0; k < space.many; k += 1) {
    const at = k * B.size
    if (o.first) {
      losing[k] = spending[k] = 0
      for (let s = 0; s < 5; s += 1) ending[k * 5 + s] = 0
    }
    space.send[o.call * space.many + k] = (sending[k] ?? 0) * (tried ? (tries[k] ?? 1) : 1)
    const full = tried ? (fulls[k] ?? 0) * stretch : end.time
    const failed = tried ? Math.min(1, Math.max(0, 1 - (1 - (failing[k] ?? 0)) * left)) : end.failed
    spending[k] = (spending[k] ?? 0) + share * full
    if (failed <= 0) continue
    losing[k] = (losing[k] ?? 0) + share * failed
    let own = 0
    if (tried) for (let s = 0; s < 5; s += 1) own += by.of[at + s] ?? 0
    for (let s = 0; s < 5; s += 1) {
      const part =
        own > 1e-12 ? (by.of[at + s] ?? 0) / own : statuses > 0 ? (end.status[s] ?? 0) / statuses : 0
      ending[k * 5 + s] = (ending[k * 5 + s] ?? 0) + share * failed * part
    }
  }
}

/**
 * Ends a call of cell `i`: adds its time to each class's, and lets those fail who do not get their answer. Returns the share of all
 * requests that goes on.
 */
export function endCall(
  space: ClassSpace,
  o: {
    readonly i: number
    /** Calls for each request, the share of failed ones that matter, and the part of their time that is certain. */
    readonly per: number
    readonly matters: number
    readonly certain: number
    readonly passed: readonly number[]
    readonly fail: Float64Array
  },
): number {
  const { i, per } = o
  let all = 0
  for (let k = 0; k < space.many; k += 1) {
    const r = reach[k] ?? 0
    const m = mix[k] ?? 0
    time[k] = (time[k] ?? 0) + r * per * Math.max(0, (spending[k] ?? 0) - o.certain)
    const failed = losing[k] ?? 0
    const lost = failed * o.matters
    if (lost > 0) {
      const share = per <= 1 ? per * lost : 1 - (lost < 1 ? exp(per * log(1 - lost)) : 0)
      const place = (i * space.many + k) * 5
      for (let s = 0; s < 5; s += 1) {
        const here = (r * share * (ending[k * 5 + s] ?? 0)) / failed
        const to = o.passed[s] ?? s
        space.fail[place + to] = (space.fail[place + to] ?? 0) + here
        o.fail[i * 5 + to] = (o.fail[i * 5 + to] ?? 0) + m * here
      }
      reach[k] = r * (1 - share)
    }
    sending[k] = m * (reach[k] ?? 0)
    all += sending[k] ?? 0
  }
  return all
}

/** Ends the way of cell `i`'s requests: notes each class's time. Returns the variance between classes, to be added to that within. */
export function closeClasses(space: ClassSpace, i: number, within: number): number {
  const { many } = space
  let mean = 0
  let square = 0
  for (let k = 0; k < many; k += 1) {
    const t = time[k] ?? 0
    space.time[i * many + k] = t
    mean += (mix[k] ?? 0) * t
    square += (mix[k] ?? 0) * t * t
  }
  space.within[i] = within
  return Math.max(0, square - mean * mean)
}

/** When nothing is inside cell `i`, all classes hold a slot as long and fail as often as the blend does. */
export function likeAll(
  space: ClassSpace,
  i: number,
  all: {
    readonly mean: number
    readonly variance: number
    readonly fail: Float64Array
  },
): void {
  space.within[i] = all.variance
  for (let k = 0; k < space.many; k += 1) {
    const at = i * space.many + k
    space.time[at] = all.mean
    for (let s = 0; s < 5; s += 1) space.fail[at * 5 + s] = all.fail[i * 5 + s] ?? 0
  }
}
