import { askArm } from '../arms.ts'
import { type Answer, answer } from '../ask.ts'
import type { ArmModel, CallModel, CellModel, Model } from '../model.ts'
import { C, S, T, V, X } from '../slots.ts'
import { NEVER, type PhysicsState, sumOf } from '../state.ts'
import { type Workspace, workspaceOf } from '../workspace.ts'
import { sinks } from './sinks.ts'
import type { Walk, WalkArm, WalkCall, WalkSource, WalkStation, WalkVersion, WalkWay } from './walk.ts'

interface Ctx {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}
const got: Answer = answer()
/** Which status a caller gives for each of the five; a load balancer passes them on. */
const PASSED = [0, 1, 2, 3, 4]
const SERVED = [0, 3, 2, 3, 4]
const UNAVAILABLE = [0, 0, 0, 1, 0]

/**
 * The second that `tick` has just moved the system through, as single requests meet it. Valid right after that tick: it reads the tick's
 * own scratch numbers, and copies them.
 */
export function readWalk(model: Model, state: PhysicsState): Walk {
  const ctx = { model, state, w: workspaceOf(model) }
  const { w } = ctx
  const stations = model.cells.map((c) => stationOf(ctx, c))
  const sources = model.sources.map((source): WalkSource => {
    const timeout = w.p[source.slot + T.timeout] ?? 10
    return {
      name: source.id,
      attributes: {},
      to: source.to,
      stations,
      rate: sumOf(w.sent[source.index] ?? []),
      attempts: [...(w.sent[source.index] ?? [1])],
      timeout,
      arms: armsOf(ctx, source.arms, timeout),
    }
  })
  return { stations, sources }
}

/** What attempts meet on each of some ways in this second. */
function armsOf(ctx: Ctx, arms: readonly ArmModel[], timeout: number): WalkArm[] {
  const { w } = ctx
  return arms.map((arm) => {
    askArm(ctx, arm, w.arrivals[arm.to] ?? 0, timeout, got)
    return {
      to: arm.to,
      weight: w.armWeight[arm.index] ?? 0,
      network: w.armDelay[arm.index] ?? 0,
      loss: w.armLoss[arm.index] ?? 0,
      answer: { ok: got.ok, status: Array.from(got.status), late: got.late },
    }
  })
}

function stationOf(ctx: Ctx, c: CellModel): WalkStation {
  const { state, w } = ctx
  const { p } = w
  const i = c.index
  const station = state.stations[i]
  const up = w.alive[i] === 1
  const capacity = w.capacity[i] ?? 0
  const chance = up ? (w.waitChance[i] ?? 0) : 0
  const waits = capacity > 0 && p[c.slot + S.lifo] !== 1
  const five = (list: Float64Array) => Array.from(list.subarray(i * 5, i * 5 + 5))
  const locks = (w.lock[i] ?? 0) > 0
  return {
    component: c.component,
    cell: i,
    nodes: Math.max(0, Math.round(station?.ready ?? 0)),
    up,
    rate: w.arrivals[i] ?? 0,
    pulls: c.consumes >= 0 ? (w.arrivals[i] ?? 0) : 0,
    fail: five(w.fail),
    own: five(w.ownFail),
    versions: versionsOf(ctx, c),
    waitChance: chance,
    waitMean: chance > 0 ? (w.waitMean[i] ?? 0) / chance : 0,
    backlogLow: waits ? Math.min(1000, w.waitLo[i] ?? 0) : 0,
    backlogHigh: waits ? Math.min(1000, w.waitHi[i] ?? 0) : 0,
    service: w.service[i] ?? 0,
    cv: p[c.slot + S.cv] ?? 1,
    lockShare: locks ? (p[c.slot + X.lockShare] ?? 0) : 0,
    lockTime: locks ? (w.lock[i] ?? 0) : 0,
    hit: c.keys ? (w.hit[i] ?? 0) : -1,
    fetches: w.fetches[i] ?? 1,
    calls: callsOf(ctx, c),
  }
}

function versionsOf({ w }: Ctx, c: CellModel): WalkVersion[] {
  const { p } = w
  const weight = (slot: number) => (p[slot + V.share] ?? 0) * (1 - (p[slot + V.drained] ?? 0))
  const all = c.versions.reduce((sum, v) => sum + weight(v.slot), 0)
  if (all <= 0) return []
  const slow = c.versions.reduce(
    (sum, v) => sum + (weight(v.slot) / all) * (p[v.slot + V.service_time_scale] ?? 1),
    0,
  )
  const base = c.slot + S['errors.404']
  return c.versions.map((v) => ({
    index: v.index,
    weight: weight(v.slot) / all,
    scale: slow > 0 ? (p[v.slot + V.service_time_scale] ?? 1) / slow : 1,
    own: [0, 1, 2, 3, 4].map((s) => (p[base + s] ?? 0) + (p[v.slot + V['errors.404'] + s] ?? 0)),
  }))
}

