import { waitProbability } from './erlang.ts'
import type { ComponentModel, Model } from './model.ts'
import { expired, type Left } from './queueing.ts'
import { C, T } from './slots.ts'
import type { Attempts } from './sources.ts'
import { sumOf } from './state.ts'
import { type Cut, cut, type Response } from './tail.ts'
import type { Workspace } from './workspace.ts'

interface Ctx {
  readonly model: Model
  readonly w: Workspace
}
const response: Response = { lo: 0, hi: 0, mean: 0, variance: 0 }
const seen: Cut = { late: 0, mean: 0 }

/** How much more a queue grows through variable times than through exponential ones: (1 + cv²)/2 of the time a slot is held. */
export function spreadOf(w: Workspace, i: number, held: number): number {
  return held > 0 ? Math.min(10, (1 + (w.holdVariance[i] ?? 0) / (held * held)) / 2) : 1
}

/** Calls `each` with the timeout of everyone who reaches `c` and their weight among its arrivals. */
function callers(
  ctx: Ctx,
  c: ComponentModel,
  attempts: Attempts,
  each: (timeout: number, weight: number) => void,
): void {
  for (let n = 0; n < c.calledBy.length; n += 1) {
    const call = c.calledBy[n]
    if (call) each(ctx.w.p[call.slot + C.timeout] ?? 1, ctx.w.flow[call.index] ?? 0)
  }
  for (let n = 0; n < c.reachedBy.length; n += 1) {
    const source = ctx.model.sources[c.reachedBy[n] ?? -1]
    if (source) each(ctx.w.p[source.slot + T.timeout] ?? 10, sumOf(attempts[source.index] ?? []))
  }
}

/** The mean timeout of those who reach a component; without any, a day. */
export function patienceOf(ctx: Ctx, c: ComponentModel, attempts: Attempts): number {
  let sum = 0
  let weights = 0
  callers(ctx, c, attempts, (timeout, weight) => {
    sum += timeout * (weight + 1e-9)
    weights += weight + 1e-9
  })
  return weights > 0 ? sum / weights : 86_400
}

/** Share of the requests a component works on whose callers have given up before the answer: wasted work. */
export function deadShare(
  ctx: Ctx,
  c: ComponentModel,
  o: { attempts: Attempts; held: number; gone: Left },
): number {
  const { w } = ctx
  const i = c.index
  const slots = w.slots[i] ?? 1
  const use = Math.min(0.98, ((w.arrivals[i] ?? 0) * o.held) / slots)
  const chance = waitProbability(slots, use)
  const scale = (o.held * spreadOf(w, i, o.held)) / (slots * (1 - use))
  response.lo = w.holdLo[i] ?? 0
  response.hi = w.holdHi[i] ?? 0
  response.mean = chance * scale + (w.holdMean[i] ?? 0)
  response.variance = chance * (2 - chance) * scale * scale + (w.holdVariance[i] ?? 0)
  let dead = 0
  let weights = 0
  callers(ctx, c, o.attempts, (timeout, weight) => {
    cut(response, timeout, seen)
    const waited = expired(o.gone, Math.max(0, timeout - o.held))
    dead += (weight + 1e-9) * (waited + (1 - waited) * seen.late)
    weights += weight + 1e-9
  })
  return weights > 0 ? Math.min(1, dead / weights) : 0
}
