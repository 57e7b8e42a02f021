import { fillRatio } from './cache.ts'
import { above, always, BUCKETS, type Histogram, histogram, quantile, sum, within } from './histogram.ts'
import { responseTimes } from './latency.ts'
import type { Model, SourceModel } from './model.ts'
import { A, type PhysicsState, type SourceState, type Station, sumOf } from './state.ts'

/** A ratio, or null when there is nothing to compare with: no traffic is unknown, not zero. */
const ratio = (part: number, whole: number): number | null =>
  whole > 1e-9 ? Math.min(1, Math.max(0, part / whole)) : null

interface Answers {
  readonly ok: number
  readonly failed: number
  readonly error: number | null
}
function answersOf(s: readonly number[]): Answers {
  const ok = s[A.ok] ?? 0
  let failed = (s[A.abandoned] ?? 0) + (s[A.lost] ?? 0)
  // What is turned away on purpose is an answer, but no error of the component; it has its own column.
  for (let k = 0; k < 5; k += 1) failed += s[A.status + k] ?? 0
  failed -= s[A.shed] ?? 0
  return { ok, failed, error: ratio(failed, ok + failed) }
}

function healthOf(s: readonly number[], answers: Answers, station: Station): number {
  const slots = s[A.slots] ?? 0
  const saturation = slots > 0 ? (s[A.busy] ?? 0) / slots : 1
  const error = answers.error ?? 0
  if (station.ready === 0 || (s[A.down] ?? 0) > 0 || slots === 0 || error > 0.05) return 2
  return error > 0.01 || saturation > 0.9 ? 1 : 0
}

function serverValues(s: readonly number[], station: Station, times: Histogram | null): (number | null)[] {
  const n = s[A.seconds] ?? 0
  const mean = (place: number): number | null => (n > 0 ? (s[place] ?? 0) / n : null)
  const answers = answersOf(s)
  const status = (k: number) => mean(A.status + k)
  const failures = (status(2) ?? 0) + (status(3) ?? 0) + (status(4) ?? 0) + (mean(A.lost) ?? 0)
  return [
    mean(A.offered),
    mean(A.ok),
    answers.error,
    status(0),
    status(1),
    n > 0 ? failures : null,
    mean(A.abandoned),
    times && quantile(times, 0.5),
    times && quantile(times, 0.95),
    times && quantile(times, 0.99),
    mean(A.queue),
    mean(A.busy),
    ratio(s[A.busy] ?? 0, s[A.slots] ?? 0),
    mean(A.cpu),
    (s[A.present] ?? 0) > 0 ? (s[A.memory] ?? 0) / (s[A.present] ?? 1) : null,
    mean(A.ready),
    station.restarts,
    n > 0 ? healthOf(s, answers, station) : null,
  ]
}

/** Times of good requests of a source, by bucket: those of first attempts, and later ones after a timeout and a pause each. */
function goodTimes(
  model: Model,
  source: SourceModel,
  s: SourceState,
  entry: Histogram | null,
): Histogram | null {
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

/**
 * Means, percentiles and counts since the last sample, in the order of `model.metrics`; null is unknown (no traffic, say). Begins a new
 * sample: sums start again from zero, and the sources' totals now hold everything up to here.
 */
export function takeSample(model: Model, state: PhysicsState): (number | null)[] {
  const values: (number | null)[] = []
  const times = responseTimes(model, state)
  for (const c of model.components) {
    const station = state.stations[c.index]
    if (!station) continue
    const s = station.sums
    const n = s[A.seconds] ?? 0
    values.push(...serverValues(s, station, times[c.index] ?? null))
    if (c.kind === 'load-balancer') values.push(ratio(s[A.shed] ?? 0, s[A.offered] ?? 0) ?? 0)
    if (c.keys) {
      const hits = s[A.hits] ?? 0
      values.push(
        ratio(hits, hits + (s[A.misses] ?? 0)),
        fillRatio(c.keys, station.fill),
        n > 0 ? (s[A.evictions] ?? 0) / n : null,
      )
    }
    if (c.kind === 'queue') {
      const oldest = station.messageAt[0]
      values.push(sumOf(station.messages), oldest === undefined ? 0 : Math.max(0, state.second + 1 - oldest))
    }
    if (c.kind === 'object-store') values.push(station.size)
    for (const v of c.versions) {
      const sums = state.versionSums[v.index] ?? []
      const came = sums[1] ?? 0
      values.push(
        n > 0 ? (sums[0] ?? 0) / n : (state.shares[v.index] ?? 0),
        n > 0 ? came / n : null,
        ratio(sums[2] ?? 0, came),
      )
    }
  }
  for (const source of model.sources) {
    const s = state.sources[source.index]
    if (!s) continue
    const n = state.stations[source.to]?.sums[A.seconds] ?? 0
    const good = sumOf(s.goodByAttempt)
    const bad = s.sums[1] ?? 0
    // Retries answered now were put off some seconds ago: the mean delay changes slowly.
    if ((s.sums[3] ?? 0) > 1e-9) s.pause = (s.sums[2] ?? 0) / (s.sums[3] ?? 1)
    const h = goodTimes(model, source, s, times[source.to] ?? null)
    if (h) {
      while (s.histogram.length < BUCKETS) s.histogram.push(0)
      for (let i = h.from; i < h.to; i += 1) s.histogram[i] = (s.histogram[i] ?? 0) + good * (h.share[i] ?? 0)
    }
    values.push(
      n > 0 ? (s.sums[0] ?? 0) / n : null,
      ratio(good, good + bad),
      n > 0 ? bad / n : null,
      h && quantile(h, 0.5),
      h && quantile(h, 0.95),
      h && quantile(h, 0.99),
    )
  }
  reset(state)
  return values
}

/** Begins a new sample; what happened in the last one stays readable for log lines. */
function reset(state: PhysicsState): void {
  for (const station of state.stations) {
    station.happened = station.sums
    station.sums = station.sums.map(() => 0)
    station.waitLow = -1
    station.waitHigh = 0
  }
  for (const call of state.calls) {
    call.happened = call.sums
    call.sums = call.sums.map(() => 0)
  }
  for (const source of state.sources) {
    source.sums = [0, 0, 0, 0]
    source.goodByAttempt = []
  }
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
