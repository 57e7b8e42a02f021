import { clock } from '../../ui/format.ts'

/** Steps between the labels of a time axis, in seconds: such as people count in. */
export const TIME_STEPS: readonly number[] = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400,
]

const HOUR_S = 3600
/** Width of a digit of the axis font and the air between two labels, in pixels. */
const DIGIT = 6.6
const AIR = 9

/** A time on the axis: `12:30` within the first hour, `1:12:30` after it, with a minus before the start of play. */
export function timeLabel(seconds: number): string {
  const face = clock(seconds * 1000)
  return face.replace(/^(\u2212?)0(\d):/, (_, minus: string, hour: string) =>
    hour === '0' ? minus : `${minus}${hour}:`,
  )
}

/** Pixels that the labels between two times (in seconds) need each. */
export function labelRoom(from: number, to: number): number {
  const longest = Math.max(Math.abs(from), Math.abs(to)) >= HOUR_S ? 7 : 5
  return (longest + (from < 0 ? 1 : 0)) * DIGIT + AIR
}
