/** A cell as a spreadsheet may read it; null stays empty. */
export type Cell = string | number | boolean | null

// A spreadsheet takes text that begins like this for a formula and runs it.
const LOOKS_LIKE_FORMULA = /^[=+\-@\t\r]/

function cell(value: Cell): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const text = LOOKS_LIKE_FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * Rows as CSV by RFC 4180: commas, CRLF after every row, quotes doubled. Text that a spreadsheet would run as a
 * formula gets a leading apostrophe, as OWASP advises; numbers stay numbers.
 */
export function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}
