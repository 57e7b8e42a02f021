import type { ViewOf } from '../../../shared/contracts/index.ts'
import type { StatusLevel } from '../../ui/Status.tsx'
import { number } from '../../ui/format.ts'

type Slos = ViewOf<'objectives'>['slos']

/** What users feel, in a word: the objective hit worst. Unknown when what players could see says nothing. */
export function impactOf(slos: Slos): { readonly level: StatusLevel; readonly word: string } {
  const known = slos.filter((s) => s.impact !== null)
  const worst = known.reduce<number | null>(
    (most, s) => (s.badPerMinute === null ? most : Math.max(most ?? 0, s.badPerMinute)),
    null,
  )
  const many = worst === null ? '' : `${number(Math.round(worst), 'count')} bad req/min`
  // It ends after two minutes within the objective; until then it is easing, not over.
  if (known.some((s) => s.impact)) {
    const easing = worst !== null && worst < 0.5
    return easing
      ? { level: 'warning', word: 'impact easing' }
      : { level: 'bad', word: many || 'users affected' }
  }
  if (known.length === 0 || known.length < slos.length) return { level: 'unknown', word: 'impact unknown' }
  // Impact is spoken of only after a minute beyond the objective; until then it is no good news either.
  if (known.some((s) => s.sli !== null && s.sli < s.objective)) return { level: 'warning', word: many }
  if (worst !== null && worst >= 0.5) return { level: 'good', word: many }
  return { level: 'good', word: 'no impact' }
}

/** The smallest share of an error budget left, 0 to 1; null when none is known. */
export function budgetOf(slos: Slos): { readonly left: number | null; readonly level: StatusLevel } {
  const left = slos.reduce<number | null>(
    (least, s) => (s.budgetLeft === null ? least : Math.min(least ?? 1, s.budgetLeft)),
    null,
  )
  if (left === null) return { left, level: 'unknown' }
  return { left: Math.max(0, left), level: left > 0.5 ? 'good' : left > 0.1 ? 'warning' : 'bad' }
}
