import type { Finding } from './scenario.ts'

/** A place in a file; lines and columns count from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Takes findings as they turn up. */
export interface Findings {
  error(place: Place, message: string, wayOut: string): void
  warning(place: Place, message: string, wayOut: string): void
  /** By file and place, each said once. */
  all(): Finding[]
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?:]$/.test(text) ? '' : '.'}`

export function createFindings(): Findings {
  const found = new Map<string, Finding>()
  const add = (severity: Finding['severity']) => (place: Place, message: string, wayOut: string) => {
    const { file, line, column } = place
    found.set(`${file}:${line}:${column}:${message}`, {
      file,
      line,
      column,
      severity,
      message: sentence(message),
      wayOut: sentence(wayOut),
    })
  }
  return {
    error: add('error'),
    warning: add('warning'),
    all: () =>
      [...found.values()].sort(
        (a, b) => Number(a.file > b.file) - Number(a.file < b.file) || a.line - b.line || a.column - b.column,
      ),
  }
}
