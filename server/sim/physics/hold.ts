import { type Answer, answer, ask } from './ask.ts'
import { exp, log } from './math.ts'
import type { CallModel, ComponentModel, Model } from './model.ts'
import { C, S, X } from './slots.ts'
import { NEVER, type PhysicsState } from './state.ts'
import type { Workspace } from './workspace.ts'

const got: Answer = answer()
/** Which status a caller gives when a call failed with each of the five. A load balancer passes them on. */
const PASSED = [0, 1, 2, 3, 4] as const
const SERVED = [0, 3, 2, 3, 4] as const

/** Trial calls a second that a half-open breaker lets through. */
const TRIALS = 5

/** Whether the object a call appends to has reached its greatest size. */
function isFull(
  ctx: { readonly model: Model; readonly state: PhysicsState; readonly w: Workspace },
  call: CallModel,
): boolean {
  const to = ctx.model.components[call.to]
  return (
    to?.kind === 'object-store' &&
    (ctx.state.stations[call.to]?.size ?? 0) >= (ctx.w.p[to.slot + X.objectMax] ?? 0)
  )
}

/** Calls for one request before retries, from what is skipped, missed and cut off by a breaker. */
function callsFor(
  ctx: { readonly state: PhysicsState; readonly w: Workspace },
  c: ComponentModel,
  call: CallModel,
): number {
  const { w } = ctx
  const per = (w.p[call.slot + C.per_request] ?? 0) * (1 - (w.p[call.slot + C.serve_stale] ?? 0))
  if (!call.onMiss) return per
  if (call.missesOf < 0) return per * (1 - (w.hit[c.index] ?? 0)) * (w.fetches[c.index] ?? 1)
  return per * (w.misses[call.missesOf] ?? 0)
}

/** Mean pause before a retry, doubling with each attempt, less what jitter takes off. */
export function pauseBefore(retry: number, backoff: number, jitter: number): number {
  let pause = backoff
  for (let i = 1; i < retry; i += 1) pause *= 2
  return pause * (1 - jitter / 2)
}

/**
 * How long component `c` holds a slot for one request, and how requests end, when it starts `starts` of them in this second: own work,
 * then its calls one after another, each with timeout, retries, breaker and fallback. A request that has failed makes no further calls.
 * Writes hold and fail of the component and the numbers of its calls into the workspace; returns the mean time.
 */
