import type { CallModel, CellModel } from '../model/model.ts'
import { FREE, retried, type RetryRule, type Tries } from '../traffic/retry.ts'
import { C } from '../model/slots.ts'
import { NEVER } from '../state.ts'
import { ALL, armsOf, type Reading } from './readArms.ts'
import { sinks } from './sinks.ts'
import type { WalkArm, WalkCall, WalkWay } from './walk.ts'

/** Which status a caller gives for each of the five; a load balancer passes them on. */
const PASSED = [0, 1, 2, 3, 4]
const SERVED = [0, 3, 2, 3, 4]
const UNAVAILABLE = [0, 0, 0, 1, 0]

/** A number by cell, weighted as the attempts of a call are. */
const over = (arms: readonly WalkArm[], byCell: Float64Array): number =>
  arms.reduce((sum, arm) => sum + arm.weight * (byCell[arm.to] ?? 0), 0)

/**
 * The calls of a cell, in their order, as one class of its requests (or all) makes them; reads and writes of one call are its two ways.
 * How often a call is made is the same for all classes and read from all.
 */
export function callsOf(ctx: Reading, c: CellModel, kind: number): WalkCall[] {
  const { w } = ctx
  const out: WalkCall[] = []
  const placeOf = new Map<number, number>()
  let reach = 1
  for (let s = 0; s < 5; s += 1) reach -= w.ownFail[c.index * 5 + s] ?? 0
  for (let n = 0; n < c.calls.length; n += 1) {
    const call = c.calls[n]
    if (!call) continue
    const next = c.calls[n + 1]
    const both = call.part === 'reads' && next?.part === 'writes' ? [call, next] : [call]
    n += both.length - 1
    for (const one of both) placeOf.set(one.index, out.length)
    const cover = placeOf.get(call.missesOf) ?? -1
    const misses = !call.onMiss
      ? 1
      : cover < 0
        ? (1 - (w.hit[c.index] ?? 0)) * (w.fetches[c.index] ?? 1)
        : (w.misses[call.missesOf] ?? 0)
    const made = both.reduce((sum, one) => sum + (w.perRequest[one.index] ?? 0), 0)
    const per = reach * misses > 1e-12 ? made / (reach * misses) : 0
    const whole = callOf(ctx, both, { c, per, cover, kind: ALL })
    if (!whole.covered) reach *= 1 - sinks(whole, per * misses)
    out.push(kind === ALL ? whole : callOf(ctx, both, { c, per, cover, kind }))
  }
  return out
}

function callOf(
  ctx: Reading,
  both: readonly CallModel[],
  o: { readonly c: CellModel; readonly per: number; readonly cover: number; readonly kind: number },
): WalkCall {
  const { w, state } = ctx
  const { p } = w
  const [call] = both
  if (!call) throw new Error('a call is one or two')
  const all = both.reduce((sum, one) => sum + (w.perRequest[one.index] ?? 0), 0)
  const ways = both.map((one) =>
    wayOf(ctx, one, {
      kind: o.kind,
      share: all > 0 ? (w.perRequest[one.index] ?? 0) / all : 1 / both.length,
    }),
  )
  const failed = ways.reduce((sum, way) => sum + way.share * way.failed, 0)
  const status = [0, 1, 2, 3, 4].map((s) =>
    ways.reduce((sum, way) => sum + way.share * way.failed * (way.status[s] ?? 0), 0),
  )
  const arms = ways[0]?.arms ?? []
  const opened = state.calls[call.index]?.openUntil ?? NEVER
  return {
    ways,
    to: call.to,
    per: o.per,
    onMiss: call.onMiss,
    cover: o.cover,
    covered: call.covered,
    hit: over(arms, w.hit),
    fetches: over(arms, w.fetches),
    timeout: p[call.slot + C.timeout] ?? 1,
    retries: Math.round(p[call.slot + C.retries] ?? 0),
    backoff: p[call.slot + C.backoff] ?? 0,
    jitter: p[call.slot + C.jitter] ?? 0,
    breaker: (p[call.slot + C['breaker.enabled']] ?? 0) === 1 && opened > NEVER,
    failed,
    status: failed > 0 ? status.map((share) => share / failed) : UNAVAILABLE,
    survived: p[call.slot + C.optional] === 1 ? 1 : (p[call.slot + C.fallback] ?? 0),
    passed: o.c.kind === 'load-balancer' ? PASSED : SERVED,
  }
}

