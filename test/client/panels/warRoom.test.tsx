// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { deskStore, sitDown } from '../../../client/panels/deskState.ts'
import { Alerts } from '../../../client/panels/alerts/Alerts.tsx'
import { Actions } from '../../../client/panels/actions/Actions.tsx'
import { ProposeDialog } from '../../../client/panels/actions/ProposeDialog.tsx'
import { Playbook } from '../../../client/panels/playbook/Playbook.tsx'
import { Channel } from '../../../client/panels/channel/Channel.tsx'
import { tableStore, ViewsProvider } from '../../../client/store/table.ts'
import type { RoleView, SeatView } from '../../../shared/contracts/index.ts'
import { simMs, wallMs } from '../../../shared/ids.ts'
import { aLifecycle, aMitigation, anAlert, another, aRun, aSeat, theAlerts } from './views.ts'

const odds = { dc: 11, modifiers: [{ why: 'Cites the open step', value: 3 }], advantage: 0, chance: 0.9 }
const book = {
  id: 'cold-cache',
  title: 'Cold cache',
  owner: 'web',
  services: [],
  lastReviewed: '2026-01-01',
  intro: '',
  steps: [
    {
      id: 'shed-load',
      title: 'Shed load',
      depth: 2,
      body: '[Shed 40 % at the edge](mitigation:shed-load?amount=0.4)',
      when: 'web.cpu > 0.9',
      done: null,
      links: [{ mitigation: 'shed-load', title: 'Shed', params: { amount: '0.4' } }],
    },
  ],
}
const can = {
  busyUntil: null,
  canPropose: [] as string[],
  canApprove: [] as string[],
  canCommit: [] as string[],
  canWithdraw: [] as string[],
  canRevert: [] as string[],
}

function sees(role: RoleView, mine: SeatView = {}): void {
  tableStore.setState({
    status: 'live',
    seat: aSeat.id,
    views: {
      role: {
        lifecycle: aLifecycle(),
        seats: {
          seats: [
            { ...aSeat, roles: ['operations'], heard: true },
            { ...another, roles: ['commander'], heard: true },
          ],
        },
        ...role,
      },
      mine,
    },
  })
  sitDown(aSeat.id)
}

beforeEach(() => {
  // jsdom has no layout; these two say so quietly.
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query.includes('reduce'),
    addEventListener: () => {},
    removeEventListener: () => {},
  }))
  Element.prototype.scrollIntoView = () => {}
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function () {
    this.open = false
  }
})
afterEach(() => {
  cleanup()
  sitDown(null)
})

describe('the war room', () => {
  it('leads from an alert to its playbook step', async () => {
    sees({ alerts: theAlerts([anAlert({ playbook: { book: 'cold-cache', step: 'shed-load' } })]) })
    render(<Alerts />)
    await userEvent.click(screen.getByRole('button', { name: /playbook/ }))
    expect(deskStore.getState()).toMatchObject({
      right: 'playbook',
      reading: { book: 'cold-cache', step: 'shed-load' },
    })
  })
  it('counts open pages in the title of the tab and stops when they are taken', () => {
    document.title = 'War room'
    sees({ alerts: theAlerts([anAlert()]) })
    const { unmount } = render(<Alerts />)
    expect(document.title).toBe('(1) War room')
    unmount()
    expect(document.title).toBe('War room')
  })
  it('proposes from the open step with the values of its link and cites it', async () => {
    sees(
      {
        playbooks: {
          books: [book],
          checks: { 'cold-cache#shed-load': { when: true, done: null } },
          flags: [],
        },
        mitigations: {
          catalogue: [aMitigation({ oddsCited: odds, steps: [{ book: 'cold-cache', step: 'shed-load' }] })],
          runs: [],
        },
      },
      {
        playbooks: { open: { book: 'cold-cache', step: 'shed-load' } },
        mitigations: { ...can, canPropose: ['shed-load'] },
      },
    )
    render(
      <>
        <Playbook />
        <ProposeDialog />
      </>,
    )
    expect(screen.getByText('Applies now')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Shed 40 % at the edge' }))
    expect(deskStore.getState().proposal).toEqual({
      mitigation: 'shed-load',
      params: { amount: '0.4' },
      cite: { book: 'cold-cache', step: 'shed-load' },
    })
    expect(screen.getByText('90 %')).toBeTruthy()
    expect(screen.getByText('Cites the open step')).toBeTruthy()
  })
  it('greys an action the seat cannot propose and says why', () => {
    sees(
      {
        mitigations: { catalogue: [aMitigation({ unavailable: 'A failover is already running' })], runs: [] },
      },
      { mitigations: can },
    )
    render(<Actions />)
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Propose' }).disabled).toBe(true)
    expect(screen.getByText('A failover is already running')).toBeTruthy()
  })
  it('offers commit and the odds only to whom the view allows it', () => {
    const runs = [aRun({ state: 'approved', odds })]
    sees({ mitigations: { catalogue: [], runs } }, { mitigations: { ...can, canCommit: ['run-1'] } })
    const { unmount } = render(<Actions />)
    expect(screen.getByRole('button', { name: /Commit/ })).toBeTruthy()
    unmount()
    sees({ mitigations: { catalogue: [], runs } }, { mitigations: can })
    render(<Actions />)
    expect(screen.queryByRole('button', { name: /Commit/ })).toBeNull()
  })
  it('draws no button for somebody who only looks', () => {
    const views = { role: { alerts: theAlerts([anAlert()]) }, mine: {} }
    render(
      <ViewsProvider views={views} seat={another.id} readOnly>
        <Alerts />
      </ViewsProvider>,
    )
    expect(screen.queryByRole('button', { name: 'Acknowledge' })).toBeNull()
  })
  it('keeps a draft over a reload and marks a mention of oneself', async () => {
    const message = {
      id: 'msg-1',
      at: simMs(0),
      wall: wallMs(0),
      seat: another.id,
      from: 'Leo',
      text: '@Mia look',
      kind: 'message' as const,
    }
    sees({ comms: { channel: [message] } }, { comms: { line: [], handouts: [], inbox: [] } })
    const { unmount } = render(<Channel />)
    expect(screen.getByText('@Mia').tagName).toBe('MARK')
    await userEvent.type(screen.getByRole('textbox'), 'half a thou')
    unmount()
    render(<Channel />)
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('half a thou')
  })
})
