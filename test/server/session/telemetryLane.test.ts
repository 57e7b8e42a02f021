import { expect, test } from 'vitest'
import { createTelemetryLane } from '../../../server/session/telemetryLane.ts'

const lane = () => createTelemetryLane((role) => (role === 'gm' ? [0, 1, 2] : [2, 0]))

test('every role gets its own columns, in its own order', () => {
  const l = lane()
  const rows = l.add([{ n: 0, at: 5000, values: [1, 2, 3] }], [])
  expect(l.frame('gm', rows)).toEqual({ first: 0, at: [5000], values: [[1, 2, 3]] })
  expect(l.frame('operations', rows)).toEqual({ first: 0, at: [5000], values: [[3, 1]] })
})

test('values are told with four significant digits, and what is no number is unknown', () => {
  const [row] = lane().add([{ n: 0, at: 0, values: [0.123456, Number.POSITIVE_INFINITY, 123456] }], [])
  expect(row?.values).toEqual([0.1235, null, 123500])
})

test('the whole past can be had, and its numbering goes on', () => {
  const l = lane()
  l.add([{ n: 0, at: 0, values: [1, 1, 1] }], [])
  l.add([{ n: 1, at: 5000, values: [2, 2, 2] }], [])
  expect(l.history('operations')).toEqual({
    first: 0,
    at: [0, 5000],
    values: [
      [1, 1],
      [2, 2],
    ],
  })
  expect(l.frame('gm', []).first).toBe(2)
})

test('only the newest log lines are kept', () => {
  const l = lane()
  const line = (n: number) => ({ n, at: n, component: 'web', level: 'info' as const, text: 'x' })
  l.add(
    [],
    Array.from({ length: 6000 }, (_, n) => line(n)),
  )
  expect(l.logs()).toHaveLength(5000)
  expect(l.logs()[0]?.n).toBe(1000)
})

test('a sample that reached nobody is known to the game master alone', () => {
  const l = createTelemetryLane(
    (role) => (role === 'gm' ? [0, 1] : [0]),
    (values) => values[1] === 0,
  )
  const rows = l.add(
    [
      { n: 0, at: 0, values: [1, 1] },
      { n: 1, at: 5000, values: [2, 0] },
    ],
    [],
  )
  expect(l.frame('operations', rows).values).toEqual([[1], [null]])
  expect(l.history('operations').values).toEqual([[1], [null]])
  expect(l.frame('gm', rows).values).toEqual([
    [1, 1],
    [2, 0],
  ])
})
