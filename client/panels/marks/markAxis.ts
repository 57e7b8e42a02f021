import { MARK_TITLES, MARKS, type ExerciseRecord } from '../../../shared/record.ts'

export interface PlacedMark {
  readonly id: (typeof MARKS)[number]
  readonly title: string
  readonly at: number
  readonly wall: number
  /** Place on the axis, 0 to 1. */
  readonly place: number
  /** Line of its label, so that labels do not lie on one another. */
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
const LABEL = 0.2

/** Puts the marks of an exercise on one axis from the start of play to its end; neighbours get labels on different rows. */
export function markAxis(marks: ExerciseRecord['marks'], endsAt: number): MarkAxis {
  const reached = MARKS.flatMap((id) => {
    const mark = marks[id]
    return mark === null ? [] : [{ id, title: MARK_TITLES[id], at: mark.at, wall: mark.wall }]
  }).sort((a, b) => a.at - b.at)
  const from = Math.min(0, ...reached.map((m) => m.at))
  const to = Math.max(from + 60_000, endsAt, ...reached.map((m) => m.at))
  const rows: number[] = []
  const placed = reached.map((mark): PlacedMark => {
    const place = (mark.at - from) / (to - from)
    const free = rows.findIndex((taken) => taken <= place)
    const row = free === -1 ? rows.length : free
    rows[row] = place + LABEL
    return { ...mark, place, row }
  })
  return { from, to, marks: placed, missing: MARKS.filter((id) => marks[id] === null).map((id) => MARK_TITLES[id]) }
}
