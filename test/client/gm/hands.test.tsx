// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Nudge } from '../../../client/panels/chart/Nudge.tsx'
import { PhaseControls } from '../../../client/panels/controls/PhaseControls.tsx'
import { HotWashBoard } from '../../../client/panels/hotwash/HotWashBoard.tsx'
import { Lane } from '../../../client/panels/lane/Lane.tsx'
import { Goals } from '../../../client/panels/notes/Goals.tsx'
import { ApprovalRequests } from '../../../client/panels/requests/ApprovalRequests.tsx'
import { aLifecycle, aMitigation, aRun, another } from '../panels/views.ts'
import { atTheTable, gina, leaveTheTable } from './atTheTable.ts'

beforeAll(() => {
  // jsdom has no modal dialogs; opening one is all these tests need.
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true
  }
  HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
    this.open = false
  }
})
afterEach(() => {
  cleanup()
  leaveTheTable()
})

describe('a request', () => {
  const run = aRun({ id: 'run-1', state: 'proposed' })
  const view = {
    mitigations: { catalogue: [aMitigation({ id: run.mitigation, class: 'tempting' })], runs: [run] },
  }
  const mine = {
    mitigations: {
      busyUntil: null,
      canPropose: [],
      canApprove: ['run-1'],
      canCommit: [],
      canWithdraw: [],
      canRevert: [],
    },
  }

  it('is approved with the difficulty, the bonus and the situation that the game master set', async () => {
    const sent = atTheTable({ ...view, lifecycle: aLifecycle() }, mine)
    render(<ApprovalRequests />)
    const user = userEvent.setup()
    expect(screen.getByText('Tempting')).toBeTruthy()
    await user.selectOptions(screen.getByLabelText('Reasoning'), 'very good, +2')
    await user.selectOptions(screen.getByLabelText('Situation'), 'disadvantage: worse of two')
    await user.click(screen.getByRole('button', { name: 'Approve' }))
    expect(sent).toEqual([
      { type: 'mitigations.approve', run: 'run-1', dc: run.odds.dc, bonus: 2, advantage: -1 },
    ])
  })

  it('leaves dice out where none are rolled', async () => {
    const settings = { lead: 'human', dice: 'off', approval: 'gm' } as const
    const sent = atTheTable({ ...view, lifecycle: aLifecycle({ settings }) }, mine)
    render(<ApprovalRequests />)
    expect(screen.queryByLabelText('Difficulty')).toBeNull()
    await userEvent.setup().click(screen.getByRole('button', { name: 'Approve' }))
    expect(sent).toEqual([{ type: 'mitigations.approve', run: 'run-1' }])
  })

  it('is declined only with a sentence', async () => {
    const sent = atTheTable({ ...view, lifecycle: aLifecycle() }, mine)
    render(<ApprovalRequests />)
    const user = userEvent.setup()
    await user.click(screen.getByRole('button', { name: 'Decline…' }))
    expect(screen.getByRole('button', { name: 'Decline' }).hasAttribute('disabled')).toBe(true)
    await user.type(screen.getByLabelText('Why not, in a sentence'), 'What would it break?')
    await user.click(screen.getByRole('button', { name: 'Decline' }))
    expect(sent).toEqual([{ type: 'mitigations.decline', run: 'run-1', why: 'What would it break?' }])
  })
})

describe('the incident', () => {
  it('moves by hand only after a second yes', async () => {
    const sent = atTheTable({})
    render(<Nudge accepts={['LOAD_SHED']} />)
    const user = userEvent.setup()
    await user.selectOptions(screen.getByLabelText('Event to send to the incident'), 'LOAD_SHED')
    await user.click(screen.getByRole('button', { name: 'Send' }))
    expect(sent).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Send LOAD_SHED' }))
    expect(sent).toEqual([{ type: 'incident.nudge', event: 'LOAD_SHED' }])
  })
})

describe('an inject', () => {
  it('is delivered, held and skipped by keys', async () => {
    const inject = {
      id: 'ceo',
      title: 'The chief executive asks',
      state: 'planned',
      trigger: 'by hand',
      plannedAt: null,
      deliveredAt: null,
      from: 'Chief executive',
      to: 'commander',
      via: 'mail',
      text: 'What is going on?',
      expected: '',
      objective: null,
    } as const
    const sent = atTheTable({ injects: { list: [inject] } })
    render(<Lane />)
    const user = userEvent.setup()
    screen.getByRole('button', { name: 'Deliver' }).focus()
    await user.keyboard('h')
    screen.getByRole('button', { name: 'Deliver' }).focus()
    await user.keyboard('f')
    expect(sent).toEqual([
      { type: 'injects.hold', inject: 'ceo' },
      { type: 'injects.fire', inject: 'ceo' },
    ])
  })
})

describe('the end of play', () => {
  it('asks before the clock stops for good', async () => {
    const sent = atTheTable({ lifecycle: aLifecycle() })
    render(<PhaseControls />)
    const user = userEvent.setup()
    await user.click(screen.getByRole('button', { name: 'End play…' }))
    expect(sent).toEqual([])
    await user.click(screen.getByRole('button', { name: 'End play' }))
    expect(sent).toEqual([{ type: 'lifecycle.finish' }])
  })
})

describe('after play', () => {
  it('keeps a card with Enter and lets only its writer or a game master take it off', async () => {
    const seats = [{ id: gina, name: 'Gina', roles: ['scribe' as const], heard: true }]
    const cards = [
      { id: 'card-1', seat: gina, kind: 'start' as const, text: 'Mine' },
      { id: 'card-2', seat: another.id, kind: 'start' as const, text: 'Theirs' },
    ]
    const sent = atTheTable({ seats: { seats }, hotwash: { cards, actions: [] } })
    render(<HotWashBoard open />)
    expect(screen.getAllByRole('button', { name: 'Take this card off' })).toHaveLength(1)
    await userEvent.setup().type(screen.getByLabelText('A card for Stop'), 'Guessing{Enter}')
    expect(sent).toEqual([{ type: 'hotwash.write', kind: 'stop', text: 'Guessing' }])
  })

  it('rates a goal with the reason beside it', async () => {
    const sent = atTheTable({
      objectives: { slos: [], goals: [{ id: 'declare', title: 'Declares in time' }], ratings: {} },
    })
    render(<Goals />)
    const user = userEvent.setup()
    await user.type(screen.getByLabelText('Why this rating of: Declares in time'), 'After six minutes.')
    await user.click(screen.getByRole('button', { name: 'Performed with some challenges' }))
    expect(sent).toEqual([
      { type: 'objectives.rate', objective: 'declare', rating: 'S', why: 'After six minutes.' },
    ])
  })
})
