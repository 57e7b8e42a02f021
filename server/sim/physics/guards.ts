import type { Answer } from './calls/ask.ts'
import { moveBreaker, resetBreaker } from './calls/breaker.ts'
import { thinClasses } from './classes/classAnswers.ts'
import type { CallModel } from './model/model.ts'
import { C } from './model/slots.ts'
import { type CallState, NEVER } from './state.ts'
import { heldBack, moveThrottle, resetThrottle } from './calls/throttle.ts'
import type { Workspace } from './workspace.ts'

const rule = { threshold: 0.5, requests: 20, window: 10, open: 5 }
const counted = { second: 0, calls: 0, bad: 0 }
const asked = { second: 0, asked: 0, accepted: 0 }

/** Share of attempts that a caller which throttles itself does not send. */
export function restraint(w: Workspace, call: CallModel, memory: CallState | undefined): number {
  const allowed = w.p[call.slot + C.throttle] ?? 0
  const held = allowed > 0 && memory ? heldBack(memory.throttle, allowed) : 0
  w.heldBack[call.index] = held
  return held
}

/** What a caller that throttles itself makes of the answer to one attempt: the share held back fails at once with 503. */
export function throttle(w: Workspace, call: CallModel, got: Answer): void {
  const k = call.index
  if ((w.p[call.slot + C.throttle] ?? 0) <= 0) return
  // Turned away, unreachable and unanswered is what the called side has not accepted.
  w.accepted[k] = Math.max(0, 1 - (got.status[1] ?? 0) - (got.status[3] ?? 0) - (got.status[4] ?? 0))
  const held = w.heldBack[k] ?? 0
  if (held > 0) thin(got, 1 - held)
}

/** Only the share `kept` is sent at all; the rest fails at once with 503. */
export function thin(got: Answer, kept: number): void {
  got.ok *= kept
  got.late *= kept
  got.lo *= kept
  got.hi *= kept
  got.mean *= kept
  got.variance *= kept
  for (let s = 0; s < 5; s += 1) got.status[s] = (got.status[s] ?? 0) * kept
  got.status[3] = (got.status[3] ?? 0) + 1 - kept
  if (got.classes.many > 0) thinClasses(got.classes, kept)
}

/** After a second: what the breaker and the throttle of a call have learnt from it. Without them they remember nothing. */
export function moveGuards(w: Workspace, call: CallModel, memory: CallState): void {
  const { p, second } = w
  const k = call.index
  if ((p[call.slot + C['breaker.enabled']] ?? 0) === 1) {
    rule.threshold = p[call.slot + C['breaker.threshold']] ?? 0.5
    rule.requests = p[call.slot + C['breaker.requests']] ?? 20
    rule.window = p[call.slot + C['breaker.window']] ?? 10
    rule.open = p[call.slot + C['breaker.open']] ?? 5
    counted.second = second
    counted.calls = memory.flow
    counted.bad = Math.min(1, (w.callBad[k] ?? 0) + (w.callSlow[k] ?? 0))
    moveBreaker(memory, rule, counted)
  } else if (memory.ring.length > 0 || memory.openUntil > NEVER) resetBreaker(memory)
  if ((p[call.slot + C.throttle] ?? 0) > 0) {
    const kept = 1 - (w.heldBack[k] ?? 0)
    asked.second = second
    asked.asked = kept > 0 ? memory.flow / kept : 0
    asked.accepted = memory.flow * (w.accepted[k] ?? 0)
    moveThrottle(memory.throttle, asked)
  } else if (memory.throttle.ring.length > 0) resetThrottle(memory.throttle)
}
