import { type Histogram, quantile } from './times/histogram.ts'
import { A, type Station } from './state.ts'

/** A ratio, or null when there is nothing to compare with: no traffic is unknown, not zero. */
export const ratio = (part: number, whole: number): number | null =>
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

/** The sums of several cells since the last sample in one list: counts add, seconds pass once, CPU is weighted by slots. */
export function sumsOf(stations: readonly Station[]): readonly number[] {
  const [first] = stations
  if (!first || stations.length === 1) return first?.sums ?? []
  const all = first.sums.map((_, place) => stations.reduce((n, s) => n + (s.sums[place] ?? 0), 0))
  all[A.seconds] = first.sums[A.seconds] ?? 0
  const slots = all[A.slots] ?? 0
  const cpu = stations.reduce((n, s) => n + (s.sums[A.cpu] ?? 0) * (s.sums[A.slots] ?? 0), 0)
  all[A.cpu] = slots > 0 ? cpu / slots : 0
  return all
}

/** 0 well, 1 strained, 2 failing. A part that is down strains the whole; it fails by its errors, or when nothing is left. */
function healthOf(s: readonly number[], answers: Answers, stations: readonly Station[]): number {
  const slots = s[A.slots] ?? 0
  const saturation = slots > 0 ? (s[A.busy] ?? 0) / slots : 1
  const error = answers.error ?? 0
  let away = 0
  let meant = 0
  for (const station of stations) {
    // A cell that is to have no instances is missed by nobody.
    if (station.ready === 0 && station.startAt.length === 0) continue
    meant += 1
    if (station.ready === 0 || (station.sums[A.down] ?? 0) > 0) away += 1
  }
  if (away === meant || slots === 0 || error > 0.05) return 2
  return error > 0.01 || saturation > 0.9 || away > 0 ? 1 : 0
}

/**
 * p50, p95 and p99 as measured from `count` requests: the share of a sample that lies below a time scatters by √(q(1 − q)/count) around
 * its own. `luck` is the standard normal draw of this sample; 0 gives the true ones.
 */
export function percentiles(times: Histogram | null, o: { luck: number; count: number }): (number | null)[] {
  return [0.5, 0.95, 0.99].map((q) => {
    if (!times) return null
    const off = o.luck === 0 ? 0 : o.luck * Math.sqrt((q * (1 - q)) / Math.max(1, o.count))
    return quantile(times, Math.min((1 + q) / 2, Math.max(q / 2, q + off)))
  })
}

/** The columns every server has, from the sums of its cells and their response times in one. */
export function serverValues(
  s: readonly number[],
  o: { stations: readonly Station[]; times: Histogram | null; luck: number },
): (number | null)[] {
  const { stations, times, luck } = o
  const n = s[A.seconds] ?? 0
  const mean = (place: number): number | null => (n > 0 ? (s[place] ?? 0) / n : null)
  const answers = answersOf(s)
  const status = (k: number) => mean(A.status + k)
  const lost = mean(A.lost) ?? 0
  const failures = (status(2) ?? 0) + (status(3) ?? 0) + (status(4) ?? 0) + lost
  return [
    mean(A.offered),
    mean(A.ok),
    answers.error,
    status(0),
    status(1),
    n > 0 ? failures : null,
    status(2),
    // Who waits for a request lost with its instance finds the connection closed: 503.
    n > 0 ? (status(3) ?? 0) + lost : null,
    status(4),
    mean(A.abandoned),
    ...percentiles(times, { luck, count: answers.ok + answers.failed }),
    mean(A.queue),
    mean(A.busy),
    ratio(s[A.busy] ?? 0, s[A.slots] ?? 0),
    mean(A.cpu),
    (s[A.present] ?? 0) > 0 ? (s[A.memory] ?? 0) / (s[A.present] ?? 1) : null,
    mean(A.ready),
    stations.reduce((sum, station) => sum + station.restarts, 0),
    n > 0 ? healthOf(s, answers, stations) : null,
  ]
}

/** The columns of a zone or group of a component. */
export function partValues(
  stations: readonly Station[],
  o: { times: Histogram | null; luck: number },
): (number | null)[] {
  const s = sumsOf(stations)
  const answers = answersOf(s)
  const n = s[A.seconds] ?? 0
  const mean = (place: number): number | null => (n > 0 ? (s[place] ?? 0) / n : null)
  return [
    mean(A.offered),
    answers.error,
    percentiles(o.times, { luck: o.luck, count: answers.ok + answers.failed })[2] ?? null,
    mean(A.ready),
    ratio(s[A.busy] ?? 0, s[A.slots] ?? 0),
  ]
}
