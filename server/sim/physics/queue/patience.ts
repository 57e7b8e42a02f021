import type { ArmModel, CellModel, Model } from '../model/model.ts'
import type { Left } from './queueing.ts'
import { type Cut, cut, type Response } from '../times/tail.ts'
import type { Workspace } from '../workspace.ts'

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

/** The timeout of those who come over an arm, less the way there and back. */
const patience = (w: Workspace, arm: ArmModel): number =>
  Math.max(0, (w.p[arm.timeout] ?? 1) - (w.armDelay[arm.index] ?? 0))

/** The mean timeout of those who reach a cell; without any, a day. */
export function patienceOf({ w }: Ctx, c: CellModel): number {
  let sum = 0
  let weights = 0
  for (let n = 0; n < c.reachedOver.length; n += 1) {
    const arm = c.reachedOver[n]
    if (!arm) continue
    const weight = (w.armFlow[arm.index] ?? 0) + 1e-9
    sum += patience(w, arm) * weight
    weights += weight
  }
  return weights > 0 ? sum / weights : 86_400
}

/**
 * Share of the requests a cell works on whose callers have given up before the answer: wasted work. What a request has waited is known from
 * its cohort; as much of it as a queue at rest would make it wait is random, the rest certain.
 */
export function deadShare({ w }: Ctx, c: CellModel, gone: Left): number {
  const i = c.index
  const random = w.waitMean[i] ?? 0
  const lo = w.holdLo[i] ?? 0
  const hi = w.holdHi[i] ?? 0
  response.mean = random + (w.holdMean[i] ?? 0)
  response.variance = (w.waitVariance[i] ?? 0) + (w.holdVariance[i] ?? 0)
  let dead = 0
  let weights = 0
  for (let n = 0; n < c.reachedOver.length; n += 1) {
    const arm = c.reachedOver[n]
    if (!arm) continue
    const timeout = patience(w, arm)
    const weight = (w.armFlow[arm.index] ?? 0) + 1e-9
    let late = 0
    let all = 0
    for (let g = 0; g < gone.length; g += 1) {
      const count = gone.count[g] ?? 0
      response.lo = lo + Math.max(0, (gone.first[g] ?? 0) - random)
      response.hi = hi + Math.max(0, (gone.last[g] ?? 0) - random)
      cut(response, timeout, seen)
      late += count * seen.late
      all += count
    }
    if (all <= 0) {
      response.lo = lo
      response.hi = hi
      cut(response, timeout, seen)
      late = seen.late
      all = 1
    }
    dead += (weight * late) / all
    weights += weight
  }
  return weights > 0 ? Math.min(1, dead / weights) : 0
}
