import { askArms, overArms } from './arms.ts'
import { TRIALS } from './breaker.ts'
import { type Answer, answer } from './ask.ts'
import { askPooled } from './callPool.ts'
import { joinParts, partOf, parts } from './callParts.ts'
import { type LockTime, lockTime } from '../queue/lock.ts'
import { restraint, thin, throttle } from '../guards.ts'
import { blendAnswers, spoil } from '../classes/classAnswers.ts'
import {
  closeClasses,
  endCall,
  likeAll,
  mixOfCallers,
  noteCall,
  openClasses,
  tryClasses,
} from '../classes/classHold.ts'
import { exp, log } from '../math.ts'
import type { CallModel, CellModel, Model } from '../model/model.ts'
import { FREE, retried, type RetryRule, type Tries } from '../traffic/retry.ts'
import { C, S, X } from '../model/slots.ts'
import { NEVER, type PhysicsState } from '../state.ts'
import { versionCv } from '../times/versionCv.ts'
import type { Workspace } from '../workspace.ts'

const got: Answer = answer()
const joined = parts()
const locked: LockTime = { mean: 0, variance: 0 }
const asking = { sent: 0, timeout: 1 }
const rule: RetryRule = { retries: 0, backoff: 0, jitter: 0, budget: 0, earned: FREE }
const tried: Tries = { attempts: 1, failed: 0, pause: 0 }
/** Which status a caller gives when a call failed with each of the five. A load balancer passes them on. */
const PASSED = [0, 1, 2, 3, 4] as const
const SERVED = [0, 3, 2, 3, 4] as const

/** Whether the object a call appends to has reached its greatest size. */
function isFull(
  ctx: { readonly model: Model; readonly state: PhysicsState; readonly w: Workspace },
  call: CallModel,
): boolean {
  const to = ctx.model.cells[call.arms[0]?.to ?? -1]
  return (
    to?.kind === 'object-store' &&
    (ctx.state.stations[to.first]?.size ?? 0) >= (ctx.w.p[to.slot + X.objectMax] ?? 0)
  )
}

/** Calls for one request before retries, from what is skipped, missed and cut off by a breaker. */
function callsFor(
  ctx: { readonly state: PhysicsState; readonly w: Workspace },
  c: CellModel,
  call: CallModel,
): number {
  const { w } = ctx
  const { p } = w
  const dimmed = p[call.slot + C.optional] === 1 ? (p[c.slot + S.brownout] ?? 0) : 0
  const per = (p[call.slot + C.per_request] ?? 0) * (1 - (p[call.slot + C.serve_stale] ?? 0)) * (1 - dimmed)
  if (!call.onMiss) return per
  if (call.missesOf < 0) return per * (1 - (w.hit[c.index] ?? 0)) * (w.fetches[c.index] ?? 1)
  return per * (w.misses[call.missesOf] ?? 0)
}

/** Share of attempts slower than the breaker of a call tolerates, those that fail by then among them. */
function askSlow(
  ctx: { readonly model: Model; readonly state: PhysicsState; readonly w: Workspace },
  call: CallModel,
  timeout: number,
): void {
  const { w } = ctx
  const slow = w.p[call.slot + C['breaker.slow']] ?? 0
  if (slow <= 0 || slow >= timeout || (w.p[call.slot + C['breaker.enabled']] ?? 0) !== 1) return
  asking.timeout = slow
  askArms(ctx, call.arms, asking, got)
  w.callSlow[call.index] = got.late
}

/**
 * How long cell `c` holds a slot for one request, and how requests end, when it starts `starts` of them in this second: own work,
 * then its calls one after another, each with timeout, retries, breaker and fallback. A request that has failed makes no further calls.
 * Writes hold and fail of the component and the numbers of its calls and their arms into the workspace; returns the mean time.
 */