function wayOf(ctx: Reading, call: CallModel, o: { readonly kind: number; readonly share: number }): WalkWay {
  const { w } = ctx
  const timeout = w.p[call.slot + C.timeout] ?? 1
  const dry = (w.poolUsed[call.index] ?? 0) > 0 ? 1 - (w.connected[call.index] ?? 1) : 0
  const chance = (w.poolUsed[call.index] ?? 0) > 0 ? (w.poolChance[call.index] ?? 0) : 0
  const arms = armsOf(ctx, call.arms, { timeout, kind: o.kind }).map((arm) =>
    dry > 0 ? behind(arm, dry) : arm,
  )
  const met = metOn(arms)
  const { failed, attempts } =
    o.kind === ALL
      ? { failed: w.callFailed[call.index] ?? 0, attempts: w.attempts[call.index] ?? 0 }
      : endedFor(ctx, call, { kind: o.kind, met })
  // What is answered well and yet fails, fails at the call itself: an object that is full.
  const { ok, status } = met
  const refused = ok > 1e-9 && attempts * ok > 1 - failed + 1e-6 ? ok - (1 - failed) / attempts : 0
  status[2] = (status[2] ?? 0) + refused
  // Failures that no attempt explains are the caller's own: its breaker is open, or it holds back.
  const ended = status.map((share) => share * attempts)
  const own = Math.max(0, failed - ended.reduce((a, b) => a + b, 0))
  ended[3] = (ended[3] ?? 0) + own
  const sum = ended.reduce((a, b) => a + b, 0)
  return {
    share: o.share,
    poolChance: Math.min(1, chance),
    poolWait: chance > 0 ? (w.poolWait[call.index] ?? 0) / Math.min(1, chance) : 0,
    arms: refused > 0 ? arms.map((arm) => refusing(arm, refused)) : arms,
    attempts,
    again: (status[2] ?? 0) + (status[3] ?? 0) + (status[4] ?? 0),
    failed,
    status: sum > 0 ? ended.map((share) => share / sum) : UNAVAILABLE,
  }
}

/** An arm behind a pool of connections of which a share `dry` of attempts gets none in time. */
function behind(arm: WalkArm, dry: number): WalkArm {
  const kept = 1 - dry
  const { ok, status, late } = arm.answer
  return {
    ...arm,
    loss: arm.loss * kept + dry,
    dry,
    answer: {
      ok: ok * kept,
      status: status.map((share, s) => share * kept + (s === 4 ? dry : 0)),
      late: late * kept + dry,
    },
  }
}

/** What an attempt meets over all arms together. */
function metOn(arms: readonly WalkArm[]): { ok: number; status: number[] } {
  const status = [0, 0, 0, 0, 0]
  let ok = 0
  for (const arm of arms) {
    ok += arm.weight * arm.answer.ok
    arm.answer.status.forEach((share, s) => (status[s] = (status[s] ?? 0) + arm.weight * share))
  }
  if (arms.every((arm) => arm.weight <= 0)) status[3] = 1
  return { ok, status }
}

const rule: RetryRule = { retries: 0, backoff: 0, jitter: 0, budget: 0, earned: FREE }
const tries: Tries = { attempts: 1, failed: 0, pause: 0 }

/**
 * How the calls of one class end: its own attempts and retries, of which the breaker and the caller's restraint let through as many as
 * of all.
 */
function endedFor(
  { w }: Reading,
  call: CallModel,
  o: { readonly kind: number; readonly met: { readonly ok: number; readonly status: readonly number[] } },
): { failed: number; attempts: number } {
  const { p } = w
  rule.retries = p[call.slot + C.retries] ?? 0
  rule.budget = p[call.slot + C.retry_budget] ?? 0
  rule.earned = p[call.slot + C.retry_earned] ?? FREE
  const { ok, status } = o.met
  const again = (status[2] ?? 0) + (status[3] ?? 0) + (status[4] ?? 0)
  retried(rule, { ok, again }, tries)
  const space = w.classes
  const many = space?.many ?? 0
  const all = w.attempts[call.index] ?? 0
  // Where all is let through, an average call has at least one attempt.
  const gate = Math.min(1, all)
  const sent = space?.send[call.index * many + o.kind] ?? 0
  return sent <= 0 && all <= 0
    ? { failed: 1, attempts: 0 }
    : { failed: Math.max(0, 1 - ok * tries.attempts * gate), attempts: tries.attempts * gate }
}

/** An arm of whose good answers a share `bad` turn into 500. */
function refusing(arm: WalkArm, bad: number): WalkArm {
  const moved = Math.min(arm.answer.ok, bad)
  const status = arm.answer.status.map((share, s) => (s === 2 ? share + moved : share))
  return { ...arm, answer: { ...arm.answer, ok: arm.answer.ok - moved, status } }
}