export function hold(
  ctx: { readonly model: Model; readonly state: PhysicsState; readonly w: Workspace },
  c: ComponentModel,
  starts: number,
): number {
  const { state, w } = ctx
  const { p } = w
  const i = c.index
  const service = w.service[i] ?? 0
  const cv = p[c.slot + S.cv] ?? 1
  let mean = service
  let variance = cv * service * (cv * service)
  let lo = 0
  let hi = 0
  let reach = 1
  for (let s = 0; s < 5; s += 1) {
    const own = w.ownFail[i * 5 + s] ?? 0
    w.fail[i * 5 + s] = own
    reach -= own
  }
  if (c.kind === 'database') {
    const share = p[c.slot + X.lockShare] ?? 0
    const time = share * (p[c.slot + X.lockTime] ?? 0)
    if (time > 0) {
      // Waiting for the one lock: M/M/1 on the requests that need it.
      const use = Math.min(0.98, starts * time)
      const wait = (time * use) / (1 - use) + time
      mean += wait
      variance += (2 * wait * wait) / share - wait * wait
      const most = (w.slots[i] ?? 1) * starts * time
      if (starts * time > 1 && most / starts > mean) mean = most / starts
    }
  }
  for (let n = 0; n < c.calls.length; n += 1) {
    const call = c.calls[n]
    if (!call) continue
    const k = call.index
    const memory = state.calls[k]
    const per = callsFor(ctx, c, call)
    const timeout = p[call.slot + C.timeout] ?? 1
    const opened = memory?.openUntil ?? NEVER
    const open = opened > w.second
    const before = memory?.attempts ?? 1
    const mine = starts * reach * per
    const arrivals = w.settled
      ? (w.arrivals[call.to] ?? 0)
      : Math.max(0, (state.stations[call.to]?.arrivals ?? 0) - (memory?.flow ?? 0)) + mine * before
    let failed = 1
    let attempts = 0
    got.mean = got.lo = got.hi = got.variance = 0
    got.late = 0
    w.callBad[k] = 0
    if (open) {
      got.status.fill(0)
      got.status[3] = 1
    } else {
      ask(ctx, call.to, arrivals, timeout, got)
      if ((p[call.slot + C.appends] ?? 0) > 0 && isFull(ctx, call)) {
        got.status[2] = (got.status[2] ?? 0) + got.ok
        got.ok = 0
      }
      const again = (got.status[2] ?? 0) + (got.status[3] ?? 0) + (got.status[4] ?? 0)
      w.callBad[k] = again
      const retries = p[call.slot + C.retries] ?? 0
      attempts = 1
      let share = 1
      let pause = 0
      for (let r = 1; r <= retries && share > 1e-9; r += 1) {
        share *= again
        attempts += share
        pause += share * pauseBefore(r, p[call.slot + C.backoff] ?? 0, p[call.slot + C.jitter] ?? 0)
      }
      const most = 1 + (p[call.slot + C.retry_budget] ?? 0)
      if (attempts > most) {
        pause *= (most - 1) / (attempts - 1)
        attempts = most
      }
      failed = Math.max(0, 1 - got.ok * attempts)
      const one = got.mean + (got.lo + got.hi) / 2
      const more = attempts - 1
      got.mean += more * one + pause
      got.variance = attempts * got.variance + more * one * one
      if (opened > NEVER) {
        // Half open: a few trials go through, the rest is still cut off.
        const trial = mine > TRIALS ? TRIALS / mine : 1
        failed = trial * failed + 1 - trial
        attempts *= trial
        got.mean *= trial
        got.lo *= trial
        got.hi *= trial
        got.variance *= trial
        for (let s = 0; s < 5; s += 1) got.status[s] = (got.status[s] ?? 0) * trial
        got.status[3] = (got.status[3] ?? 0) + 1 - trial
      }
    }
    const many = reach * per
    // A share of requests makes the call; certain waits of a part of them become spread.
    const certain = many > 0.999 ? 1 : 0
    const middle = (got.lo + got.hi) / 2
    const m1 = got.mean + (certain ? 0 : middle)
    lo += certain * got.lo * many
    hi += certain * got.hi * many
    mean += many * m1
    const whole = Math.floor(many)
    const part = many - whole
    variance += whole * got.variance + part * (got.variance + m1 * m1) - part * m1 * (part * m1)
    w.perRequest[k] = many
    w.attempts[k] = attempts
    w.callFailed[k] = failed
    w.callLate[k] = got.late
    w.callTime[k] = got.mean + middle
    if (call.covered) {
      const hit = w.hit[call.to] ?? 0
      w.misses[k] =
        many > 0 ? (many * ((1 - failed) * (1 - hit) * (w.fetches[call.to] ?? 1) + failed)) / reach : 0
      continue
    }
    if (p[call.slot + C.optional] === 1 || failed <= 0) continue
    const lost = failed * (1 - (p[call.slot + C.fallback] ?? 0))
    const share = per <= 1 ? per * lost : 1 - (lost < 1 ? exp(per * log(1 - lost)) : 0)
    let sum = 0
    for (let s = 0; s < 5; s += 1) sum += got.status[s] ?? 0
    const passed = c.kind === 'load-balancer' ? PASSED : SERVED
    for (let s = 0; s < 5; s += 1) {
      const to = i * 5 + (passed[s] ?? s)
      w.fail[to] = (w.fail[to] ?? 0) + (sum > 0 ? (reach * share * (got.status[s] ?? 0)) / sum : 0)
    }
    reach *= 1 - share
  }
  w.holdLo[i] = lo
  w.holdHi[i] = hi
  w.holdMean[i] = mean
  w.holdVariance[i] = variance
  return mean + (lo + hi) / 2
}
