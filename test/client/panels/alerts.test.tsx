// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Alerts } from '../../../client/panels/alerts/Alerts.tsx'
import { groupAlerts, sortAlerts } from '../../../client/panels/alerts/sortAlerts.ts'
import type { ViewOf } from '../../../shared/contracts/index.ts'
import { simMs } from '../../../shared/ids.ts'
import { atTheTable, leaveTheTable } from '../gm/atTheTable.ts'
import { anAlert, another, theAlerts } from './views.ts'

const silenced = { id: 'silence-1', by: another.id, from: simMs(0), until: simMs(600_000), reason: 'Known' }
/** Draws the panel for a seat that may; gives what it sends. */
function show(view: ViewOf<'alerts'>, may = true) {
  const sent = atTheTable({ alerts: view }, { alerts: { mayAcknowledge: may, maySilence: may } })
  return { sent, ...render(<Alerts />) }
}

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function () {
    this.open = false
  }
})
afterEach(() => {
  cleanup()
  leaveTheTable()
})

describe('the panel of alerts', () => {
  it('stands in the groups that are told together, what is kept quiet last', () => {
    const alerts = [
      anAlert({ id: 'a', group: 'g1', silenced }),
      anAlert({ id: 'b', group: 'g2', firedAt: simMs(2) }),
      anAlert({ id: 'c', group: 'g1', severity: 'ticket' }),
    ]
    const groups = [
      { id: 'g1', title: 'Web', lastNoticeAt: null, notices: 0 },
      { id: 'g2', title: 'API', lastNoticeAt: null, notices: 0 },
    ]
    const together = groupAlerts(sortAlerts(alerts).firing, groups)
    expect(together.map((t) => [t.group.title, t.alerts.map((a) => a.id)])).toEqual([
      ['API', ['b']],
      ['Web', ['c', 'a']],
    ])
  })

  it('says who was paged, who took it, and why an alert is quiet', () => {
    show(
      theAlerts([
        anAlert({ notices: 3, silenced }),
        anAlert({
          id: 'b',
          title: 'Follows',
          inhibitedBy: 'Checkout is slow',
          flapping: true,
          notifiedAt: null,
        }),
      ]),
    )
    expect(screen.getByText(/On-call was paged at 00:01:00, 3 times/)).toBeTruthy()
    expect(screen.getByText(/silenced it until 00:10:00: Known/)).toBeTruthy()
    expect(screen.getByText(/Held back while “Checkout is slow” fires/)).toBeTruthy()
    expect(screen.getByText(/flapping/)).toBeTruthy()
  })

  it('asks for minutes and a reason before it silences, by keyboard alone', async () => {
    const user = userEvent.setup()
    const { sent } = show(theAlerts([anAlert()]))
    screen.getByRole('button', { name: 'Silence Checkout is slow' }).focus()
    await user.keyboard('{Enter}')
    const dialog = screen.getByRole('dialog', { hidden: true })
    const minutes = within(dialog).getByLabelText('Minutes of exercise time')
    await user.clear(minutes)
    await user.type(minutes, '15{Enter}')
    expect(within(dialog).getByText(/Say why/)).toBeTruthy()
    expect(sent).toEqual([])
    await user.type(within(dialog).getByLabelText('Reason'), 'Deploy is known{Enter}')
    expect(sent).toEqual([
      { type: 'alerts.silence', target: 'rule', of: 'slow', minutes: 15, reason: 'Deploy is known' },
    ])
  })

  it('ends a silence, and acknowledges a whole group', async () => {
    const silence = { ...silenced, target: 'rule', of: 'slow', title: 'Checkout is slow' } as const
    const { sent } = show(
      theAlerts([anAlert({ group: 'g' }), anAlert({ id: 'alert-2', group: 'g' })], {
        groupBy: 'component',
        groups: [{ id: 'g', title: 'Checkout', lastNoticeAt: simMs(60_000), notices: 1 }],
        silences: [silence],
      }),
    )
    await userEvent.click(screen.getByRole('button', { name: 'Acknowledge all 2' }))
    await userEvent.click(screen.getByRole('button', { name: 'End the silence of Checkout is slow' }))
    expect(sent).toEqual([
      { type: 'alerts.acknowledge', alert: 'alert-1' },
      { type: 'alerts.acknowledge', alert: 'alert-2' },
      { type: 'alerts.unsilence', silence: 'silence-1' },
    ])
  })

  it('offers nothing that the seat may not do', () => {
    show(theAlerts([anAlert()], { silences: [] }), false)
    expect(screen.queryByRole('button', { name: 'Acknowledge' })).toBeNull()
    expect(screen.queryByRole('button', { name: /^Silence/ })).toBeNull()
  })

  it('does not count in the tab what fires without a notification', () => {
    document.title = 'War room'
    show(theAlerts([anAlert({ notifiedAt: null, notices: 0 })]))
    expect(document.title).toBe('War room')
  })

  it('says so when there is no alert manager to ask, and when nothing fires', () => {
    const { unmount } = show(theAlerts([], { reachable: false }))
    expect(screen.getByText(/does not answer/)).toBeTruthy()
    expect(screen.queryByText('Nothing is firing')).toBeNull()
    unmount()
    show(theAlerts([]))
    expect(screen.getByText('Nothing is firing')).toBeTruthy()
  })
})
