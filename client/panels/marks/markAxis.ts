import { MARK_TITLES, MARKS, type ExerciseRecord } from '../../../shared/record.ts'

export interface PlacedMark {
  readonly id: (typeof MARKS)[number]
  readonly title: string
  readonly at: number
  readonly wall: number
  /** Place on the axis, 0 to 0.8: room for the label remains to its right. */
  readonly place: number
  /** Line of its label from below, so that labels do not lie on one another. */
  readonly row: number
}
export interface MarkAxis {
  /** Exercise ms at both ends. */
  readonly from: number
  readonly to: number
  readonly marks: readonly PlacedMark[]
  /** Titles of marks that never came. */
  readonly missing: readonly string[]
}

/** Width that a label may need, as a share of the axis. */
export const LABEL = 0.2

/** Puts the marks of an exercise on one axis from the start of play to its end; neighbours get labels on different rows. */
export function markAxis(marks: ExerciseRecord['marks'], endsAt: number): MarkAxis {
  const reached = MARKS.flatMap((id) => {
    const mark = marks[id]
    return mark === null ? [] : [{ id, title: MARK_TITLES[id], at: mark.at, wall: mark.wall }]
  }).sort((a, b) => a.at - b.at)
  const from = Math.min(0, ...reached.map((m) => m.at))
  const to = Math.max(from + 60_000, endsAt, ...reached.map((m) => m.at))
  // From the last to the first: an earlier mark stands taller than every later one under its label, so no line crosses a label.
  const placed: PlacedMark[] = []
  for (const mark of reached.toReversed()) {
    const place = ((mark.at - from) / (to - from)) * (1 - LABEL)
    const under = placed.filter((later) => later.place < place + LABEL).map((later) => later.row)
    placed.unshift({ ...mark, place, row: Math.max(-1, ...under) + 1 })
  }
  return {
    from,
    to,
    marks: placed,
    missing: MARKS.filter((id) => marks[id] === null).map((id) => MARK_TITLES[id]),
  }
}