export function hold(
  ctx: { readonly model: Model; readonly state: PhysicsState; readonly w: Workspace },
  c: CellModel,
  starts: number,
): number {
  const { state, w } = ctx
  const { p } = w
  const i = c.index
  const service = w.service[i] ?? 0
  const cv = versionCv(c.versions, p, p[c.slot + S.cv] ?? 1)
  let mean = service
  const space = w.classes?.model.carries[i] === true ? w.classes : null
  let variance = cv * service * (cv * service) * (space ? (space.spread[i] ?? 1) : 1)
  let lo = 0
  let hi = 0
  let reach = 1
  for (let s = 0; s < 5; s += 1) {
    const own = w.ownFail[i * 5 + s] ?? 0
    w.fail[i * 5 + s] = own
    reach -= own
  }
  w.lock[i] = 0
  if (c.kind === 'database' && w.leads[i] === 1) {
    // A write waits until a majority has it.
    mean += (w.writeWait[i] ?? 0) * (state.stations[i]?.writeShare ?? 0)
    const share = p[c.slot + X.lockShare] ?? 0
    const time = p[c.slot + X.lockTime] ?? 0
    if (share * time > 0) {
      lockTime({ share, time, starts, slots: w.slots[i] ?? 1, own: mean }, locked)
      mean += locked.mean
      variance += locked.variance
      w.lock[i] = locked.mean / share
    }
  }
  const apart = space !== null && openClasses(space, i, { service, more: mean - service })
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
    const part = partOf(w, call)
    const mine = starts * reach * per * part
    let failed = 1
    let attempts = 0
    got.mean = got.lo = got.hi = got.variance = 0
    got.late = 0
    w.callBad[k] = w.callSlow[k] = 0
    const held = restraint(w, call, memory)
    let byClass: ReturnType<typeof tryClasses> | null = null
    if (open) {
      got.status.fill(0)
      got.status[3] = 1
    } else {
      const rate = mine * before * (1 - held)
      asking.sent = rate * (w.connected[k] ?? 1)
      askSlow(ctx, call, timeout)
      askPooled(ctx, call, { rate, instances: state.stations[i]?.ready ?? 0, timeout }, got)
      w.callSlow[k] = Math.max(0, (w.callSlow[k] ?? 0) - got.late)
      if ((p[call.slot + C.appends] ?? 0) > 0 && isFull(ctx, call)) {
        got.status[2] = (got.status[2] ?? 0) + got.ok
        got.ok = 0
        spoil(got.classes, 0, 1)
      }
      const mixed = apart ? blendAnswers(got.classes, mixOfCallers(), 0) : undefined
      if (mixed) {
        got.ok = mixed.ok
        got.late = mixed.late
        got.status.set(mixed.status)
        got.mean = Math.max(0, mixed.time - (got.lo + got.hi) / 2)
      }
      w.callBad[k] = (got.status[2] ?? 0) + (got.status[3] ?? 0) + (got.status[4] ?? 0)
      throttle(w, call, got)
      const again = (got.status[2] ?? 0) + (got.status[3] ?? 0) + (got.status[4] ?? 0)
      rule.retries = p[call.slot + C.retries] ?? 0
      rule.backoff = p[call.slot + C.backoff] ?? 0
      rule.jitter = p[call.slot + C.jitter] ?? 0
      rule.budget = p[call.slot + C.retry_budget] ?? 0
      rule.earned = p[call.slot + C.retry_earned] ?? FREE
      byClass = mixed && space ? tryClasses(space, got.classes, rule) : null
      const all = byClass ?? retried(rule, { ok: got.ok, again }, tried)
      attempts = all.attempts
      failed = all.failed
      const one = got.mean + (got.lo + got.hi) / 2
      const more = attempts - 1
      if (byClass) got.mean = Math.max(0, byClass.full - (got.lo + got.hi) / 2)
      else got.mean += more * one + all.pause
      got.variance = attempts * got.variance + more * one * one
      // Only what the caller does not hold back is sent.
      attempts *= 1 - held
      if (opened > NEVER) {
        // Half open: a few trials go through, the rest is still cut off.
        const trial = mine > TRIALS ? TRIALS / mine : 1
        failed = trial * failed + 1 - trial
        attempts *= trial
        thin(got, trial)
      }
    }
    w.perRequest[k] = reach * per * part
    w.attempts[k] = attempts
    w.callFailed[k] = failed
    w.callLate[k] = got.late
    w.callTime[k] = got.mean + (got.lo + got.hi) / 2
    if (apart && space) {
      const time = got.mean + (got.lo + got.hi) / 2
      noteCall(
        space,
        { call: k, by: got.classes, tried: byClass, share: part, first: call.part !== 'writes' },
        { failed, time, status: got.status },
      )
    }
    if (call.part !== 'all') {
      failed = joinParts(joined, { share: part, failed, first: call.part === 'reads' }, got)
      if (call.part === 'reads') continue
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
    const over = many - whole
    variance += whole * got.variance + over * (got.variance + m1 * m1) - over * m1 * (over * m1)
    if (call.covered) {
      const hit = overArms(w, call.arms, w.hit)
      const fetches = overArms(w, call.arms, w.fetches)
      w.misses[k] = many > 0 ? (many * ((1 - failed) * (1 - hit) * fetches + failed)) / reach : 0
    }
    const matters = call.covered || p[call.slot + C.optional] === 1 ? 0 : 1 - (p[call.slot + C.fallback] ?? 0)
    const passed = c.kind === 'load-balancer' ? PASSED : SERVED
    if (apart && space) {
      reach = endCall(space, { i, per, matters, certain: certain * middle, passed, fail: w.fail })
      continue
    }
    const lost = failed * matters
    if (lost <= 0) continue
    const share = per <= 1 ? per * lost : 1 - (lost < 1 ? exp(per * log(1 - lost)) : 0)
    let sum = 0
    for (let s = 0; s < 5; s += 1) sum += got.status[s] ?? 0
    for (let s = 0; s < 5; s += 1) {
      const to = i * 5 + (passed[s] ?? s)
      w.fail[to] = (w.fail[to] ?? 0) + (sum > 0 ? (reach * share * (got.status[s] ?? 0)) / sum : 0)
    }
    reach *= 1 - share
  }
  if (space) {
    if (apart) variance += closeClasses(space, i, variance)
    else likeAll(space, i, { mean, variance, fail: w.fail })
  }
  w.holdLo[i] = lo
  w.holdHi[i] = hi
  w.holdMean[i] = mean
  w.holdVariance[i] = variance
  return mean + (lo + hi) / 2
}
