import { describe, expect, test } from 'vitest'
import { heatGridOf } from '../../../client/panels/boards/heatData.ts'
import { placesOf } from '../../../client/panels/drawHeat.ts'
import { heatColours, heatStep } from '../../../client/panels/heatColours.ts'
import {
  boxOf,
  busiestOf,
  cellsOf,
  greatestOf,
  rowsInUse,
  type HeatGrid,
} from '../../../client/panels/heatGrid.ts'

const durations = Array.from({ length: 21 }, (_, i) => 0.001 * 2 ** i)
const grid = (cells: readonly (readonly [column: number, row: number, count: number])[]): HeatGrid => ({
  times: [0, 10_000, 20_000, 30_000],
  durations,
  counts: [0, 1, 2].map((c) =>
    Array.from({ length: 20 }, (_, r) => cells.find(([x, y]) => x === c && y === r)?.[2] ?? 0),
  ),
})

describe('a heat map', () => {
  test('draws the rows in use and one more to either side, six at least', () => {
    expect(
      rowsInUse(
        grid([
          [0, 3, 1],
          [2, 12, 1],
        ]),
      ),
    ).toEqual({ first: 2, last: 13 })
    const few = rowsInUse(grid([[0, 10, 1]]))
    expect(few.last - few.first).toBeGreaterThanOrEqual(5)
    expect(rowsInUse(grid([]))).toEqual({ first: 0, last: 11 })
  })
  test('finds the cell under a point, and draws it there', () => {
    const g = grid([
      [0, 3, 1],
      [2, 12, 1],
    ])
    const places = placesOf(g, { width: 400, height: 200 })
    for (const [column, row] of [
      [0, 2],
      [1, 7],
      [2, 13],
    ] as const)
      expect(places.cellAt(places.x(column) + 1, places.y(row) + 1)).toEqual({ column, row })
    expect(places.cellAt(-50, 5000)).toEqual({ column: 0, row: 2 })
  })
  test('a box covers its cells whole, beyond the scale at its ends', () => {
    const g = grid([])
    const box = boxOf(g, { column: 2, row: 8 }, { column: 1, row: 5 })
    expect(box).toEqual({ from: 10_000, to: 30_000, low: durations[5], high: durations[9] })
    expect(cellsOf(g, box)).toEqual({ from: { column: 1, row: 5 }, to: { column: 2, row: 8 } })
    const all = boxOf(g, { column: 0, row: 0 }, { column: 2, row: 19 })
    expect(all.low).toBe(0)
    expect(all.high).toBeGreaterThan(1e9)
  })
  test('tells where most of it lies', () => {
    expect(
      busiestOf(
        grid([
          [0, 3, 1],
          [1, 3, 2],
          [2, 9, 1],
        ]),
      ),
    ).toEqual({ row: 3, share: 0.75 })
    expect(busiestOf(grid([]))).toBeNull()
    expect(
      greatestOf(
        grid([
          [0, 3, 1],
          [1, 3, 7],
        ]),
      ),
    ).toBe(7)
  })
  test('shows one beside ten thousand, and nothing as nothing', () => {
    expect(heatStep(0, 100)).toBe(0)
    expect(heatStep(1, 10_000)).toBe(1)
    expect(heatStep(100, 100)).toBe(7)
    const steps = Array.from({ length: 100 }, (_, i) => heatStep(i + 1, 100))
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
  })
})

/** Relative luminance (WCAG 2.2). */
const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
test('the colours run one way in lightness, and the strongest stand out from the ground', () => {
  const dark = heatColours('dark').map(luminance)
  const light = heatColours('light').map(luminance)
  expect(dark).toEqual(dark.toSorted((a, b) => a - b))
  expect(light).toEqual(light.toSorted((a, b) => b - a))
  const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
  expect(contrast(dark.at(-1) ?? 0, luminance('#1a2029'))).toBeGreaterThan(4.5)
  expect(contrast(light.at(-1) ?? 0, luminance('#ffffff'))).toBeGreaterThan(4.5)
})

test('samples are put together where there are many, as means of a second', () => {
  const map = {
    component: 'web',
    edges: [0.001, 0.002, 0.004],
    at: [5_000, 10_000, 15_000],
    counts: [[1, 2], [3], []],
  }
  const few = heatGridOf(map, { from: 0, to: 15_000 })
  expect(few.counts).toEqual([
    [1, 2],
    [3, 0],
    [0, 0],
  ])
  const hour = heatGridOf(map, { from: 0, to: 3_600_000 })
  expect(hour.counts.length).toBeLessThanOrEqual(90)
  expect(hour.counts[0]?.[0]).toBeCloseTo(4 / 8)
})
