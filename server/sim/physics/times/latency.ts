import { type Histogram, workTime } from './histogram.ts'
import { exp, log } from '../math.ts'
import type { ArmModel, CellModel, Model } from '../model/model.ts'
import { REFUSAL_TIME } from '../calls/ask.ts'
import { always, between, capped, mixed, recall, stepsOf, sum, waitTime } from './recall.ts'
import { A, AS, CS, type PhysicsState } from '../state.ts'

interface Kept {
  mean: number
  cv: number
  own: Histogram
}
/** Own times seldom change: the last one of each cell is kept. A pure memo: its key alone decides what it holds. */
const memo = new WeakMap<Model, (Kept | undefined)[]>()
/** Means are rounded to steps of one in twenty thousand, so that noise in the last digits does not make a new distribution. */
const FINE = 20_000

function ownTime(model: Model, c: CellModel, o: { mean: number; cv: number }): Histogram {
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

/** Which sums to read: those that are being gathered, or those of the last sample. */
export type Span = 'sums' | 'happened'

/** Cells' histograms and the sums they were made from. */
export interface Seen {
  readonly state: PhysicsState
  readonly all: readonly (Histogram | null)[]
  readonly span: Span
}

/**
 * What callers see of the cells behind some arms, the way there and back included; null when nothing came back. `whole`: refusals and
 * what cannot leave are in it, too, not only what is served.
 */
export function timesBeyond(
  { state, all, span }: Seen,
  arms: readonly ArmModel[],
  whole: boolean,
): Histogram | null {
  const sums = state.arms[span]
  let out: Histogram | null = null
  let weights = 0
  for (const arm of arms) {
    const at = arm.index * AS.size
    const attempts = sums[at + AS.attempts] ?? 0
    const weight = attempts - (sums[at + AS.lost] ?? 0)
    if (weight <= 1e-12) continue
    const delay = (sums[at + AS.delay] ?? 0) / attempts
    const quick = whole ? Math.min(1, (sums[at + AS.quick] ?? 0) / weight) : 0
    const served = all[arm.to] ?? null
    const refusal = quick > 1e-4 ? always(REFUSAL_TIME + delay) : null
    const answered = served && delay > 1e-5 ? sum(served, always(delay)) : served
    const there = answered && refusal ? mixed(answered, refusal, quick) : (answered ?? refusal)
    if (!there) continue
    weights += weight
    out = out ? mixed(out, there, weight / weights) : there
  }
  return out
}

/**
 * The distribution of response times of every cell: random wait, certain wait, own work and calls (cut at their timeouts, with retries),
 * added as independent times. Null where nothing was served.
 */
export function cellTimes(model: Model, state: PhysicsState, span: Span): (Histogram | null)[] {
  const all: (Histogram | null)[] = model.cells.map(() => null)
  const seen = { state, all, span }
  for (const i of model.order) {
    const c = model.cells[i]
    const station = state.stations[i]
    if (!c || !station) continue
    const sums = station[span]
    const served = sums[A.served] ?? 0
    if (served < 1e-6) continue
    recall(stepsOf(model, i))
    let h = ownTime(model, c, { mean: (sums[A.service] ?? 0) / served, cv: (sums[A.cv] ?? 0) / served })
    let reads: { readonly met: Histogram; readonly calls: number } | null = null
    for (const call of c.calls) {
      const memory = state.calls[call.index]?.[span]
      const requests = memory?.[CS.requests] ?? 0
      const calls = memory?.[CS.calls] ?? 0
      const inner = timesBeyond(seen, call.arms, true)
      const lost = call.arms.reduce((n, arm) => n + (state.arms[span][arm.index * AS.size + AS.lost] ?? 0), 0)
      if (!memory || requests <= 0 || calls <= 0 || (!inner && lost <= 0)) {
        if (reads && requests > 0) h = repeated(h, reads.met, reads.calls / requests)
        reads = null
        continue
      }
      const timeout = (memory[CS.timeout] ?? 0) / calls
      const more = ((memory[CS.attempts] ?? 0) - calls) / calls
      // What is lost and not tried again ends at the timeout.
      const silent = Math.max(0, (lost + (memory[CS.dry] ?? 0)) / calls - more)
      const answered = inner ? connected(capped(inner, timeout), memory, calls) : always(timeout)
      const met = silent > 1e-4 ? mixed(answered, always(timeout), Math.min(1, silent)) : answered
      // A call that is reads and writes goes one way or the other.
      const both = reads ? reads.calls + calls : calls
      const either = reads ? mixed(reads.met, met, calls / both) : met
      reads = call.part === 'reads' ? { met, calls } : null
      if (!reads) h = repeated(h, either, both / requests)
      const late = memory[CS.late] ?? 0
      if (more > 1e-3)
        h = repeated(h, late > 0 ? always(timeout) : met, Math.min(8, (more * calls) / requests))
    }
    const chance = (sums[A.waitChance] ?? 0) / served
    const random = waitTime(Math.min(1, chance), chance > 0 ? (sums[A.wait] ?? 0) / served / chance : 0)
    if (random) h = sum(h, random)
    const needs = (sums[A.lockShare] ?? 0) / served
    const locked = waitTime(Math.min(1, needs), needs > 0 ? (sums[A.lock] ?? 0) / served / needs : 0)
    if (locked) h = sum(h, locked)
    const high = span === 'sums' ? station.waitHigh : (sums[A.waitHigh] ?? 0)
    const low = span === 'sums' ? station.waitLow : (sums[A.waitLow] ?? 0)
    if (high > 1e-3) h = sum(h, between(Math.max(0, low), high))
    all[i] = h
  }
  recall(null)
  return all
}

/** Calls with the wait for a connection of the caller's pool before them. */
function connected(h: Histogram, sums: readonly number[], calls: number): Histogram {
  const wait = (sums[CS.wait] ?? 0) / calls
  const chance = Math.min(1, (sums[CS.chance] ?? 0) / calls)
  if (wait < 1e-4 || chance <= 0) return h
  // Calls that get one of a dry pool's connections have waited nearly as long as they would.
  const before = (sums[CS.dry] ?? 0) > 0.01 * calls ? always(wait) : waitTime(chance, wait / chance)
  return before ? sum(h, before) : h
}

/** Some cells' times in one, by how much each served. */
export function timesOf({ state, all, span }: Seen, cells: readonly number[]): Histogram | null {
  if (cells.length === 1) return all[cells[0] ?? -1] ?? null
  let out: Histogram | null = null
  let weights = 0
  for (const i of cells) {
    const h = all[i]
    const weight = state.stations[i]?.[span][A.served] ?? 0
    if (!h || weight <= 0) continue
    weights += weight
    out = out ? mixed(out, h, weight / weights) : h
  }
  return out
}

/** Response times of every component since the last sample, its cells mixed by what they served: `latencyHistograms` before the sample is closed. */
export function responseTimes(model: Model, state: PhysicsState): (Histogram | null)[] {
  const seen: Seen = { state, all: cellTimes(model, state, 'sums'), span: 'sums' }
  return model.components.map((c) => timesOf(seen, c.cells))
}

interface LastTimes {
  readonly key: readonly number[]
  readonly all: readonly (Histogram | null)[]
}
/** Histograms of the last sample. A pure memo: its key is a list made anew by each sample, which tells samples and Worlds apart. */
const last = new WeakMap<Model, LastTimes>()

/** Keeps the histograms of a sample that has just been closed, so that nobody has to compute them again. */
export function keepTimes(model: Model, state: PhysicsState, all: readonly (Histogram | null)[]): void {
  last.set(model, { key: state.arms.happened, all })
}

/**
 * Response times of every component in the last sample (buckets of `EDGES`, shares that sum to 1), its cells mixed by what they served;
 * null where nothing was served. Current as of the last `takeSample`.
 */
export function latencyHistograms(model: Model, state: PhysicsState): (Histogram | null)[] {
  const kept = last.get(model)
  const all = kept?.key === state.arms.happened ? kept.all : cellTimes(model, state, 'happened')
  return model.components.map((c) => timesOf({ state, all, span: 'happened' }, c.cells))
}
