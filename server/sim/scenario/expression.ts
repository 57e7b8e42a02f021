import { parse, ParseError } from '@marcbachmann/cel-js'
import { type Code, compileTree, Fault, type Metrics } from './expressionTree.ts'
import { desugar } from './expressionText.ts'

/** Telemetry as an expression reads it. Columns are those of a sample. */
export interface Read {
  /** The newest value; null is unknown. */
  latest(column: number): number | null
  /** The samples of the last `ms` exercise milliseconds, oldest first, one for each scrape interval. */
  window(column: number, ms: number): readonly (number | null)[]
}

/** A compiled expression. */
export interface Expr {
  /** As the author wrote it. */
  readonly source: string
  /** Columns it reads, each once. */
  readonly columns: readonly number[]
  /** How far back it looks, exercise ms; 0 when it reads newest values only. */
  readonly horizonMs: number
  /** Its value now. Null is unknown: something it depends on was not measured, or was divided by zero. Never throws. */
  value(read: Read): number | boolean | null
}

/** Why an expression cannot be used: where in its text (from 0), what, and a way out. */
export interface ExpressionFault {
  readonly offset: number
  readonly message: string
  readonly wayOut: string
}
export type Compiled =
  { readonly ok: true; readonly expr: Expr } | { readonly ok: false; readonly fault: ExpressionFault }

export interface ExpressionOptions {
  readonly metrics: Metrics
  /** What its value must be: a condition is boolean, a metric is a number. */
  readonly wants: 'boolean' | 'number'
}

/** The longest text that is read as an expression. */
export const LONGEST_EXPRESSION = 2000

/**
 * Compiles CEL over metrics (cel-spec, the part about numbers and truth): `db.cpu > 0.9 && avg_over(cache.hit_ratio, 5m) < 0.5`. All metrics are
 * doubles, whole numbers in the text compare with them as such, durations (`5m`) are seconds and `90%` is 0.9. Logic is three-valued: an unknown
 * operand makes `&&` and `||` unknown unless the other side decides.
 */
export function compileExpression(source: string, { metrics, wants }: ExpressionOptions): Compiled {
  const failed = (offset: number, message: string, wayOut: string): Compiled => ({
    ok: false,
    fault: { offset, message, wayOut },
  })
  if (source.trim() === '')
    return failed(0, 'the expression is empty', 'Write a condition, like `db.cpu > 0.9`.')
  if (source.length > LONGEST_EXPRESSION)
    return failed(
      0,
      `the expression is longer than ${LONGEST_EXPRESSION} characters`,
      'Move parts of it into custom metrics.',
    )
  const { text, back } = desugar(source)
  let code: Code
  try {
    code = compileTree(parse(text).ast, metrics)
  } catch (err) {
    if (err instanceof Fault) return failed(back(err.offset), err.message, err.wayOut)
    if (err instanceof ParseError) {
      const offset = Math.min(back(err.range?.start ?? 0), source.length)
      return failed(offset, `the expression cannot be read: ${plain(err.summary)}`, hint(source, offset))
    }
    // cel-js throws plain errors for some malformed literals; any other throw would be a bug of theirs, and is the author's text all the same.
    return failed(0, 'the expression cannot be read', hint(source, 0))
  }
  if (code.type !== wants) {
    return wants === 'boolean'
      ? failed(
          0,
          'the expression gives a number, but a condition is needed here',
          'Compare it with something: `… > 0.9`.',
        )
      : failed(
          0,
          'the expression gives true or false, but a number is needed here',
          'Turn it into a number: `… ? 1 : 0`.',
        )
  }
  return {
    ok: true,
    expr: { source, columns: [...new Set(code.columns)], horizonMs: code.horizonMs, value: code.run },
  }
}

const plain = (summary: string) =>
  summary
    .slice(0, 80)
    .replace('Unexpected token: EOF', 'it ends too early')
    .replace(/^Unexpected token: /, 'unexpected ')
    .replace(/^Unexpected character: /, 'unexpected ')

function hint(source: string, offset: number): string {
  if (/\b(and|or|not)\b/i.test(source)) return 'Write `&&` for and, `||` for or, `!` for not.'
  if (/(^|[^=!<>])=([^=]|$)/.test(source)) return 'Write `==` to compare.'
  if (/[a-z]-[a-z]/.test(source))
    return 'Names of metrics are written with `_`: `web_tier.cpu`, not `web-tier.cpu`.'
  if (/\.(in|as)\b/.test(source.slice(0, offset + 4))) return 'A metric cannot be called `in`.'
  return 'An expression looks like `db.cpu > 0.9 && cache.hit_ratio < 50%`.'
}
