import { always, between, capped, type Histogram, mixed, sum, waitTime, workTime } from './histogram.ts'
import { exp, log } from './math.ts'
import type { ComponentModel, Model } from './model.ts'
import { A, CS, type PhysicsState } from './state.ts'

interface Kept {
  mean: number
  cv: number
  own: Histogram
}
/** Own times seldom change: the last one of each component is kept. A pure memo: its key alone decides what it holds. */
const memo = new WeakMap<Model, (Kept | undefined)[]>()
/** Means are rounded to steps of one in twenty thousand, so that noise in the last digits does not make a new distribution. */
const FINE = 20_000

function ownTime(model: Model, c: ComponentModel, o: { mean: number; cv: number }): Histogram {
  const list = memo.get(model) ?? []
  memo.set(model, list)
  const mean = Math.round(log(o.mean) * FINE)
  const cv = Math.round(o.cv * 1000) / 1000
  const kept = list[c.index]
  if (kept && kept.cv === cv && kept.mean === mean) return kept.own
  const own = workTime(exp(mean / FINE), cv)
  list[c.index] = { mean, cv, own }
  return own
}

/** `h` once for each of `times` calls one after another; a fraction is a share of requests that makes one more. */
function repeated(base: Histogram, h: Histogram, times: number): Histogram {
  let out = base
  let rest = times
  let power = h
  // Many like calls are added by doubling, as in multiplying by repeated squaring.
  let whole = Math.floor(rest + 1e-9)
  rest -= whole
  while (whole > 0) {
    if (whole % 2 === 1) out = sum(out, power)
    whole = Math.floor(whole / 2)
    if (whole > 0) power = sum(power, power)
  }
  return rest > 1e-3 ? mixed(out, sum(out, h), rest) : out
}

/**
 * The distribution of response times of every component since the last sample: random wait, certain wait, own work and calls (cut at
 * their timeouts, with retries), added as independent times. Null where nothing was served.
 */
export function responseTimes(model: Model, state: PhysicsState): (Histogram | null)[] {
  const all: (Histogram | null)[] = model.components.map(() => null)
  for (const i of model.order) {
    const c = model.components[i]
    const station = state.stations[i]
    if (!c || !station) continue
    const { sums } = station
    const served = sums[A.served] ?? 0
    if (served < 1e-6) continue
    let h = ownTime(model, c, { mean: (sums[A.service] ?? 0) / served, cv: (sums[A.cv] ?? 0) / served })
    for (const call of c.calls) {
      const memory = state.calls[call.index]
      const inner = all[call.to]
      const requests = memory?.sums[CS.requests] ?? 0
      const calls = memory?.sums[CS.calls] ?? 0
      if (!memory || requests <= 0 || calls <= 0 || !inner) continue
      const timeout = (memory.sums[CS.timeout] ?? 0) / calls
      const seen = capped(inner, timeout)
      h = repeated(h, seen, calls / requests)
      const more = ((memory.sums[CS.attempts] ?? 0) - calls) / calls
      const late = memory.sums[CS.late] ?? 0
      if (more > 1e-3)
        h = repeated(h, late > 0 ? always(timeout) : seen, Math.min(8, (more * calls) / requests))
    }
    const chance = (sums[A.waitChance] ?? 0) / served
    const random = waitTime(Math.min(1, chance), chance > 0 ? (sums[A.wait] ?? 0) / served / chance : 0)
    if (random) h = sum(h, random)
    if (station.waitHigh > 1e-3) h = sum(h, between(Math.max(0, station.waitLow), station.waitHigh))
    all[i] = h
  }
  return all
}
