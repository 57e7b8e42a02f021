import { type Backlog, drained, swelling } from './backlog.ts'
import { waitProbability } from './erlang.ts'
import { finite, finiteQueue } from './finite.ts'
import type { Balance, Second } from './second.ts'

/** e^(−12) is 6e-6: with this much room, in means of the queue, as good as nobody is ever refused. */
const AMPLE = 12
/** A backlog below this share of a request is none. */
const LEAST = 0.002
const law = finite()
const piled: Backlog = { mean: 0, scatter: 0 }

/**
 * One second of the pointwise stationary fluid flow approximation (Wang, Tipper, Banerjee, INFOCOM 1996), solved implicitly, so that it
 * holds for any ratio of service time to step: the utilisation ρ at which what is in the system at the end, L(ρ) = cρ + k·Lq(ρ), and
 * what left during the second, cρ/H, together make up what was there and what came. k = (1 + cv²)/2 (Allen and Cunneen). Where places
 * to wait are few the law at rest is that of M/M/c/K, and what it refuses leaves, too.
 */
export function balance(o: Second, out: Balance): Balance {
  const { slots, hold, total } = o
  const capacity = slots / hold
  let { spread } = o
  if (o.arrivals > capacity && o.backlog > 0) {
    piled.mean = o.backlog
    piled.scatter = o.scatter
    spread *= swelling(total - o.arrivals, piled)
  }
  const most = slots + capacity
  let rho = total / most
  if (spread > 0 && (rho > 0.3 || slots < 4)) {
    // (most·ρ − total)(1 − ρ) + k·C(ρ)·ρ is below zero at 0 and above at 1: Illinois' method between.
    let a = 0
    let fa = -total
    let b = 1
    let fb = spread
    let side = 0
    for (let n = 0; n < 60 && b - a > 1e-13; n += 1) {
      rho = (a * fb - b * fa) / (fb - fa)
      const f = (most * rho - total) * (1 - rho) + spread * waitProbability(slots, rho) * rho
      if (Math.abs(f) < 1e-10 * (total + spread)) break
      if (f < 0) {
        a = rho
        fa = f
        if (side === -1) fb /= 2
        side = -1
      } else {
        b = rho
        fb = f
        if (side === 1) fa /= 2
        side = 1
      }
    }
  }
  rho = Math.min(1, Math.max(0, rho))
  out.rho = out.ratio = rho
  out.lost = 0
  out.bounded = o.places * (1 - rho) < AMPLE * spread
  if (out.bounded) bounded(o, out)
  else {
    out.busy = Math.min(total, slots * rho)
    out.finished = Math.min(total - out.busy, out.busy / hold)
    rest(o, out)
  }
  divide(o, capacity, out)
  out.dropped = 0
  return o.codel > 0 ? control(out, o.codel * capacity) : out
}

/**
 * Controlled delay as a fluid: a backlog that stands is cut at the head to what leaves within the target. The random queue empties by
 * itself, so its shortest wait is none, and it is left alone (Nichols and Jacobson, CACM 2012; Maurer, ACM Queue 2015, for servers).
 */
function control(out: Balance, allowed: number): Balance {
  if (out.backlog <= allowed) return out
  out.dropped = out.backlog - allowed
  out.waiting -= out.dropped
  const kept = allowed / out.backlog
  out.scatter *= kept * kept
  out.backlog = allowed
  return out
}

/**
 * Divides the queue into the random one that a station at rest would have, and backlog, whose wait is certain. Random is what M/M/c says at
 * the utilisation that what came needs; as much under the inverse utilisation when more came than can leave (the queue then touches the
 * bottom as seldom as it would touch the top); never more than is there. Backlog piles up scatter while there is too much work and drains
 * by {@link drained} afterwards.
 */
function divide(o: Second, capacity: number, out: Balance): Balance {
  const { slots, spread } = o
  const taken = o.arrivals - out.lost
  // What a full station turns away would have come in, too.
  const use = (out.bounded ? o.arrivals : taken) / capacity
  out.use = Math.min(out.rho, use, use > 0 ? 1 / use : 0)
  out.random =
    out.waiting > 0
      ? Math.min(
          out.waiting,
          (spread * waitProbability(slots, out.use) * out.use) / Math.max(1e-12, 1 - out.use),
        )
      : 0
  out.backlog = out.waiting - out.random
  const least = LEAST * (1 + out.random)
  if (out.backlog <= least && o.backlog <= 0) return atRest(out)
  const noise = taken + capacity * Math.max(0, 2 * spread - 1)
  if (use >= 1 || out.bounded || o.backlog <= 0) {
    // A queue that has stood at rest so far is as uncertain as it is long; one that piles up, as what came.
    const most = out.backlog * out.backlog
    out.scatter = o.backlog > 0 || use >= 1 ? Math.min(o.scatter + noise, most) : most
    return out
  }
  // What counts as backlog is measured anew: how much of the queue is only random swings with what comes.
  piled.mean = Math.max(0, o.waiting - out.random)
  piled.scatter = o.scatter
  drained({ drain: capacity - taken, scatter: noise }, piled)
  if (piled.mean <= least) {
    if (out.backlog <= least) return atRest(out)
    out.scatter = out.backlog * out.backlog
    return out
  }
  const waiting = Math.min(o.total, Math.max(out.random + piled.mean, o.total - slots - capacity))
  out.finished = (o.total - waiting) / (1 + o.hold)
  out.busy = o.total - waiting - out.finished
  out.rho = out.busy / slots
  out.waiting = waiting
  out.backlog = waiting - out.random
  out.scatter = piled.scatter
  return out
}

