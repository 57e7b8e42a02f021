import { waitProbability } from '../queue/erlang.ts'
import { exp } from '../math.ts'

/** What calls meet at a pool of connections. */
export interface PoolWait {
  /** Share of calls that get no connection within their patience. */
  dry: number
  /** Mean and variance of the wait over all calls, those that give up included. */
  wait: number
  variance: number
  /** Chance to find all connections in use. */
  chance: number
  /** Mean connections in use, by connections there are. */
  used: number
}
export const poolWait = (): PoolWait => ({ dry: 0, wait: 0, variance: 0, chance: 0, used: 0 })

/** Below this use of a large pool nobody waits, and nothing need be computed. */
const IDLE = 1e-9

/** 1 / Erlang B of one server less, from Erlang C of the same load at `c` servers; beyond saturation by the recursion's fluid limit. */
function inverseBlocking(c: number, load: number): number {
  if (c <= 1) return 1
  if (load < c) {
    const wait = waitProbability(c, load / c)
    if (wait <= 1e-12) return 1e12
    // C = B / (1 − ρ(1 − B)) solved for B; B of one server less by the recursion backwards.
    const rho = load / c
    const blocked = (wait * (1 - rho)) / (1 - rho * wait)
    return (load * (1 - blocked)) / (c * blocked)
  }
  if (c > 400) return load / Math.max(Math.sqrt(load), load - c + 1)
  let b = 1
  for (let k = 1; k < c; k += 1) b = (load * b) / (k + load * b)
  return 1 / b
}

/**
 * Calls at `rate` a second, each using one of `size` connections for `time`, give up after waiting `patience`: M/M/c with constant
 * patience, exact in the steady state below and above saturation (Barrer 1957; Baccelli and Hebuterne 1981). A dry pool passes
 * `size / time` calls a second; the rest waits in vain.
 */
export function waitAtPool(
  o: { rate: number; time: number; size: number; patience: number },
  out: PoolWait,
): PoolWait {
  const { rate, patience } = o
  const time = Math.max(1e-9, o.time)
  const c = Math.max(1, Math.round(o.size))
  const load = rate * time
  out.dry = out.wait = out.variance = out.chance = 0
  out.used = Math.min(1, load / c)
  if (load <= 0 || waitProbability(c, Math.min(1, load / c)) < IDLE) return out
  const out_ = c / time
  // The offered wait x has density ∝ rate·e^(d·x) up to the patience and decays at the pool's own pace after it. All is scaled by
  // e^(−d·patience) where that would grow without bound.
  const d = rate - out_
  const reach = d * patience
  const idle = inverseBlocking(c, load)
  const down = reach > 0 ? exp(-Math.min(700, reach)) : 1
  const up = reach > 0 ? 1 : exp(Math.max(-700, reach))
  let within: number
  let first: number
  let second: number
  if (Math.abs(reach) < 1e-4) {
    within = patience
    first = (patience * patience) / 2
    second = (patience * patience * patience) / 3
  } else {
    within = (up - down) / d
    first = (patience * up - within) / d
    second = (patience * patience * up - 2 * first) / d
  }
  const tail = up / out_
  const all = idle * down + rate * (within + tail)
  out.chance = Math.min(1, (rate * (within + tail)) / all)
  out.dry = Math.min(1, (rate * tail) / all)
  out.wait = Math.max(0, (rate * (first + patience * tail)) / all)
  out.variance = Math.max(0, (rate * (second + patience * patience * tail)) / all - out.wait * out.wait)
  out.used = Math.min(1, (load * (1 - out.dry)) / c)
  return out
}
