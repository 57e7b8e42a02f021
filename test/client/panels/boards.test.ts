import { describe, expect, it } from 'vitest'
import { annotationsOf, placeLabels, type Annotation } from '../../../client/panels/boards/annotations.ts'
import { chartData, hasData, tableRows, windowOf } from '../../../client/panels/boards/boardData.ts'
import { firstAt, normalBand } from '../../../client/panels/samples.ts'
import { reading } from '../../../client/panels/boards/reading.ts'
import { statVerdict } from '../../../client/panels/boards/statVerdict.ts'
import { labelRoom, TIME_STEPS, timeLabel } from '../../../client/panels/boards/timeAxis.ts'
import { seriesStyles } from '../../../client/panels/palette.ts'
import { simMs } from '../../../shared/ids.ts'
import { aRun } from './views.ts'

const STEP = 5_000
const at = Array.from({ length: 1600 }, (_, i) => i * STEP - 3_900_000)
const column = at.map((t) => t / 1000)

describe('the window of the charts', () => {
  it('follows the newest sample until one zooms', () => {
    expect(windowOf({ zoom: null, range: 5, newest: 400_000 })).toEqual({ from: 100_000, to: 400_000 })
    expect(windowOf({ zoom: { from: 1, to: 2 }, range: 5, newest: 400_000 })).toEqual({ from: 1, to: 2 })
  })
  it('finds the first sample at or after a time', () => {
    expect(at[firstAt(at, 0)]).toBe(0)
    expect(at[firstAt(at, 1)]).toBe(STEP)
    expect(firstAt(at, 1e12)).toBe(at.length)
  })
  it('takes one sample to either side, so that lines reach the edges', () => {
    const data = chartData({ at, columns: [column], window: { from: 0, to: 60_000 }, compare: false })
    expect(data.x[0]).toBe(-5)
    expect(data.x.at(-1)).toBe(65)
    expect(data.ys[0]).toEqual(data.x)
  })
  it('lays the hour before under the same times, and nothing where there is no such past', () => {
    const data = chartData({ at, columns: [column], window: { from: 0, to: 60_000 }, compare: true })
    expect(data.earlier[0]?.[1]).toBe(-3600)
    const older = chartData({
      at,
      columns: [column],
      window: { from: -3_900_000, to: -3_800_000 },
      compare: true,
    })
    expect(older.earlier[0]?.every((v) => v === null)).toBe(true)
  })
  it('shows a metric this seat has no column for as no data', () => {
    const data = chartData({ at, columns: [undefined], window: { from: 0, to: 60_000 }, compare: false })
    expect(hasData(data.ys)).toBe(false)
  })
  it('keeps unknown samples as gaps', () => {
    const data = chartData({
      at: [0, 5000, 10_000],
      columns: [[1, null, 3]],
      window: { from: 0, to: 10_000 },
      compare: false,
    })
    expect(data.ys).toEqual([[1, null, 3]])
  })
  it('gives a table of at most twelve rows, newest first', () => {
    const rows = tableRows(
      chartData({ at, columns: [column], window: { from: 0, to: 600_000 }, compare: false }),
    )
    expect(rows.length).toBeLessThanOrEqual(12)
    expect(rows[0]?.at).toBeGreaterThan(rows[1]?.at ?? Infinity)
  })
})

describe('the band of what was normal', () => {
  it('comes from the time before the exercise alone', () => {
    const values = at.map((t, i) => (t < 0 ? i % 100 : 1e6))
    const band = normalBand(at, values)
    expect(band?.low).toBeGreaterThanOrEqual(4)
    expect(band?.high).toBeLessThanOrEqual(95)
  })
  it('is not drawn from a handful of samples', () => {
    expect(normalBand([-2, -1, 0], [1, 2, 3])).toBeNull()
  })
})

