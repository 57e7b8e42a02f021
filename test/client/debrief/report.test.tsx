// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { markAxis } from '../../../client/panels/marks/markAxis.ts'
import { Report } from '../../../client/screens/Debrief/Report.tsx'
import { aRecord } from './record.ts'

afterEach(cleanup)

describe('the axis of marks', () => {
  const { marks } = aRecord()

  it('puts every mark between the start of play and its end', () => {
    const axis = markAxis(marks, 20 * 60_000)
    expect([axis.from, axis.to]).toEqual([0, 20 * 60_000])
    expect(axis.marks.map((m) => m.id)).toEqual([
      'impactStart',
      'detected',
      'acknowledged',
      'declared',
      'firstRight',
      'mitigated',
    ])
    for (const m of axis.marks) expect(m.place).toBeGreaterThanOrEqual(0)
    for (const m of axis.marks) expect(m.place).toBeLessThanOrEqual(1)
  })

  it('gives neighbours different rows, so that no label covers another', () => {
    const axis = markAxis(marks, 20 * 60_000)
    const rows = axis.marks.slice(0, 4).map((m) => m.row)
    expect(new Set(rows).size).toBe(4)
  })

  it('names the marks that never came', () => {
    expect(markAxis(marks, 0).missing).toEqual(['Resolved'])
  })

  it('stands up to an exercise in which nothing was reached', () => {
    const none = {
      impactStart: null,
      impactEnd: null,
      detected: null,
      acknowledged: null,
      declared: null,
      firstRight: null,
      mitigated: null,
      resolved: null,
    }
    expect(markAxis(none, 0)).toMatchObject({ from: 0, to: 60_000, marks: [] })
  })
})

describe('the after-action report', () => {
  it('says plainly which mark was not reached', () => {
    render(<Report record={aRecord()} />)
    expect(screen.getByText('Not reached: Resolved.')).toBeTruthy()
    const [row] = screen.getAllByRole('row', { name: /This table/ })
    if (!row) throw new Error('no row for this table')
    expect(within(row).getByText('not reached')).toBeTruthy()
  })

  it('labels par as the best found and shows the idle table beside it', () => {
    render(<Report record={aRecord()} />)
    expect(screen.getAllByRole('rowheader', { name: 'Best found' })).toHaveLength(2)
    expect(screen.getAllByRole('rowheader', { name: 'Nobody acts' })).toHaveLength(2)
  })

  it('says that the best found is not there yet instead of inventing one', () => {
    const record = aRecord()
    render(<Report record={{ ...record, outcomes: { ...record.outcomes, par: null } }} />)
    expect(screen.queryByRole('rowheader', { name: 'Best found' })).toBeNull()
    expect(screen.getByText(/not computed for this scenario yet/)).toBeTruthy()
  })

  it('shows every part of the score with its formula', () => {
    render(<Report record={aRecord()} />)
    for (const { formula } of aRecord().score.parts) expect(screen.getByText(formula)).toBeTruthy()
  })

  it('reveals what every action was and which step it cited', () => {
    render(<Report record={aRecord()} />)
    const row = screen.getByText('Shed load at the edge').closest('tr')
    if (!row) throw new Error('no row for the action')
    expect(within(row).getByText('Right')).toBeTruthy()
    expect(within(row).getByText('Cold cache: Shed load')).toBeTruthy()
    expect(within(row).getByText('90 %; rolled 9, 14 against 11')).toBeTruthy()
  })

  it('keeps luck apart from the score', () => {
    render(<Report record={aRecord()} />)
    expect(
      screen.getByText(/Luck, apart from the score: 2 of 2 rolls succeeded, 1.5 were to be expected/),
    ).toBeTruthy()
  })
})
