import type { WalkCall } from './walk.ts'

/** Share of the calls a station makes for one request that take the request with them. */
export const sinking = (call: WalkCall): number => (call.covered ? 0 : call.failed * (1 - call.survived))
/** The same over `per` calls, a fraction being the share of requests that makes one more. */
export function sinks(call: WalkCall, per: number): number {
  const lost = sinking(call)
  if (per <= 1) return per * lost
  let left = 1
  for (let n = Math.floor(per); n > 0; n -= 1) left *= 1 - lost
  return 1 - left * (1 - (per - Math.floor(per)) * lost)
}
