import { balance, waitsAfter, waitsOf } from '../queue/balance.ts'
import { balanceOf, secondOf } from '../queue/second.ts'
import { letThrough } from '../queue/bucket.ts'
import { answerClasses, byClass, type ByClass, refuseClasses, type Shared } from '../classes/classAnswers.ts'
import { turnedAwayBySlices } from '../classes/classLimits.ts'
import type { CellModel, Model } from '../model/model.ts'
import { spreadOf } from '../queue/patience.ts'
import { S } from '../model/slots.ts'
import type { PhysicsState, Station } from '../state.ts'
import { type Cut, cut, type Response } from '../times/tail.ts'
import type { Workspace } from '../workspace.ts'

/** How long a refusal takes (s). */
export const REFUSAL_TIME = 0.002

/** What one attempt at a cell meets, as its caller sees it. Shares sum to 1 with `ok`. */
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
  /** Mean time until a good answer. */
  okTime: number
  /** What each class of requests meets, where that differs. */
  readonly classes: ByClass
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
  okTime: 0,
  classes: byClass(),
})

const response: Response = { lo: 0, hi: 0, mean: 0, variance: 0 }
const seen: Cut = { late: 0, mean: 0 }
const came = { arrivals: 0, spent: 0 }
const shared: Shared = {
  timeout: 0,
  away: 0,
  full: 0,
  never: 0,
  cutOff: 0,
  refusalTime: REFUSAL_TIME,
  response,
  held: 0,
  heldVariance: 0,
}

/** Share of `arrivals` a cell turns away with 429 before doing anything. `spent`: tokens its bucket lacks of being full. */
export function turnedAway(
  c: CellModel,
  p: Float64Array,
  came: { readonly arrivals: number; readonly spent: number },
): number {
  const kept = 1 - (p[c.slot + S.shed] ?? 0)
  const limit = p[c.slot + S.rate_limit] ?? 0
  const rest = came.arrivals * kept
  if (rest <= limit) return 1 - kept
  const burst = p[c.slot + S.rate_burst] ?? 0
  return 1 - (kept * letThrough(rest, { limit, burst, spent: came.spent })) / rest
}

const ended = balanceOf()
const waits = waitsOf()
const at = secondOf()

/** The certain wait that controlled delay leaves in this second (s); 0: it is off, or the wait has not stood long enough. */
export function standingWait(p: Float64Array, c: CellModel, station: Station): number {
  const target = p[c.slot + S['codel.target']] ?? 0
  return target > 0 && station.standing + 1 >= (p[c.slot + S['codel.interval']] ?? 0) ? target : 0
}

/** Before a cell's own second is known: what it would come to with `wanted` requests, from its prepared capacity. */
function foresee(w: Workspace, c: CellModel, wanted: number, station: Station | undefined): void {
  const j = c.index
  // Callers ask again and again with the same rate while they search for their own.
  if (w.foreseen[j] === wanted) return
  w.foreseen[j] = wanted
  at.slots = w.slots[j] ?? 1
  at.hold = at.slots / Math.max(1e-9, w.capacity[j] ?? 0)
  at.spread = spreadOf(w, j, at.hold)
  at.total = (station?.inSystem ?? 0) + wanted
  at.arrivals = wanted
  at.places = w.places[j] ?? 0
  at.waiting = station ? Math.max(0, station.inSystem - station.busy) : 0
  at.backlog = station?.backlog ?? 0
  at.scatter = station?.scatter ?? 0
  at.codel = station ? standingWait(w.p, c, station) : 0
  at.sure = w.sure[j] ?? 0
  at.lifo = w.p[c.slot + S.lifo] === 1
  balance(at, ended)
  waitsAfter(at, ended, waits)
  w.full[j] = wanted > 0 ? Math.min(1, (ended.lost + ended.dropped) / wanted) : 0
  w.waitMean[j] = waits.mean
  w.waitVariance[j] = waits.variance
  w.waitLo[j] = waits.lo
  w.waitHi[j] = waits.hi
}

/**
 * Asks cell `j`, reached by `arrivals` requests in this second, with a timeout. In the last pass it answers from what the
 * second came to, before from what it would come to with these arrivals.
 */
export function ask(
  { model, state, w }: { readonly model: Model; readonly state: PhysicsState; readonly w: Workspace },
  j: number,
  arrivals: number,
  timeout: number,
  out: Answer,
): Answer {
  const c = model.cells[j]
  const { status } = out
  status.fill(0)
  out.late = 0
  out.lo = out.hi = out.variance = 0
  out.classes.many = 0
  const space = w.classes?.model.carries[j] === true ? w.classes : null
  if (!c || w.alive[j] !== 1) {
    status[3] = 1
    out.ok = 0
    out.mean = out.failTime = out.okTime = REFUSAL_TIME
    if (space) refuseClasses(space.many, REFUSAL_TIME, out.classes)
    return out
  }
  const { p } = w
  const sliced = space ? turnedAwayBySlices(space, j, { p, arrivals }) : 0
  came.arrivals = arrivals * (1 - sliced)
  came.spent = state.stations[j]?.spent ?? 0
  const whole = turnedAway(c, p, came)
  const away = 1 - (1 - sliced) * (1 - whole)
  const wanted = arrivals * (1 - away)
  const capacity = w.capacity[j] ?? 0
  if (!w.settled) foresee(w, c, wanted, state.stations[j])
  const full = w.full[j] ?? 0
  const taken = wanted * (1 - full)
  const hold = (w.holdMean[j] ?? 0) + ((w.holdLo[j] ?? 0) + (w.holdHi[j] ?? 0)) / 2
  let lo = w.waitLo[j] ?? 0
  let hi = w.waitHi[j] ?? 0
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
  response.mean = (w.waitMean[j] ?? 0) + (w.holdMean[j] ?? 0)
  response.variance = (w.waitVariance[j] ?? 0) + (w.holdVariance[j] ?? 0)
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
  out.okTime = seen.late < 1 ? Math.max(0, (seen.mean - seen.late * timeout) / (1 - seen.late)) : timeout
  if (space) {
    shared.timeout = timeout
    shared.away = whole
    shared.full = full
    shared.never = never
    shared.cutOff = cutOff
    shared.held = w.holdMean[j] ?? 0
    shared.heldVariance = w.holdVariance[j] ?? 0
    answerClasses(space, j, shared, out.classes)
  }
  out.failTime = in_ > 0.5 ? Math.min(timeout, (response.lo + response.hi) / 2 + response.mean) : REFUSAL_TIME
  return out
}