describe('a stat', () => {
  const normal = { low: 0.1, high: 0.2 }
  it('is past its limit on the side where it is not usually', () => {
    expect(statVerdict({ value: 2, unit: '1', threshold: 1, normal }).level).toBe('bad')
    expect(
      statVerdict({ value: 0.9, unit: 'ratio', threshold: 0.99, normal: { low: 0.995, high: 1 } }).level,
    ).toBe('bad')
  })
  it('warns outside the usual and is unknown without a value', () => {
    expect(statVerdict({ value: 0.5, unit: '1', threshold: 1, normal }).level).toBe('warning')
    expect(statVerdict({ value: 0.15, unit: '1', threshold: 1, normal }).level).toBe('good')
    expect(statVerdict({ value: null, unit: '1', threshold: 1, normal }).level).toBe('unknown')
  })
})

describe('a number on a board', () => {
  it('reads 0 where it is only a trace', () => {
    expect(reading(0.000372, '1')).toBe('0')
    expect(reading(0.00002, 'ratio')).toBe('0 %')
    expect(reading(14.4, '1')).toBe('14.4')
    expect(reading(0.0031, 's')).toBe('3.1 ms')
  })
  it('is as usual while it moves by less than anybody would look at', () => {
    const normal = { low: 0, high: 0.0004 }
    expect(statVerdict({ value: 0.002, unit: '1', threshold: null, normal }).word).toBe('as usual')
  })
  it('near the whole is judged by what is missing', () => {
    const normal = { low: 0.9995, high: 1 }
    const word = (value: number) => statVerdict({ value, unit: 'ratio', threshold: null, normal }).word
    expect(word(0.9991)).toBe('as usual')
    expect(word(0.98)).toBe('below usual')
  })
})

describe('the time axis', () => {
  it('counts in steps that people count in, never finer than its labels are wide', () => {
    expect(TIME_STEPS).toEqual(expect.arrayContaining([15, 30, 60, 120, 300, 600, 900, 1800]))
    // A quarter of an hour on 210 pixels, before and after the start of play.
    const step = (from: number) =>
      TIME_STEPS.find((s) => (s / 900) * 210 >= labelRoom(from, from + 900)) ?? Infinity
    expect(step(-900)).toBe(300)
    expect(step(60)).toBe(300)
  })
  it('labels minutes and seconds, and hours only where there are any', () => {
    expect(timeLabel(-600)).toBe('\u221210:00')
    expect(timeLabel(0)).toBe('00:00')
    expect(timeLabel(750)).toBe('12:30')
    expect(timeLabel(4350)).toBe('1:12:30')
  })
})

describe('colours', () => {
  it('are the same for a component on every panel, told apart by dashes within one', () => {
    const [a, b, c] = seriesStyles([3, 3, 1], 'dark')
    expect(a?.colour).toBe(b?.colour)
    expect(a?.dash).not.toEqual(b?.dash)
    expect(c?.colour).toBe(seriesStyles([1], 'dark')[0]?.colour)
  })
  it('never repeat without another dash', () => {
    const styles = seriesStyles(
      Array.from({ length: 16 }, (_, i) => i),
      'light',
    )
    expect(new Set(styles.map((s) => `${s.colour}/${s.dash.join()}`)).size).toBe(16)
  })
})

describe('annotations', () => {
  it('join changes, the declaration and started actions in the order of time', () => {
    const found = annotationsOf(
      {
        mitigations: { catalogue: [], runs: [aRun({ startedAt: simMs(300) }), aRun({ id: 'run-2' })] },
        response: {
          declared: { severity: 'SEV-1', title: 'x', by: aRun().by, at: simMs(200) },
          stoodDownAt: null,
        },
      },
      null,
    )
    expect(found.map((a) => a.id)).toEqual(['declared', 'run-1'])
  })
  it('drop labels that would run into one another, never the marked one', () => {
    const one = (id: string, marked: boolean): Annotation => ({
      id,
      at: 0,
      label: id,
      kind: 'change',
      marked,
    })
    const placed = placeLabels(
      [
        { annotation: one('a', true), x: 100, width: 50 },
        { annotation: one('b', false), x: 120, width: 50 },
        { annotation: one('c', false), x: 200, width: 50 },
      ],
      400,
    )
    expect(placed.map((p) => p.labelled)).toEqual([true, false, true])
  })
})
