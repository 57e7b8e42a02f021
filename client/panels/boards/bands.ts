import type { Unit } from '../../../shared/contracts/system.ts'
import type { StatusLevel } from '../../ui/Status.tsx'
import { firstAt } from '../samples.ts'
import { HEALTH_LEVELS } from './healthLevels.ts'
import { reading } from './reading.ts'
import type { TimeWindow } from './boardData.ts'

/** A stretch of time in which a metric kept its state, in exercise ms. */
export interface Band {
  readonly from: number
  readonly to: number
  readonly level: StatusLevel
  readonly word: string
}

interface StateOf {
  readonly metric: string
  readonly unit: Unit
  readonly threshold: number | null
  /** Usual values lie above the limit, as a share of good answers does: then below it is past it. */
  readonly healthyAbove: boolean
  /** The most it was in the window: all instances there. */
  readonly most: number
}

/**
 * The state a value stands for. Health is its own; a metric with a limit is within or past it; a flag or a count (instances, say) is
 * well at its most, strained below, bad at nothing.
 */
export function stateOf(
  value: number | null,
  { metric, unit, threshold, healthyAbove, most }: StateOf,
): Pick<Band, 'level' | 'word'> {
  if (value === null) return { level: 'unknown', word: 'no data' }
  if (metric.endsWith('.health')) return HEALTH_LEVELS[value] ?? { level: 'unknown', word: 'unknown' }
  if (threshold !== null)
    return (healthyAbove ? value < threshold : value > threshold)
      ? { level: 'bad', word: 'past its limit' }
      : { level: 'good', word: 'within its limit' }
  // Between two samples an instance may have been there for part of the time.
  const whole = Math.round(value)
  return {
    level: whole >= Math.round(most) ? 'good' : whole > 0 ? 'warning' : 'bad',
    word: reading(whole, unit),
  }
}

/** Samples of a window as bands: neighbours in the same state are one. A sample stands for the time since the one before. */
export function bandsOf(o: {
  readonly at: readonly number[]
  readonly column: readonly (number | null)[] | undefined
  readonly window: TimeWindow
  readonly metric: string
  readonly unit: Unit
  readonly threshold: number | null
  readonly healthyAbove: boolean
}): Band[] {
  const { at, column, window } = o
  const first = firstAt(at, window.from)
  const end = firstAt(at, window.to + 1)
  let most = 0
  for (let i = first; i < end; i += 1) most = Math.max(most, column?.[i] ?? 0)
  const out: Band[] = []
  for (let i = first; i < end; i += 1) {
    const state = stateOf(column?.[i] ?? null, { ...o, most })
    const from = Math.max(window.from, at[i - 1] ?? window.from)
    const to = at[i] ?? from
    const last = out.at(-1)
    if (last && last.word === state.word && last.level === state.level) out[out.length - 1] = { ...last, to }
    else if (to > from) out.push({ from, to, ...state })
  }
  return out
}
