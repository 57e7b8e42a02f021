import type { Trace, TraceSpan } from '../../../shared/requests.ts'

export interface WaterfallRow {
  readonly span: TraceSpan
  readonly depth: number
}

/** The spans of a trace, each under the one that asked for it in the order they began, and how long all of them take together (s). */
export function waterfall(trace: Trace): { readonly rows: readonly WaterfallRow[]; readonly length: number } {
  const rows: WaterfallRow[] = []
  const under = (parent: number, depth: number): void => {
    trace.spans
      .map((span, i) => ({ span, i }))
      .filter(({ span }) => span.parent === parent)
      .toSorted((a, b) => a.span.start - b.span.start || a.i - b.i)
      .forEach(({ span, i }) => {
        rows.push({ span, depth })
        under(i, depth + 1)
      })
  }
  under(-1, 0)
  // Work goes on after a caller has given up: the drawing must have room for it.
  const length = rows.reduce((most, { span }) => Math.max(most, span.start + span.duration), trace.duration)
  return { rows, length }
}
