import { type Answer, answer, ask, REFUSAL_TIME } from './ask.ts'
import { loseClasses, mixAnswers, overNetwork, thinClasses } from '../classes/classAnswers.ts'
import { refuseData } from '../data/dataFailures.ts'
import type { ArmModel, CallModel, Model } from '../model/model.ts'
import { C, S } from '../model/slots.ts'
import type { ArmHealth, PhysicsState } from '../state.ts'
import type { Workspace } from '../workspace.ts'

interface Ctx {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}
const one: Answer = answer()
/** Least part of its share a cell gets while it starts slowly: Envoy's min_weight_percent. */
const LEAST_RAMP = 0.1

/** What lies between the two ends of every arm in this second, and which share of a call's or source's attempts goes where. */
export function weighArms(ctx: Ctx): void {
  const { model, w } = ctx
  const { p } = w
  for (let a = 0; a < model.arms.length; a += 1) {
    const arm = model.arms[a]
    if (!arm) continue
    w.armDelay[a] = (p[arm.delay] ?? 0) + (arm.network < 0 ? 0 : (p[arm.network] ?? 0))
    let kept = (1 - (p[arm.loss] ?? 0)) * (1 - (p[arm.partition] ?? 0))
    for (let n = 0; n < arm.zoneLosses.length; n += 1) kept *= 1 - (p[arm.zoneLosses[n] ?? -1] ?? 0)
    w.armLoss[a] = 1 - kept
    w.armWeight[a] = 1
  }
  for (let k = 0; k < model.calls.length; k += 1) {
    const call = model.calls[k]
    if (!call) continue
    w.healthy[k] = 1
    if (call.arms.length > 1 || isWatched(p, call.slot)) weigh(ctx, call.arms, call)
  }
  for (let s = 0; s < model.sources.length; s += 1) {
    const source = model.sources[s]
    if (source && source.arms.length > 1) weigh(ctx, source.arms, null)
  }
}

/** Whether a call checks what it calls, or leaves out what fails. */
export const isWatched = (p: Float64Array, slot: number): boolean =>
  (p[slot + C['health_check.interval']] ?? 0) > 0 || (p[slot + C['ejection.consecutive']] ?? 0) > 0

/** Whether a caller would use this cell if it has a choice. */
function isUsable(ctx: Ctx, call: CallModel, health: ArmHealth | undefined): boolean {
  if (!health) return true
  const { p, second } = ctx.w
  if ((p[call.slot + C['health_check.interval']] ?? 0) > 0 && health.healthy === 0) return false
  return (p[call.slot + C['ejection.consecutive']] ?? 0) <= 0 || health.ejectedUntil <= second
}

/**
 * Ready instances × `weight`, none for what is taken for sick, unless fewer are well than the panic threshold (Envoy: then all are
 * used). A share `local` stays in the caller's zone while any instance there is taken for well. No weight at all: nobody can be called.
 * Where no instance is ready anywhere, all cells are tried alike.
 */
function weigh(ctx: Ctx, arms: readonly ArmModel[], call: CallModel | null): void {
  const { model, state, w } = ctx
  const { p, second } = w
  let ready = 0
  let well = 0
  for (let n = 0; n < arms.length; n += 1) {
    const arm = arms[n]
    const here = state.stations[arm?.to ?? -1]?.ready ?? 0
    ready += here
    if (arm && (!call || isUsable(ctx, call, state.health[arm.index]))) well += here
  }
  const panic = call !== null && well < (p[call.slot + C.panic] ?? 0) * ready
  if (call && ready > 0) w.healthy[call.index] = well / ready
  const slow = call ? (p[call.slot + C.slow_start] ?? 0) : 0
  let sum = 0
  let near = 0
  let nearWell = false
  for (let n = 0; n < arms.length; n += 1) {
    const arm = arms[n]
    if (!arm) continue
    const cell = model.cells[arm.to]
    const health = state.health[arm.index]
    const usable = !call || isUsable(ctx, call, health)
    let weight = ready > 0 ? (state.stations[arm.to]?.ready ?? 0) : 1
    weight *= p[(cell?.slot ?? 0) + S.weight] ?? 1
    if (!usable && !panic) weight = 0
    else if (slow > 0 && health && second - health.since < slow)
      weight *= Math.max(LEAST_RAMP, (second - health.since + 1) / slow)
    w.armWeight[arm.index] = weight
    sum += weight
    if (!arm.local || weight <= 0) continue
    near += weight
    nearWell ||= usable
  }
  const local = call && nearWell ? (p[call.slot + C.local] ?? 0) : 0
  for (let n = 0; n < arms.length; n += 1) {
    const arm = arms[n]
    if (!arm) continue
    const weight = w.armWeight[arm.index] ?? 0
    w.armWeight[arm.index] =
      sum > 0 ? ((1 - local) * weight) / sum + (arm.local && local > 0 ? (local * weight) / near : 0) : 0
  }
}

