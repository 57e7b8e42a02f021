import { waitProbability } from './erlang.ts'
import type { ComponentModel, Model } from './model.ts'
import { S, X } from './slots.ts'
import { type Cut, cut, type Response } from './tail.ts'
import type { Workspace } from './workspace.ts'

/** Beyond this utilisation a queue counts as backlog, whose wait is certain, not as random queue. */
export const NEARLY_FULL = 0.98
/** How long a refusal takes (s). */
const REFUSAL_TIME = 0.002

/** What one attempt at a component meets, as its caller sees it. Shares sum to 1 with `ok`. */
export interface Answer {
  ok: number
  /** 404, 429, 500, 503, 504 (timeouts among the last). */
  readonly status: Float64Array
  late: number
  lo: number
  hi: number
  mean: number
  variance: number
  /** Mean time until an error that is no timeout. */
  failTime: number
}
export const answer = (): Answer => ({
  ok: 1,
  status: new Float64Array(5),
  late: 0,
  lo: 0,
  hi: 0,
  mean: 0,
  variance: 0,
  failTime: 0,
})

const response: Response = { lo: 0, hi: 0, mean: 0, variance: 0 }
const seen: Cut = { late: 0, mean: 0 }

/** Share of `arrivals` a component turns away with 429 before doing anything. */
export function turnedAway(c: ComponentModel, p: Float64Array, arrivals: number): number {
  if (c.kind !== 'load-balancer') return 0
  const kept = 1 - (p[c.slot + X.shed] ?? 0)
  const limit = p[c.slot + X.rateLimit] ?? 0
  const rest = arrivals * kept
  return 1 - (rest > limit ? (kept * limit) / rest : kept)
}

/** Share of requests refused because no place to wait is left. */
export function refused(
  backlogAndArrivals: number,
  arrivals: number,
  room: { capacity: number; places: number },
): number {
  const over = backlogAndArrivals - room.capacity - room.places
  return over > 0 && arrivals > 0 ? Math.min(1, over / arrivals) : 0
}

/**
 * Asks component `j`, reached by `arrivals` requests in this second, with a timeout. Uses the component's queue as it stood when the
 * second began and its prepared capacity; below saturation waits follow M/M/c (Erlang C), for variable service after Allen and Cunneen.
 */
export function ask(
  { model, w }: { readonly model: Model; readonly w: Workspace },
  j: number,
  arrivals: number,
  timeout: number,
  out: Answer,
): Answer {
  const c = model.components[j]
  const { status } = out
  status.fill(0)
  out.late = 0
  out.lo = out.hi = out.variance = 0
  if (!c || w.alive[j] !== 1) {
    status[3] = 1
    out.ok = 0
    out.mean = out.failTime = REFUSAL_TIME
    return out
  }
  const { p } = w
  const away = turnedAway(c, p, arrivals)
  const wanted = arrivals * (1 - away)
  const capacity = w.capacity[j] ?? 0
  const places = w.places[j] ?? 0
  const backlog = w.backlog[j] ?? 0
  const full = refused(backlog + wanted, wanted, { capacity, places })
  const taken = wanted * (1 - full)
  const hold = (w.holdMean[j] ?? 0) + ((w.holdLo[j] ?? 0) + (w.holdHi[j] ?? 0)) / 2
  const slots = w.slots[j] ?? 1
  const use = capacity > 0 ? Math.min(NEARLY_FULL, taken / capacity) : NEARLY_FULL
  const chance = waitProbability(slots, use)
  const spread = hold > 0 ? Math.min(10, (1 + (w.holdVariance[j] ?? 0) / (hold * hold)) / 2) : 1
  const scale = (hold * spread) / (slots * (1 - use))
  let lo = capacity > 0 ? backlog / capacity : timeout * 2
  let hi = capacity > 0 ? Math.max(0, backlog + taken - capacity) / capacity : timeout * 2
  let never = 0
  if (p[c.slot + S.lifo] === 1) {
    never = taken > capacity ? 1 - capacity / taken : 0
    lo = hi = 0
  } else if (p[c.slot + S.drop_expired] === 1) {
    const longest = Math.max(0, timeout - 3 * hold)
    if (hi > longest) never = taken > capacity ? 1 - capacity / taken : 0
    lo = Math.min(lo, longest)
    hi = Math.min(hi, longest)
  }
  response.lo = lo + (w.holdLo[j] ?? 0)
  response.hi = hi + (w.holdHi[j] ?? 0)
  response.mean = chance * scale + (w.holdMean[j] ?? 0)
  response.variance = chance * (2 - chance) * scale * scale + (w.holdVariance[j] ?? 0)
  cut(response, timeout, seen)
  const late = 1 - (1 - seen.late) * (1 - never)
  const in_ = (1 - away) * (1 - full)
  // Requests lost with their instances are noticed by those who wait for them.
  const lost = w.lost[j] ?? 0
  const cutOff = lost > 0 ? lost / (lost + taken) : 0
  const answered = in_ * (1 - late) * (1 - cutOff)
  let bad = in_ * (1 - late) * cutOff
  for (let s = 0; s < 5; s += 1) {
    const share = answered * (w.fail[j * 5 + s] ?? 0)
    status[s] = share
    bad += share
  }
  status[1] = (status[1] ?? 0) + away
  status[3] = (status[3] ?? 0) + (1 - away) * full + in_ * (1 - late) * cutOff
  status[4] = (status[4] ?? 0) + in_ * late
  out.late = in_ * late
  out.ok = Math.max(0, 1 - bad - away - (1 - away) * full - in_ * late)
  const time = in_ * (seen.mean * (1 - never) + timeout * never)
  out.lo = in_ * Math.min(timeout, response.lo)
  out.hi = in_ * Math.min(timeout, response.hi)
  out.mean = Math.max(0, time - (out.lo + out.hi) / 2) + (1 - in_) * REFUSAL_TIME
  const kept = response.mean > 0 ? Math.min(1, out.mean / response.mean) : 0
  out.variance = response.variance * kept * kept
  out.failTime = in_ > 0.5 ? Math.min(timeout, (response.lo + response.hi) / 2 + response.mean) : REFUSAL_TIME
  return out
}
