import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { LogLine } from '../../shared/frames.ts'

/** How many lines are kept; older ones are dropped. */
export const MOST_LINES = 5000

/** Log lines of the simulated system, oldest first. Written by `net/` alone. */
export const logsStore = createStore<{ readonly lines: readonly LogLine[] }>(() => ({ lines: [] }))

/** Merges lines by their number: a history that arrives after newer lines finds its place before them. */
export function addLogs(more: readonly LogLine[]): void {
  if (more.length === 0) return
  logsStore.setState(({ lines }) => {
    const last = lines.at(-1)?.n ?? -1
    const first = more[0]?.n ?? 0
    if (first > last) return { lines: [...lines, ...more].slice(-MOST_LINES) }
    const byNumber = new Map([...lines, ...more].map((l) => [l.n, l]))
    return { lines: [...byNumber.values()].toSorted((a, b) => a.n - b.n).slice(-MOST_LINES) }
  })
}

export const forgetLogs = (): void => logsStore.setState({ lines: [] })

export const useLogs = (): readonly LogLine[] => useStore(logsStore, (s) => s.lines)
