import type { Answer } from './ask.ts'
import type { CallModel } from '../model/model.ts'
import { C } from '../model/slots.ts'
import type { Workspace } from '../workspace.ts'

/** How much of a call to a database goes this way: what reads, or what writes. */
export function partOf(w: Workspace, call: CallModel): number {
  if (call.part === 'all') return 1
  const writes = w.p[call.slot + C.writes] ?? 0
  return call.part === 'writes' ? writes : 1 - writes
}

/** What the parts of a call gathered so far meet together: how they fail, and what a caller spends on one. */
export interface Parts {
  readonly status: Float64Array
  failed: number
  lo: number
  hi: number
  mean: number
  square: number
}
export const parts = (): Parts => ({
  status: new Float64Array(5),
  failed: 0,
  lo: 0,
  hi: 0,
  mean: 0,
  square: 0,
})

/**
 * A call that is two goes one way or the other: reads are kept until writes are known, then `got` becomes the mixture of both, with the
 * variance between them. Returns the share of calls that fail in the end.
 */
export function joinParts(
  to: Parts,
  o: { share: number; failed: number; first: boolean },
  got: Answer,
): number {
  const { share } = o
  if (o.first) {
    to.status.fill(0)
    to.failed = to.lo = to.hi = to.mean = to.square = 0
  }
  let sum = 0
  for (let s = 0; s < 5; s += 1) sum += got.status[s] ?? 0
  const each = sum > 0 ? (share * o.failed) / sum : 0
  for (let s = 0; s < 5; s += 1) to.status[s] = (to.status[s] ?? 0) + each * (got.status[s] ?? 0)
  const time = got.mean + (got.lo + got.hi) / 2
  to.failed += share * o.failed
  to.lo += share * got.lo
  to.hi += share * got.hi
  to.mean += share * got.mean
  to.square += share * (got.variance + time * time)
  if (o.first) return to.failed
  got.status.set(to.status)
  got.lo = to.lo
  got.hi = to.hi
  got.mean = to.mean
  const all = to.mean + (to.lo + to.hi) / 2
  got.variance = Math.max(0, to.square - all * all)
  return to.failed
}
