// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { outbox } from '../../../client/net/send.ts'
import { Bar } from '../../../client/panels/bar/Bar.tsx'
import { Lobby } from '../../../client/screens/Lobby/Lobby.tsx'
import { atNoTable, tableStore } from '../../../client/store/table.ts'
import type { ViewOf } from '../../../shared/contracts/index.ts'
import { SeatId, simMs, wallMs } from '../../../shared/ids.ts'

const mia = SeatId.parse('st_aaaaaaaa')
const leo = SeatId.parse('st_bbbbbbbb')
const lifecycle: ViewOf<'lifecycle'> = {
  name: 'Friday drill',
  codename: 'Amber Lantern',
  company: 'Lanternfish',
  summary: 'An ordinary afternoon.',
  briefing: '',
  minutes: 45,
  level: 2,
  phase: 'lobby',
  speed: 1,
  settings: { lead: 'human', dice: 'open', approval: 'commander' },
  joinCode: 'ABCD-2345',
  now: simMs(0),
  wall: wallMs(0),
  stopped: null,
}
const seats: ViewOf<'seats'> = {
  seats: [
    { id: mia, name: 'Mia', roles: ['gm'], heard: true },
    { id: leo, name: 'Leo', roles: ['operations'], heard: false },
  ],
}
const sit = (seat: SeatId, more: Partial<ViewOf<'lifecycle'>> = {}) =>
  tableStore.setState(
    {
      ...atNoTable,
      status: 'live',
      seat,
      presence: [mia, leo],
      views: { role: { lifecycle: { ...lifecycle, ...more }, seats }, mine: {} },
    },
    true,
  )
const asGameMaster = { scenario: { id: 'sc_1', title: 'Cold cache', seed: 7 } }

let sent: unknown[] = []
beforeEach(() => {
  sent = []
  outbox.open(({ command }, answer) => {
    sent.push(command)
    answer({ ok: true })
  })
})
afterEach(() => {
  cleanup()
  outbox.shut()
})

describe('the lobby', () => {
  test('shows the code, the link and who sits where', () => {
    sit(leo)
    render(<Lobby />)
    expect(screen.getByText('ABCD-2345')).toBeTruthy()
    expect(screen.getByRole('textbox', { name: 'Or send the link' })).toHaveProperty(
      'value',
      `${location.origin}/join/ABCD-2345`,
    )
    expect(screen.getByRole('img', { name: /QR code/ })).toBeTruthy()
    expect(screen.getByText('Game master')).toBeTruthy()
  })

  test('a player confirms that they hear everyone, and sees for whom they wait', async () => {
    sit(leo)
    render(<Lobby />)
    expect(screen.getByText(/Waiting for Mia to start the briefing/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: /Start the briefing/ })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'I can hear everyone' }))
    expect(sent).toEqual([{ type: 'seats.check-in' }])
  })

  test('the game master is warned gently and may start anyway', async () => {
    sit(mia, asGameMaster)
    render(<Lobby />)
    expect(screen.getByText(/No one sits at: incident commander/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Start the briefing anyway' }))
    expect(sent).toEqual([{ type: 'lifecycle.brief' }])
  })
})

describe('the bar', () => {
  test('says EXERCISE on every page, and in the lobby offers nothing to stop', () => {
    sit(leo)
    render(<Bar />)
    expect(screen.getByText('EXERCISE')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /Real incident/ })).toBeNull()
  })

  test('a game master has the hands on the clock elsewhere; who practises alone has them here', () => {
    sit(mia, { ...asGameMaster, phase: 'running' })
    const { unmount } = render(<Bar />)
    expect(screen.queryByRole('button', { name: 'Pause the clock' })).toBeNull()
    unmount()
    sit(leo, { phase: 'running', settings: { ...lifecycle.settings, lead: 'automatic' } })
    render(<Bar />)
    expect(screen.getByRole('button', { name: 'Pause the clock' })).toBeTruthy()
  })

  test('a stop for a real incident stands over everything, with who and why', () => {
    sit(leo, { phase: 'paused', stopped: { by: leo, note: 'Checkout is down', at: simMs(5000) } })
    render(<Bar />)
    expect(screen.getByRole('alert').textContent).toContain(
      'Stopped for a real incident by Leo. “Checkout is down”',
    )
  })

  test('says that the line is down', () => {
    sit(leo)
    tableStore.setState({ status: 'reconnecting' })
    render(<Bar />)
    expect(screen.getByText(/Reconnecting/)).toBeTruthy()
  })
})