/** Asks one cell over the network: the way there and back takes its time out of the timeout, and what is lost is waited for until the timeout. */
export function askArm(ctx: Ctx, arm: ArmModel, arrivals: number, timeout: number, out: Answer): void {
  const { w } = ctx
  const delay = w.armDelay[arm.index] ?? 0
  const loss = w.armLoss[arm.index] ?? 0
  if (delay >= timeout) {
    // No answer comes back in time, whatever it is.
    out.status.fill(0)
    out.status[4] = out.late = 1
    out.ok = out.mean = out.variance = 0
    out.lo = out.hi = out.failTime = out.okTime = timeout
    out.classes.many = 0
    if (w.classes?.model.carries[arm.to] === true) loseClasses(w.classes.many, timeout, out.classes)
    return
  }
  ask(ctx, arm.to, arrivals, delay > 0 ? timeout - delay : timeout, out)
  refuseData(w, arm, out)
  if (delay > 0) {
    out.lo += delay
    out.hi += delay
    out.failTime += delay
    out.okTime += delay
  }
  if (out.classes.many > 0) overNetwork(out.classes, { delay, loss, timeout })
  if (loss > 0) loseOnTheWay(out, loss, timeout)
  const barred = w.armBarred[arm.index] ?? 0
  if (barred > 0) barSome(out, barred)
}

/** A share of the attempts is lost on the way there: the called cell never hears of it. */
function loseOnTheWay(out: Answer, loss: number, timeout: number): void {
  const kept = 1 - loss
  const gap = timeout - (out.mean + (out.lo + out.hi) / 2)
  out.variance = kept * out.variance + kept * loss * gap * gap
  out.lo *= kept
  out.hi *= kept
  out.mean = kept * out.mean + loss * timeout
  out.ok *= kept
  out.late = kept * out.late + loss
  for (let s = 0; s < 5; s += 1) out.status[s] = (out.status[s] ?? 0) * kept
  out.status[4] = (out.status[4] ?? 0) + loss
}

/** A share of the attempts cannot leave: the caller fails at once, the called cell never hears of it. */
function barSome(out: Answer, barred: number): void {
  const kept = 1 - barred
  for (let s = 0; s < 5; s += 1) out.status[s] = (out.status[s] ?? 0) * kept
  out.status[3] = (out.status[3] ?? 0) + barred
  out.ok *= kept
  out.late *= kept
  out.lo *= kept
  out.hi *= kept
  out.mean = kept * out.mean + barred * REFUSAL_TIME
  out.variance *= kept
  out.failTime = kept * out.failTime + barred * REFUSAL_TIME
  if (out.classes.many > 0) thinClasses(out.classes, kept, REFUSAL_TIME)
}

/** Writes down what an attempt over an arm meets, in the last pass. */
function note(w: Workspace, a: number, got: Answer): void {
  const time = got.mean + (got.lo + got.hi) / 2
  w.armBad[a] = (got.status[2] ?? 0) + (got.status[3] ?? 0) + (got.status[4] ?? 0)
  w.armLate[a] = got.late
  w.armTime[a] = time
  w.armSquare[a] = got.variance + time * time
}

/** Arrivals at a cell, of which `mine` come over this arm: what is known in the last pass, else what came besides in the second before. */
function arrivalsAt(ctx: Ctx, arm: ArmModel, mine: number): number {
  const { state, w } = ctx
  if (w.settled) return w.arrivals[arm.to] ?? 0
  const before = (state.stations[arm.to]?.arrivals ?? 0) - (state.arms.flow[arm.index] ?? 0)
  return Math.max(0, before) + mine
}

