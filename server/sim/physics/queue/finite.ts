import { perBlocked } from './erlang.ts'
import { exp, log } from '../math.ts'

/** A queue with few places at rest. */
export interface Finite {
  /** Share of arrivals that finds no place. */
  lost: number
  /** Mean number in work and waiting. */
  busy: number
  waiting: number
  /** Of those let in: the probability of waiting, and mean and variance of how many must leave before they begin. */
  chance: number
  ahead: number
  variance: number
}
export const finite = (): Finite => ({ lost: 0, busy: 0, waiting: 0, chance: 0, ahead: 0, variance: 0 })

/**
 * M/M/c/c+m in closed form: `slots` servers, `places` to wait, offered `ratio` times what the servers can do. With variable times the queue
 * is measured in units of `spread` = (1 + cv²)/2 requests, as in Allen and Cunneen's formula without a limit. Any number of slots and
 * places, whole or not.
 */
export function finiteQueue(
  o: { slots: number; places: number; spread: number; ratio: number },
  out: Finite,
): Finite {
  const { slots, ratio } = o
  const spread = Math.max(0.05, o.spread)
  const m = o.places / spread
  const perB = perBlocked(slots, ratio)
  if (m <= 0 || ratio <= 0) {
    out.lost = 1 / perB
    out.busy = slots * ratio * (1 - out.lost)
    out.waiting = out.chance = out.ahead = out.variance = 0
    return out
  }
  // The queue's length is geometric with this ratio, cut off at m; above 1 it is counted down from the top instead, so nothing overflows.
  const up = ratio > 1
  const s = up ? 1 / ratio : ratio
  const sm = exp(m * log(s))
  const gap = 1 - s
  // Σ s^j for j = 0 … m−1, and mean and variance of that geometric law.
  const level = gap * m < 1e-3
  const sum = level ? m * (1 - (gap * (m - 1)) / 2) : (1 - sm) / gap
  const out1 = level ? 0 : (m * sm) / (1 - sm)
  const mean = level ? (m - 1) / 2 : s / gap - out1
  const variance = level ? (m * m - 1) / 12 : s / (gap * gap) - out1 * out1 - m * out1
  const below = (up ? sm : 1) * perB
  const waits = up ? s * sum : sum
  const all = below + ratio * waits
  const top = up ? 1 : sm
  const length = 1 + (up ? m - 1 - mean : mean)
  out.lost = Math.min(1, top / all)
  out.busy = slots * ratio * (1 - out.lost)
  out.chance = out.lost < 1 ? Math.min(1, waits / (all - top)) : 1
  out.ahead = Math.max(0, length * spread)
  // Each of those ahead takes its own time.
  out.variance = Math.max(0, variance) * spread * spread + out.ahead * spread
  out.waiting = Math.min(o.places, ((ratio * waits) / all) * length * spread)
  return out
}
