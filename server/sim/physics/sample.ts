import { resetDatabase } from './data/databaseState.ts'
import { gaussianHashed, purposeHash } from '../random.ts'
import { above, always, BUCKETS, type Histogram, histogram, sum, within } from './times/histogram.ts'
import { gaugesOf, type Reading } from './instruments.ts'
import { cellTimes, keepTimes, type Seen, timesBeyond, timesOf } from './times/latency.ts'
import type { ComponentModel, Model } from './model/model.ts'
import { breakdown } from './classes/breakdown.ts'
import { percentiles, ratio, serverValues, sumsOf } from './serverSample.ts'
import { A, type PhysicsState, type SourceState, type Station, sumOf, zeros } from './state.ts'

/** Times of good requests of a source, by bucket: those of first attempts, and later ones after a timeout and a pause each. */
function goodTimes(s: SourceState, entry: Histogram | null): Histogram | null {
  const good = sumOf(s.goodByAttempt)
  if (!entry || good < 1e-9) return null
  const out = histogram()
  const first = within(entry, s.timeout)
  for (let k = 0; k < s.goodByAttempt.length; k += 1) {
    const share = (s.goodByAttempt[k] ?? 0) / good
    if (share < 1e-6) continue
    const h = k === 0 ? first : sum(first, always(k * s.pause))
    for (let i = h.from; i < h.to; i += 1) out.share[i] = (out.share[i] ?? 0) + share * (h.share[i] ?? 0)
  }
  out.to = BUCKETS
  return out
}

const LUCK = purposeHash('percentile-luck')
/** How lucky the sample of number `n` was (a standard normal draw): percentiles of few requests scatter. None where traffic has no noise. */
function luckOf(model: Model, state: PhysicsState, n: number): number {
  for (let i = 0; i < model.sources.length; i += 1)
    if (state.sources[i]?.scatters) return gaussianHashed(state.seed, LUCK + n, state.second)
  return 0
}

/** Writes down what the instruments of one component show, in the order of `metricsOf`. */
function readComponent(model: Model, seen: Seen, o: { c: ComponentModel; values: (number | null)[] }): void {
  const { state } = seen
  const { c, values } = o
  const stations: Station[] = []
  for (const i of c.cells) {
    const station = state.stations[i]
    if (station) stations.push(station)
  }
  const [first] = stations
  if (!first) return
  const sums = sumsOf(stations)
  const luck = luckOf(model, state, c.index)
  for (const value of serverValues(sums, { stations, times: timesOf(seen, c.cells), luck }))
    values.push(value)
  const reading: Reading = { model, state, seen, luck, stations, first, sums, seconds: sums[A.seconds] ?? 0 }
  for (const gauge of gaugesOf(c)) for (const value of gauge.values(reading)) values.push(value)
}

/**
 * Means, percentiles and counts since the last sample, in the order of `model.metrics`; null is unknown (no traffic, say). Begins a new
 * sample: sums start again from zero, and the sources' totals now hold everything up to here.
 */
export function takeSample(model: Model, state: PhysicsState): (number | null)[] {
  const seen: Seen = { state, all: cellTimes(model, state, 'sums'), span: 'sums' }
  const values: (number | null)[] = []
  for (const c of model.components) readComponent(model, seen, { c, values })
  for (const source of model.sources) {
    const s = state.sources[source.index]
    if (!s) continue
    const n = state.stations[source.arms[0]?.to ?? -1]?.sums[A.seconds] ?? 0
    const good = sumOf(s.goodByAttempt)
    const bad = s.sums[1] ?? 0
    // Retries answered now were put off some seconds ago: the mean delay changes slowly.
    if ((s.sums[3] ?? 0) > 1e-9) s.pause = (s.sums[2] ?? 0) / (s.sums[3] ?? 1)
    const h = goodTimes(s, timesBeyond(seen, source.arms, false))
    if (h) {
      while (s.histogram.length < BUCKETS) s.histogram.push(0)
      for (let i = h.from; i < h.to; i += 1) s.histogram[i] = (s.histogram[i] ?? 0) + good * (h.share[i] ?? 0)
    }
    values.push(
      n > 0 ? (s.sums[0] ?? 0) / n : null,
      ratio(good, good + bad),
      n > 0 ? bad / n : null,
      ...percentiles(h, { luck: luckOf(model, state, model.components.length + source.index), count: good }),
    )
    for (const one of breakdown(model, state, source.index))
      values.push(n > 0 ? one.attempts / n : null, ratio(one.good, one.good + one.bad))
  }
  reset(state)
  keepTimes(model, state, seen.all)
  return values
}

/** Keeps what has been summed as what happened, and sums from zero: in place, since lists of fractions are dear to make. */
function beginAnew({ sums, happened }: { readonly sums: number[]; readonly happened: number[] }): void {
  for (let i = 0; i < sums.length; i += 1) {
    happened[i] = sums[i] ?? 0
    sums[i] = 0
  }
}

/** Begins a new sample; what happened in the last one stays readable for log lines. */
function reset(state: PhysicsState): void {
  for (const station of state.stations) {
    beginAnew(station)
    // Beyond the sums, in the places A.waitLow and A.waitHigh.
    station.happened[A.waitLow] = station.waitLow
    station.happened[A.waitHigh] = station.waitHigh
    station.waitLow = -1
    station.waitHigh = 0
  }
  for (const database of state.databases) resetDatabase(database)
  for (const call of state.calls) beginAnew(call)
  state.arms.happened = state.arms.sums
  state.arms.sums = zeros(state.arms.sums.length)
  for (const source of state.sources) {
    source.sums = [0, 0, 0, 0]
    source.goodByAttempt = []
  }
  const { classes } = state
  classes.sums = classes.sums.map(() => [0, 0, 0])
  state.versionSums = state.versionSums.map(() => [0, 0, 0])
}

/** Requests of one source since the World began, up to the last sample. */
export interface SourceTotals {
  readonly total: number
  readonly bad: number
  /** Good requests that took longer than `seconds`. */
  slow(seconds: number): number
}

/** Totals of each traffic source by its id: what service-level objectives are counted from. Current as of the last `takeSample`. */
export function totals(model: Model, state: PhysicsState): Readonly<Record<string, SourceTotals>> {
  return Object.fromEntries(
    model.sources.map((source) => {
      const s = state.sources[source.index]
      return [
        source.id,
        {
          total: s?.total ?? 0,
          bad: s?.bad ?? 0,
          slow: (seconds: number) => (s ? above(s.histogram, seconds) : 0),
        },
      ]
    }),
  )
}
