import type { ClassSpace } from './classes.ts'
import { MOST_CLASSES } from '../model/slices.ts'
import { type Cut, cut, type Response } from '../times/tail.ts'

/** Places of `ByClass.of`, for each class: five statuses, good answers, timeouts (also among the fifth status), mean time until the end. */
export const B = { status: 0, ok: 5, late: 6, time: 7, size: 8 } as const
/** What one attempt meets, class by class. */
export interface ByClass {
  /** 0: all classes meet the same. */
  many: number
  readonly of: Float64Array
}
export const byClass = (): ByClass => ({
  many: 0,
  of: new Float64Array(MOST_CLASSES * B.size),
})

/** What all classes share when they ask a cell: waits, refusals, losses. */
export interface Shared {
  timeout: number
  /** Shares turned away by the cell as a whole, refused for want of a place, never started, cut off with a lost instance. */
  away: number
  full: number
  never: number
  cutOff: number
  refusalTime: number
  /** The response time as it is on average, and the part of its mean and variance that is the time a slot is held. */
  readonly response: Response
  held: number
  heldVariance: number
}

const response: Response = { lo: 0, hi: 0, mean: 0, variance: 0 }
const seen: Cut = { late: 0, mean: 0 }

/** What each class meets at cell `j`: waits and refusals are everybody's, errors, own times and slices' refusals its own. */
export function answerClasses(space: ClassSpace, j: number, shared: Shared, out: ByClass): void {
  const { of } = out
  const { timeout, never, refusalTime } = shared
  out.many = space.many
  for (let k = 0; k < space.many; k += 1) {
    const at = j * space.many + k
    const to = k * B.size
    const away = 1 - (1 - (space.away[at] ?? 0)) * (1 - shared.away)
    const in_ = (1 - away) * (1 - shared.full)
    const time = space.time[at] ?? 0
    const by = shared.held > 0 ? time / shared.held : 1
    response.lo = shared.response.lo
    response.hi = shared.response.hi
    response.mean = Math.max(0, shared.response.mean - shared.held + time)
    response.variance = Math.max(
      0,
      shared.response.variance - shared.heldVariance + (space.within[j] ?? 0) * by * by,
    )
    cut(response, timeout, seen)
    const late = 1 - (1 - seen.late) * (1 - never)
    const done = in_ * (1 - late)
    let bad = away + (1 - away) * shared.full + in_ * late + done * shared.cutOff
    for (let s = 0; s < 5; s += 1) {
      const share = done * (1 - shared.cutOff) * (space.fail[at * 5 + s] ?? 0)
      of[to + s] = share
      bad += share
    }
    of[to + 1] = (of[to + 1] ?? 0) + away
    of[to + 3] = (of[to + 3] ?? 0) + (1 - away) * shared.full + done * shared.cutOff
    of[to + 4] = (of[to + 4] ?? 0) + in_ * late
    of[to + B.ok] = Math.max(0, 1 - bad)
    of[to + B.late] = in_ * late
    of[to + B.time] = in_ * (seen.mean * (1 - never) + timeout * never) + (1 - in_) * refusalTime
  }
}

/** Nobody is there: every class is answered 503 at once. */
export function refuseClasses(many: number, time: number, out: ByClass): void {
  out.many = many
  out.of.fill(0, 0, many * B.size)
  for (let k = 0; k < many; k += 1) {
    out.of[k * B.size + 3] = 1
    out.of[k * B.size + B.time] = time
  }
}

/** The way there takes its time, and a part is lost on it and waited for until the timeout. */
export function overNetwork(by: ByClass, way: { delay: number; loss: number; timeout: number }): void {
  const kept = 1 - way.loss
  for (let k = 0; k < by.many; k += 1) {
    const at = k * B.size
    for (let n = 0; n < B.time; n += 1) by.of[at + n] = (by.of[at + n] ?? 0) * kept
    by.of[at + 4] = (by.of[at + 4] ?? 0) + way.loss
    by.of[at + B.late] = (by.of[at + B.late] ?? 0) + way.loss
    by.of[at + B.time] = kept * ((by.of[at + B.time] ?? 0) + way.delay) + way.loss * way.timeout
  }
}

/** Only the share `kept` is sent at all; the rest fails with 503, which takes `time`. */
export function thinClasses(by: ByClass, kept: number, time = 0): void {
  for (let k = 0; k < by.many; k += 1) {
    const at = k * B.size
    for (let n = 0; n < B.size; n += 1) by.of[at + n] = (by.of[at + n] ?? 0) * kept
    by.of[at + 3] = (by.of[at + 3] ?? 0) + 1 - kept
    by.of[at + B.time] = (by.of[at + B.time] ?? 0) + (1 - kept) * time
  }
}

/** No answer comes back in time, whatever it is. */
export function loseClasses(many: number, timeout: number, out: ByClass): void {
  out.many = many
  out.of.fill(0, 0, many * B.size)
  for (let k = 0; k < many; k += 1) {
    out.of[k * B.size + 4] = out.of[k * B.size + B.late] = 1
    out.of[k * B.size + B.time] = timeout
  }
}

/** Of the good answers a share is 503, and a share is 500, instead. */
export function spoil(by: ByClass, refused: number, failed: number): void {
  for (let k = 0; k < by.many; k += 1) {
    const at = k * B.size
    const ok = by.of[at + B.ok] ?? 0
    by.of[at + 3] = (by.of[at + 3] ?? 0) + ok * refused
    by.of[at + 2] = (by.of[at + 2] ?? 0) + ok * failed
    by.of[at + B.ok] = Math.max(0, ok * (1 - refused - failed))
  }
}

/** Adds what the share `weight` of attempts meets, which go one of several ways. */
export function mixAnswers(out: ByClass, one: ByClass, weight: number): void {
  if (out.many === 0) out.of.fill(0, 0, one.many * B.size)
  out.many = one.many
  for (let n = 0; n < one.many * B.size; n += 1) out.of[n] = (out.of[n] ?? 0) + weight * (one.of[n] ?? 0)
}

/** The blended answer, as classes in the shares of `weight` (from `from`) meet it: only what differs between classes is changed. */
export interface Blend {
  ok: number
  readonly status: Float64Array
  late: number
  /** Mean time until the end, certain part included. */
  time: number
}
const blend: Blend = { ok: 0, status: new Float64Array(5), late: 0, time: 0 }

/** What requests of a certain mix meet together; undefined when the mix is empty or all meet the same. */
export function blendAnswers(by: ByClass, weight: Float64Array, from: number): Blend | undefined {
  if (by.many === 0) return undefined
  let sum = 0
  for (let k = 0; k < by.many; k += 1) sum += weight[from + k] ?? 0
  if (sum <= 1e-12) return undefined
  blend.ok = blend.late = blend.time = 0
  blend.status.fill(0)
  for (let k = 0; k < by.many; k += 1) {
    const w = (weight[from + k] ?? 0) / sum
    const at = k * B.size
    blend.ok += w * (by.of[at + B.ok] ?? 0)
    blend.late += w * (by.of[at + B.late] ?? 0)
    blend.time += w * (by.of[at + B.time] ?? 0)
    for (let s = 0; s < 5; s += 1) blend.status[s] = (blend.status[s] ?? 0) + w * (by.of[at + s] ?? 0)
  }
  return blend
}