/** A number by cell, weighted as the attempts of a call are. */
const over = (arms: readonly WalkArm[], byCell: Float64Array): number =>
  arms.reduce((sum, arm) => sum + arm.weight * (byCell[arm.to] ?? 0), 0)

/** The calls of a cell, in their order; reads and writes of one call are its two ways. */
function callsOf(ctx: Ctx, c: CellModel): WalkCall[] {
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
    const read = callOf(ctx, both, { c, per, cover })
    out.push(read)
    if (!read.covered) reach *= 1 - sinks(read, per * misses)
  }
  return out
}

function callOf(
  ctx: Ctx,
  both: readonly CallModel[],
  o: { readonly c: CellModel; readonly per: number; readonly cover: number },
): WalkCall {
  const { w, state } = ctx
  const { p } = w
  const [call] = both
  if (!call) throw new Error('a call is one or two')
  const all = both.reduce((sum, one) => sum + (w.perRequest[one.index] ?? 0), 0)
  const timeout = p[call.slot + C.timeout] ?? 1
  const ways = both.map((one) =>
    wayOf(ctx, one, { timeout, share: all > 0 ? (w.perRequest[one.index] ?? 0) / all : 1 / both.length }),
  )
  const failed = ways.reduce((sum, way) => sum + way.share * way.failed, 0)
  const status = [0, 1, 2, 3, 4].map((s) =>
    ways.reduce((sum, way) => sum + way.share * way.failed * (way.status[s] ?? 0), 0),
  )
  const arms = ways[0]?.arms ?? []
  return {
    ways,
    to: call.to,
    per: o.per,
    onMiss: call.onMiss,
    cover: o.cover,
    covered: call.covered,
    hit: over(arms, w.hit),
    fetches: over(arms, w.fetches),
    timeout,
    retries: Math.round(p[call.slot + C.retries] ?? 0),
    backoff: p[call.slot + C.backoff] ?? 0,
    jitter: p[call.slot + C.jitter] ?? 0,
    breaker:
      (p[call.slot + C['breaker.enabled']] ?? 0) === 1 &&
      (state.calls[call.index]?.openUntil ?? NEVER) > NEVER,
    failed,
    status: failed > 0 ? status.map((share) => share / failed) : UNAVAILABLE,
    survived: p[call.slot + C.optional] === 1 ? 1 : (p[call.slot + C.fallback] ?? 0),
    passed: o.c.kind === 'load-balancer' ? PASSED : SERVED,
  }
}

function wayOf(ctx: Ctx, call: CallModel, o: { readonly timeout: number; readonly share: number }): WalkWay {
  const { w } = ctx
  const k = call.index
  const arms = armsOf(ctx, call.arms, o.timeout)
  const met = [0, 0, 0, 0, 0]
  let ok = 0
  for (const arm of arms) {
    ok += arm.weight * arm.answer.ok
    arm.answer.status.forEach((share, s) => (met[s] = (met[s] ?? 0) + arm.weight * share))
  }
  if (arms.every((arm) => arm.weight <= 0)) met[3] = 1
  const failed = w.callFailed[k] ?? 0
  const attempts = w.attempts[k] ?? 0
  // What is answered well and yet fails, fails at the call itself: an object that is full.
  const refused = ok > 1e-9 && attempts * ok > 1 - failed + 1e-6 ? ok - (1 - failed) / attempts : 0
  met[2] = (met[2] ?? 0) + refused
  // Failures that no attempt explains are the caller's own: its breaker is open, or it holds back.
  const ended = met.map((share) => share * attempts)
  const own = Math.max(0, failed - ended.reduce((a, b) => a + b, 0))
  ended[3] = (ended[3] ?? 0) + own
  const sum = ended.reduce((a, b) => a + b, 0)
  return {
    share: o.share,
    arms: refused > 0 ? arms.map((arm) => refusing(arm, refused)) : arms,
    attempts,
    again: (met[2] ?? 0) + (met[3] ?? 0) + (met[4] ?? 0),
    failed,
    status: sum > 0 ? ended.map((share) => share / sum) : UNAVAILABLE,
  }
}

/** An arm of whose good answers a share `bad` turn into 500. */
function refusing(arm: WalkArm, bad: number): WalkArm {
  const moved = Math.min(arm.answer.ok, bad)
  const status = arm.answer.status.map((share, s) => (s === 2 ? share + moved : share))
  return { ...arm, answer: { ...arm.answer, ok: arm.answer.ok - moved, status } }
}
