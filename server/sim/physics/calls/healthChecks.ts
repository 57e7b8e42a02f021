import { type Answer, answer } from './ask.ts'
import { askArm, isWatched } from './arms.ts'
import { pow } from '../math.ts'
import type { ArmModel, CallModel, Model } from '../model/model.ts'
import { C } from '../model/slots.ts'
import { type ArmHealth, NEVER, type PhysicsState } from '../state.ts'
import type { Workspace } from '../workspace.ts'

interface Ctx {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}
const got: Answer = answer()
/** Envoy: no ejection lasts longer (s), and one is forgotten after this long without a new one. */
const LONGEST = 300
const FORGET = 10
/** A check fails when at least this share of like requests fails. */
const SICK = 0.5

function fresh(second: number, interval: number): ArmHealth {
  return {
    healthy: 1,
    streak: 0,
    checkAt: second + interval,
    progress: 0,
    ejectedUntil: NEVER,
    ejections: 0,
    calmSince: NEVER,
    since: NEVER,
    usable: 1,
  }
}

/**
 * What callers learn in a second about the cells they call: active checks, failures of real requests, returns. Each caller cell has its own
 * belief of each cell it calls. A check is a request like others; its own load is not counted.
 */
export function moveHealth(ctx: Ctx): void {
  const { model, state, w } = ctx
  const { p } = w
  for (let k = 0; k < model.calls.length; k += 1) {
    const call = model.calls[k]
    if (!call) continue
    const watched = isWatched(p, call.slot)
    if (!watched && !(call.arms.length > 1 && (p[call.slot + C.slow_start] ?? 0) > 0)) {
      const first = call.arms[0]
      if (first && state.health[first.index]) for (const arm of call.arms) delete state.health[arm.index]
      continue
    }
    for (let n = 0; n < call.arms.length; n += 1) {
      const arm = call.arms[n]
      if (!arm) continue
      const interval = p[call.slot + C['health_check.interval']] ?? 0
      const health = (state.health[arm.index] ??= fresh(w.second, interval))
      if (interval > 0) check(ctx, call, { arm, health, interval })
      else {
        health.healthy = 1
        health.streak = 0
        health.checkAt = w.second
      }
      if ((p[call.slot + C['ejection.consecutive']] ?? 0) > 0) eject(ctx, call, { arm, health })
      else {
        health.progress = health.ejections = 0
        health.ejectedUntil = NEVER
      }
      const usable = health.healthy === 1 && health.ejectedUntil <= w.second + 1
      const ready = (state.stations[arm.to]?.ready ?? 0) > 0
      if (usable && ready && health.usable === 0) health.since = w.second + 1
      health.usable = usable && ready ? 1 : 0
    }
  }
}

/** Checks that are due: `unhealthy` failures in a row take a cell out, `healthy` good ones bring it back. */
function check(ctx: Ctx, call: CallModel, o: { arm: ArmModel; health: ArmHealth; interval: number }): void {
  const { w } = ctx
  const { p, second } = w
  const { arm, health, interval } = o
  if (second < health.checkAt) return
  const many = interval < 1 ? Math.max(1, Math.round(1 / interval)) : 1
  health.checkAt = Math.max(second, health.checkAt + Math.max(1, interval))
  askArm(ctx, arm, w.arrivals[arm.to] ?? 0, p[call.slot + C['health_check.timeout']] ?? 1, got)
  const bad = (got.status[2] ?? 0) + (got.status[3] ?? 0) + (got.status[4] ?? 0)
  if (bad >= SICK) {
    health.streak = Math.min(0, health.streak) - many
    if (-health.streak >= (p[call.slot + C['health_check.unhealthy']] ?? 3)) health.healthy = 0
  } else {
    health.streak = Math.max(0, health.streak) + many
    if (health.streak >= (p[call.slot + C['health_check.healthy']] ?? 2)) health.healthy = 1
  }
  // A long row counts no further: the state stays small.
  health.streak = Math.max(-1000, Math.min(1000, health.streak))
}

/**
 * Leaves a cell out after failures in a row. Where a share a of requests fails, a run of c failures takes (1 − a^c) / ((1 − a)·a^c) requests on
 * average (Feller, An Introduction to Probability Theory I, XIII.7), all failing: c. Each instance of the caller counts for each instance
 * called; a second brings the run nearer by its requests over that mean. An ejection lasts `ejection.time` × ejections so far, at
 * most 300 s, and takes no more than `ejection.max_share` of the instances, but one cell may always go (Envoy outlier detection).
 */
function eject(ctx: Ctx, call: CallModel, o: { arm: ArmModel; health: ArmHealth }): void {
  const { state, w } = ctx
  const { p, second } = w
  const { arm, health } = o
  if (health.ejectedUntil > second) return
  if (health.ejections > 0 && second - Math.max(health.ejectedUntil, health.calmSince) >= FORGET) {
    health.ejections -= 1
    health.calmSince = second
  }
  const failing = w.armBad[arm.index] ?? 0
  const sent = (w.flow[call.index] ?? 0) * (w.armWeight[arm.index] ?? 0)
  if (failing <= 1e-6 || sent <= 0) {
    if (failing <= 1e-6) health.progress = 0
    return
  }
  const row = p[call.slot + C['ejection.consecutive']] ?? 5
  const run = pow(failing, row)
  const mean = failing > 0.9999 ? row : (1 - run) / ((1 - failing) * run)
  const ready = state.stations[arm.to]?.ready ?? 0
  const pairs = Math.max(1, ready) * Math.max(1, state.stations[call.from]?.ready ?? 1)
  health.progress = Math.min(1, health.progress + sent / pairs / Math.max(row, mean))
  if (health.progress < 1 || !mayGo(ctx, call, ready)) return
  health.progress = 0
  health.ejections += 1
  health.ejectedUntil =
    second + 1 + Math.min(LONGEST, (p[call.slot + C['ejection.time']] ?? 30) * health.ejections)
}

/** Whether that many instances more may be left out. */
function mayGo(ctx: Ctx, call: CallModel, ready: number): boolean {
  const { state, w } = ctx
  let all = 0
  let gone = 0
  for (let n = 0; n < call.arms.length; n += 1) {
    const arm = call.arms[n]
    if (!arm) continue
    const here = state.stations[arm.to]?.ready ?? 0
    all += here
    if ((state.health[arm.index]?.ejectedUntil ?? NEVER) > w.second) gone += here
  }
  return gone === 0 || gone + ready <= (w.p[call.slot + C['ejection.max_share']] ?? 0.1) * all + 1e-9
}
