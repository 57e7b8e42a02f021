// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { outbox } from '../../../client/net/send.ts'
import { Bar } from '../../../client/panels/bar/Bar.tsx'
import { CodeForm } from '../../../client/screens/Join/CodeForm.tsx'
import { DoorForm } from '../../../client/screens/Join/DoorForm.tsx'
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
    // The page stands on localhost here, where link and picture lead a phone to itself.
    expect(screen.getByText(/“localhost” is this computer alone/)).toBeTruthy()
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

  test('who practises alone is told what comes next and asked nothing about sound', () => {
    sit(leo, { settings: { ...lifecycle.settings, lead: 'automatic' } })
    tableStore.setState({
      views: {
        role: {
          lifecycle: { ...lifecycle, settings: { ...lifecycle.settings, lead: 'automatic' } },
          seats: { seats: seats.seats.filter((s) => s.id === leo) },
        },
        mine: {},
      },
    })
    render(<Lobby />)
    expect(screen.getByText(/Next comes a short briefing/)).toBeTruthy()
    expect(screen.queryByText(/sound not checked/)).toBeNull()
    expect(screen.queryByRole('button', { name: 'I can hear everyone' })).toBeNull()
  })

  test('the game master is warned gently and may start anyway', async () => {
    sit(mia, asGameMaster)
    render(<Lobby />)
    expect(screen.getByText(/No one sits at: incident commander/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Start the briefing anyway' }))
    expect(sent).toEqual([{ type: 'lifecycle.brief' }])
  })
})

describe('the briefing', () => {
  test('a player reads for whom they wait and may look around; only who leads starts the clock', async () => {
    // The charts ask for the density of the screen as soon as they are loaded; this browser has no screen.
    vi.stubGlobal('matchMedia', () => new EventTarget())
    const { Briefing } = await import('../../../client/screens/Briefing/Briefing.tsx')
    sit(leo, { phase: 'briefing', briefing: 'It is a quiet evening.' })
    const { unmount } = render(<Briefing />)
    expect(screen.getByText(/Waiting for Mia to start the clock/)).toBeTruthy()
    expect(screen.getByText('It is a quiet evening.')).toBeTruthy()
    expect(screen.getAllByRole('tab').map((t) => t.textContent)).toEqual([
      'Briefing',
      'The healthy system',
      'Map',
      'Logs',
      'Requests',
      'Changes',
      'Playbooks',
    ])
    expect(screen.queryByRole('button', { name: 'Start the clock' })).toBeNull()
    unmount()
    sit(mia, { ...asGameMaster, phase: 'briefing' })
    render(<Briefing />)
    expect(screen.getByRole('button', { name: 'Start the clock' })).toBeTruthy()
  })
})

describe('at the door', () => {
  test('a code that opens nothing stays in the field, to be corrected', async () => {
    render(<CodeForm typed="abcd-2346" error="No exercise opens with this code." />)
    const field = screen.getByRole('textbox', { name: 'Join code' })
    expect(field).toHaveProperty('value', 'ABCD-2346')
    await userEvent.type(field, '{backspace}{enter}')
    expect(screen.getByText('A code has 8 letters and digits.')).toBeTruthy()
    expect(document.activeElement).toBe(field)
  })

  test('what is missing is said, and has the focus: first the name, then a place', async () => {
    render(<DoorForm code="ABCD2345" door={{ name: 'Drill', codename: 'X', phase: 'lobby', taken: [] }} />)
    const go = screen.getByRole('button', { name: 'Take your seat' })
    const name = screen.getByRole('textbox', { name: 'Your name' })
    await userEvent.clear(name)
    await userEvent.click(go)
    expect(document.activeElement).toBe(name)
    await userEvent.type(name, 'Zoë')
    await userEvent.click(go)
    expect(screen.getByText('Choose at least one place at the table.')).toBeTruthy()
    expect(document.activeElement).toBe(screen.getAllByRole('checkbox')[0])
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
