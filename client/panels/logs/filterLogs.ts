import type { LogLine } from '../../../shared/frames.ts'

export const LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type Level = LogLine['level']

export interface LogFilter {
  /** Every word must occur, in any case, in the text or the component. */
  readonly text: string
  /** This level and everything above it. */
  readonly level: Level
  readonly component: string | null
}

/** The lines a filter lets through, in their order. */
export function filterLogs(lines: readonly LogLine[], filter: LogFilter): readonly LogLine[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  const least = LEVELS.indexOf(filter.level)
  if (words.length === 0 && least <= 0 && filter.component === null) return lines
  return lines.filter((line) => {
    if (LEVELS.indexOf(line.level) < least) return false
    if (filter.component !== null && line.component !== filter.component) return false
    const hay = `${line.component} ${line.text}`.toLowerCase()
    return words.every((word) => hay.includes(word))
  })
}

/** The part of a list of equally high rows that is worth drawing: some rows more than the eye sees. */
export function visibleRows({
  scroll,
  height,
  row,
  count,
}: {
  scroll: number
  height: number
  row: number
  count: number
}): {
  from: number
  to: number
} {
  const margin = 12
  const from = Math.max(0, Math.min(count, Math.floor(scroll / row)) - margin)
  const to = Math.min(count, Math.ceil((scroll + height) / row) + margin)
  return { from, to: Math.max(from, to) }
}
