import { askArms } from './arms.ts'
import type { Answer } from './ask.ts'
import { overNetwork } from '../classes/classAnswers.ts'
import type { CallModel, Model } from '../model/model.ts'
import { UNLIMITED } from '../parameters.ts'
import { poolWait, waitAtPool } from './pool.ts'
import { beginSearch, narrow, searchOf } from '../queue/search.ts'
import { C } from '../model/slots.ts'
import type { PhysicsState } from '../state.ts'
import type { Workspace } from '../workspace.ts'

const pool = poolWait()
const search = searchOf()
const asking = { sent: 0, timeout: 1 }

/**
 * Asks what is called with the attempts that get one of the caller's connections: a dry pool sends less, is answered sooner, and so is less
 * dry. What comes of it must not depend on what was asked before, or callers would find no rate that fits.
 */
export function askPooled(
  ctx: { readonly model: Model; readonly state: PhysicsState; readonly w: Workspace },
  call: CallModel,
  o: { readonly rate: number; readonly instances: number; readonly timeout: number },
  got: Answer,
): void {
  const { w } = ctx
  const k = call.index
  const each = w.p[call.slot + C.pool] ?? UNLIMITED
  asking.timeout = o.timeout
  asking.sent = o.rate
  if (each >= UNLIMITED) {
    askArms(ctx, call.arms, asking, got)
    return
  }
  let kept = beginSearch(search, { guess: w.connected[k] ?? 1, most: 1 })
  for (let n = 0; n < 8; n += 1) {
    asking.sent = o.rate * kept
    askArms(ctx, call.arms, asking, got)
    if (w.settled) break
    const time = got.mean + (got.lo + got.hi) / 2
    waitAtPool({ rate: o.rate, time, size: each * o.instances, patience: o.timeout }, pool)
    if (Math.abs(1 - pool.dry - kept) < 1e-3) break
    kept = narrow(search, 1 - pool.dry)
  }
  connect(w, call, o, got)
}

/**
 * Lets attempts of a call wait for one of the caller's connections, if it has so many and no more: changes what they meet. Those that
 * get none within the timeout never leave the caller. `rate`: attempts a second; `instances`: of the caller.
 */
function connect(
  w: Workspace,
  call: CallModel,
  o: { readonly rate: number; readonly instances: number; readonly timeout: number },
  got: Answer,
): void {
  const k = call.index
  w.connected[k] = 1
  w.poolUsed[k] = 0
  const each = w.p[call.slot + C.pool] ?? UNLIMITED
  if (each >= UNLIMITED) return
  const { timeout } = o
  const time = got.mean + (got.lo + got.hi) / 2
  waitAtPool({ rate: o.rate, time, size: each * o.instances, patience: timeout }, pool)
  const kept = 1 - pool.dry
  const delay = kept > 0 ? Math.max(0, pool.wait - pool.dry * timeout) / kept : 0
  w.connected[k] = kept
  w.poolUsed[k] = pool.used
  w.poolWait[k] = delay
  w.poolChance[k] = pool.chance
  if (got.classes.many > 0) overNetwork(got.classes, { delay, loss: pool.dry, timeout })
  got.variance = kept * got.variance + pool.variance + kept * pool.dry * time * time
  got.lo *= kept
  got.hi *= kept
  got.mean = kept * got.mean + pool.wait
  got.ok *= kept
  got.okTime += delay
  got.late = kept * got.late + pool.dry
  for (let s = 0; s < 5; s += 1) got.status[s] = (got.status[s] ?? 0) * kept
  got.status[4] = (got.status[4] ?? 0) + pool.dry
}