/**
 * What one attempt meets that goes to one of several cells by weight: the mixture of their answers, its variance with that between the
 * cells. `sent` attempts go out in this second. With no weight anywhere an attempt fails at once with 503.
 */
export function askArms(
  ctx: Ctx,
  arms: readonly ArmModel[],
  o: { readonly sent: number; readonly timeout: number },
  out: Answer,
): void {
  const { w } = ctx
  const only = arms.length === 1 ? arms[0] : undefined
  if (only && w.armWeight[only.index] === 1) {
    const a = only.index
    const mine = o.sent * (w.armReach[a] ?? 0)
    // Nothing lies between the two ends: the common case, kept short.
    if (w.armDelay[a] === 0 && w.armReach[a] === 1 && w.armWrites[a] === 0 && w.damaged[only.to] === 0)
      ask(ctx, only.to, arrivalsAt(ctx, only, mine), o.timeout, out)
    else askArm(ctx, only, arrivalsAt(ctx, only, mine), o.timeout, out)
    if (w.settled) note(w, a, out)
    return
  }
  out.status.fill(0)
  out.ok = out.late = out.lo = out.hi = out.mean = out.variance = out.failTime = out.okTime = 0
  out.classes.many = 0
  let first = 0
  let square = 0
  let failing = 0
  let reached = false
  for (let n = 0; n < arms.length; n += 1) {
    const arm = arms[n]
    const weight = arm ? (w.armWeight[arm.index] ?? 0) : 0
    if (!arm || weight <= 0) continue
    reached = true
    const mine = o.sent * weight * (w.armReach[arm.index] ?? 0)
    askArm(ctx, arm, arrivalsAt(ctx, arm, mine), o.timeout, one)
    if (w.settled) note(w, arm.index, one)
    const time = one.mean + (one.lo + one.hi) / 2
    const bad = (one.status[2] ?? 0) + (one.status[3] ?? 0) + (one.status[4] ?? 0)
    const soon = Math.max(0, bad - one.late)
    for (let s = 0; s < 5; s += 1) out.status[s] = (out.status[s] ?? 0) + weight * (one.status[s] ?? 0)
    out.ok += weight * one.ok
    out.late += weight * one.late
    out.lo += weight * one.lo
    out.hi += weight * one.hi
    out.mean += weight * one.mean
    out.variance += weight * one.variance
    out.failTime += weight * soon * one.failTime
    out.okTime += weight * one.ok * one.okTime
    if (one.classes.many > 0) mixAnswers(out.classes, one.classes, weight)
    first += weight * time
    square += weight * time * time
    failing += weight * soon
  }
  // Not told by the time: a caller that gives up at once has none.
  if (!reached) {
    out.status[3] = 1
    out.mean = out.failTime = out.okTime = REFUSAL_TIME
    return
  }
  out.variance += Math.max(0, square - first * first)
  out.failTime = failing > 1e-12 ? out.failTime / failing : REFUSAL_TIME
  out.okTime = out.ok > 1e-12 ? out.okTime / out.ok : out.mean + (out.lo + out.hi) / 2
}

/** Sends what a call or source sends in this second to its cells. */
export function sendOver(w: Workspace, arms: readonly ArmModel[], sent: number): void {
  for (let n = 0; n < arms.length; n += 1) {
    const arm = arms[n]
    if (!arm) continue
    const part = sent * (w.armWeight[arm.index] ?? 0) * (w.armReach[arm.index] ?? 0)
    w.armFlow[arm.index] = part
    w.arrivals[arm.to] = (w.arrivals[arm.to] ?? 0) + part
  }
}

/** Weighted mean of a number by cell over the cells a call reaches. */
export function overArms(w: Workspace, arms: readonly ArmModel[], byCell: Float64Array): number {
  let sum = 0
  for (let n = 0; n < arms.length; n += 1) {
    const arm = arms[n]
    if (arm) sum += (w.armWeight[arm.index] ?? 0) * (byCell[arm.to] ?? 0)
  }
  return sum
}
