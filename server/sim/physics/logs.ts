import { DATA_HAPPENINGS, tellData } from './data/dataLogs.ts'
import { quotaStatus } from './data/limits.ts'
import type { Model } from './model/model.ts'
import { A, AS, CS, NEVER, type PhysicsState } from './state.ts'

/** Kinds of happenings that log lines can tell of: statuses by number, and these. */
export const HAPPENINGS = [
  '404',
  '429',
  '500',
  '503',
  '504',
  'abandoned',
  'timeout',
  'miss',
  'shed',
  'oom',
  'restart',
  'lost',
  'breaker-open',
  'unhealthy',
  'ejected',
  'scaled-up',
  'scaled-down',
  'start-refused',
  'no-room',
  'crash-loop',
  'certificate',
  'name-failed',
  'quota',
  'item-failed',
  ...DATA_HAPPENINGS,
] as const
export type Happening = (typeof HAPPENINGS)[number]
export interface LogRate {
  readonly component: string
  readonly kind: Happening
  /** Happenings a second during the last sample. */
  readonly rate: number
  /** For calls: the component called. */
  readonly to?: string
}

const STATUS: readonly Happening[] = ['404', '429', '500', '503', '504']
/** Rarer than this (a second) a happening is left out: sums carry rounding. */
const LEAST = 1e-4

/** Notable happenings of the last sample, by component: read after `takeSample`. Only those that happened at all. */
export function logRates(model: Model, state: PhysicsState): LogRate[] {
  const rates: LogRate[] = []
  for (const c of model.components) {
    const stations = c.cells.flatMap((i) => state.stations[i] ?? [])
    const seconds = stations[0]?.happened[A.seconds] ?? 0
    if (seconds <= 0) continue
    const tell = (kind: Happening, count: number, to?: string) => {
      const rate = count / seconds
      if (rate > LEAST) rates.push({ component: c.id, kind, rate, ...(to !== undefined && { to }) })
    }
    const of = (place: number) => stations.reduce((sum, s) => sum + (s.happened[place] ?? 0), 0)
    STATUS.forEach((kind, k) => tell(kind, of(A.status + k)))
    tell('abandoned', of(A.abandoned))
    tell('shed', of(A.shed))
    tell('oom', of(A.oom))
    tell('restart', of(A.started))
    tell('lost', of(A.lost))
    tell('scaled-up', of(A.scaledUp))
    tell('scaled-down', of(A.scaledDown))
    tell('start-refused', of(A.refused))
    tell('no-room', of(A.roomless))
    tell('crash-loop', of(A.crashed))
    const [first] = stations
    if (first && first.used >= first.quota)
      tell('quota', of(A.status + (quotaStatus(c.kind) === 429 ? 1 : 2)))
    const job = state.jobs[c.index]
    if (job?.failed) tell('item-failed', of(A.status + 2) + of(A.status + 3) + of(A.status + 4))
    tellData(state, c, { seconds, say: tell })
    // The cells of a component make the same calls in the same order.
    const firsts = model.cells[c.cells[0] ?? -1]?.calls ?? []
    firsts.forEach((call, n) => {
      const memories = c.cells.flatMap((i) => state.calls[model.cells[i]?.calls[n]?.index ?? -1] ?? [])
      const sum = (place: number) => memories.reduce((all, m) => all + (m.happened[place] ?? 0), 0)
      const to = model.components[call.to]?.id ?? ''
      tell('timeout', sum(CS.late), to)
      const barred = c.cells.reduce(
        (all, i) =>
          (model.cells[i]?.calls[n]?.arms ?? []).reduce(
            (inner, arm) => inner + (state.arms.happened[arm.index * AS.size + AS.barred] ?? 0),
            all,
          ),
        0,
      )
      const callee = state.stations[model.components[call.to]?.cells[0] ?? -1]
      tell((callee?.expires ?? 0) <= state.second ? 'certificate' : 'name-failed', barred, to)
      if (call.onMiss) tell('miss', sum(CS.calls), to)
      const health = c.cells.flatMap((i) =>
        (model.cells[i]?.calls[n]?.arms ?? []).map((arm) => state.health[arm.index]),
      )
      // What lasts is told of every five seconds.
      if (health.some((h) => h?.healthy === 0)) tell('unhealthy', seconds / 5, to)
      if (health.some((h) => h && h.ejectedUntil > state.second)) tell('ejected', seconds / 5, to)
      if (memories.some((m) => m.openUntil > NEVER)) tell('breaker-open', seconds / 5, to)
    })
  }
  return rates
}
