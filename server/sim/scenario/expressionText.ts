import { parseQuantity } from './units.ts'

const UNIT = '(?:ms|min|s|m|h|d)'
// Durations (5m, 1m30s) and percentages (90%) as numbers standing alone; `a % b` stays a remainder.
const SUGAR = new RegExp(
  String.raw`(?<![\w.])(?:(\d+(?:\.\d+)?${UNIT}(?:\d+(?:\.\d+)?${UNIT})*)(?!\w)|(\d+(?:\.\d+)?)%(?=\s*(?:$|[)&|,?:<>=!])))`,
  'g',
)

/** Writes durations as seconds and percentages as ratios, which CEL has no literals for; `back` finds a place of the new text in the old. */
export function desugar(source: string): {
  readonly text: string
  readonly back: (offset: number) => number
} {
  const shifts: { readonly at: number; readonly by: number }[] = []
  let by = 0
  const text = source.replace(
    SUGAR,
    (whole: string, duration: string | undefined, percent: string | undefined, at: number) => {
      const value = duration !== undefined ? parseQuantity(duration, 'seconds') : Number(percent) / 100
      const written = decimal(value ?? 0)
      by += written.length - whole.length
      shifts.push({ at: at + whole.length + by, by })
      return written
    },
  )
  return { text, back: (offset) => offset - (shifts.findLast((s) => s.at <= offset)?.by ?? 0) }
}

/** Without exponent, and with a point, so that CEL reads a double. */
const decimal = (value: number) =>
  Number.isInteger(value) ? `${value}.0` : value.toFixed(9).replace(/0+$/, '')
