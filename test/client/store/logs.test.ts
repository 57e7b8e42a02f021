import { beforeEach, describe, expect, test } from 'vitest'
import { addLogs, forgetLogs, logsStore, MOST_LINES } from '../../../client/store/logs.ts'
import type { LogLine } from '../../../shared/frames.ts'

beforeEach(forgetLogs)
const lines = (...numbers: number[]): LogLine[] =>
  numbers.map((n) => ({ n, at: n, component: 'web-tier', level: 'info', text: `line ${n}` }))
const numbers = () => logsStore.getState().lines.map((l) => l.n)

describe('log lines', () => {
  test('a history that arrives late finds its place before newer lines', () => {
    addLogs(lines(4, 5))
    addLogs(lines(1, 2, 3, 4))
    expect(numbers()).toEqual([1, 2, 3, 4, 5])
  })
  test('only the newest are kept', () => {
    addLogs(lines(...Array.from({ length: MOST_LINES }, (_, n) => n)))
    addLogs(lines(MOST_LINES, MOST_LINES + 1))
    expect(numbers()).toHaveLength(MOST_LINES)
    expect(numbers().at(-1)).toBe(MOST_LINES + 1)
  })
})