function atRest(out: Balance): Balance {
  out.random = out.waiting
  out.backlog = out.scatter = 0
  return out
}

/** Whatever is neither in work nor finished nor refused waits. */
function rest(o: Second, out: Balance): Balance {
  out.waiting = Math.max(0, o.total - out.busy - out.finished - out.lost)
  if (out.waiting < 1e-9) {
    out.finished += out.waiting
    out.waiting = 0
  }
  return out
}

/** The same with few places: the ratio r offered at which what is in the system, what left and what was refused make up the total. */
function bounded(o: Second, out: Balance): Balance {
  const { slots, hold, spread, total, arrivals, places } = o
  if (total >= slots * (1 + 1 / hold) + places + arrivals) {
    // More than fits, because slots have gone: nobody comes in.
    out.rho = out.ratio = 1
    out.busy = slots
    out.finished = Math.min(total - slots, slots / hold)
    out.lost = arrivals
    return rest(o, out)
  }
  // By v = r/(1 + r), which runs from 0 to 1.
  const at = { slots, places, spread, ratio: 0 }
  let a = 0
  let fa = -total
  let b = 1
  let fb = slots * (1 + 1 / hold) + places + arrivals - total
  let side = 0
  for (let n = 0; n < 60 && b - a > 1e-14; n += 1) {
    const v = n === 0 ? out.rho / (1 + out.rho) : (a * fb - b * fa) / (fb - fa)
    at.ratio = v < 1 ? v / (1 - v) : 1e15
    finiteQueue(at, law)
    const f = law.busy * (1 + 1 / hold) + law.waiting + arrivals * law.lost - total
    if (Math.abs(f) < 1e-9 * (total + 1e-9)) break
    if (f < 0) {
      a = v
      fa = f
      if (side === -1) fb /= 2
      side = -1
    } else {
      b = v
      fb = f
      if (side === 1) fa /= 2
      side = 1
    }
  }
  out.ratio = at.ratio
  out.busy = Math.min(total, law.busy)
  out.rho = slots > 0 ? out.busy / slots : 1
  out.finished = Math.min(total - out.busy, out.busy / hold)
  out.lost = Math.min(arrivals, arrivals * law.lost, total - out.busy - out.finished)
  return rest(o, out)
}

/** What those who come in have to wait: random (with probability `chance`, its mean over all, its variance), then certain, drifting. */
export interface Waits {
  chance: number
  mean: number
  variance: number
  lo: number
  hi: number
}
export const waitsOf = (): Waits => ({ chance: 0, mean: 0, variance: 0, lo: 0, hi: 0 })

/** The newest wait for what swings within a second, and not for a queue that has grown over a longer time. */
const NEWEST = 0.98

/** Who fills all slots of their callers cannot be more: such a queue is as long as these let it be, and nearly always the same. */
function besure(sure: number, out: Waits): Waits {
  out.lo += sure * out.mean
  out.hi += sure * out.mean
  out.mean *= 1 - sure
  out.variance *= (1 - sure) * (1 - sure)
  return out
}

/** How long those wait who came in this second: M/M/c's law for the random part of the queue, one by one for what is backlog. */
export function waitsAfter(o: Second, ended: Balance, out: Waits): Waits {
  const { slots, spread } = o
  const one = o.hold / slots
  const use = o.lifo ? Math.min(NEWEST, ended.use) : ended.use
  const chance = waitProbability(slots, use)
  const scale = (spread * one) / Math.max(1e-9, 1 - use)
  // What counts as backlog is measured anew: what is random now was random before.
  out.lo = Math.max(0, o.waiting - ended.random) * one
  out.hi = ended.backlog * one
  out.chance = chance
  out.mean = chance * scale
  out.variance = chance * (2 - chance) * scale * scale
  if (!ended.bounded) return o.sure > 0 ? besure(o.sure, out) : out
  if (ended.waiting <= 0) {
    // No places, or nobody in them.
    out.chance = out.mean = out.variance = 0
    return out
  }
  finiteQueue({ slots, places: o.places, spread, ratio: ended.ratio }, law)
  const mean = law.chance * law.ahead * one
  const all = law.chance * (law.variance + law.ahead * law.ahead) * one * one - mean * mean
  // Those ahead take their times, and how many they are is as uncertain as the queue is random.
  const times = law.chance * law.ahead * spread * one * one
  const part = ended.random / ended.waiting
  out.chance = law.chance
  out.variance = times + part * part * Math.max(0, all - times)
  // A queue that is cut off at the top is more certain than an exponential one: what its spread leaves of the mean is sure.
  out.mean = Math.min(mean, Math.sqrt(out.variance))
  out.lo = out.hi = mean - out.mean
  return out
}
