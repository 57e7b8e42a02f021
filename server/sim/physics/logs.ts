import type { Model } from './model.ts'
import { A, CS, NEVER, type PhysicsState } from './state.ts'

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
    const station = state.stations[c.index]
    const seconds = station?.happened[A.seconds] ?? 0
    if (!station || seconds <= 0) continue
    const tell = (kind: Happening, count: number, to?: string) => {
      const rate = count / seconds
      if (rate > LEAST) rates.push({ component: c.id, kind, rate, ...(to !== undefined && { to }) })
    }
    const of = (place: number) => station.happened[place] ?? 0
    STATUS.forEach((kind, k) => tell(kind, of(A.status + k)))
    tell('abandoned', of(A.abandoned))
    tell('shed', of(A.shed))
    tell('oom', of(A.oom))
    tell('restart', of(A.started))
    tell('lost', of(A.lost))
    for (const call of c.calls) {
      const memory = state.calls[call.index]
      if (!memory) continue
      const to = model.components[call.to]?.id ?? ''
      tell('timeout', memory.happened[CS.late] ?? 0, to)
      if (call.onMiss) tell('miss', memory.happened[CS.calls] ?? 0, to)
      if (memory.openUntil > NEVER) tell('breaker-open', seconds / 5, to)
    }
  }
  return rates
}
