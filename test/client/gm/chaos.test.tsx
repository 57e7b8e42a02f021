// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ViewOf } from '../../../shared/contracts/index.ts'
import type { ParameterList } from '../../../shared/api.ts'
import { simMs } from '../../../shared/ids.ts'
import { Chaos } from '../../../client/panels/chaos/Chaos.tsx'
import { previewOf } from '../../../client/panels/chaos/preview.ts'
import { sourceWords } from '../../../client/panels/chaos/sources.ts'
import { changedParameters, findParameters, type Parameter } from '../../../client/store/parameters.ts'
import { deskStore, openChaos } from '../../../client/panels/deskState.ts'
import { aLifecycle } from '../panels/views.ts'
import { atTheTable, leaveTheTable } from './atTheTable.ts'

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
  vi.unstubAllGlobals()
  deskStore.setState({ faultTarget: null })
})

const share = {
  title: 'Requests failed',
  unit: 'share',
  min: 0.05,
  max: 1,
  step: 0.05,
  default: 0.3,
} as const
const faults: ViewOf<'faults'> = {
  running: [],
  catalogue: [
    { id: 'offline', title: 'Take offline', describe: 'It stops.', amount: null, instant: false },
    { id: 'errors', title: 'Fail requests', describe: 'A share fails.', amount: share, instant: false },
    { id: 'kill', title: 'Kill every instance', describe: 'All die.', amount: null, instant: true },
    { id: 'surge', title: 'Surge', describe: 'More of it.', amount: null, instant: false },
  ],
  targets: [
    { id: 'web', title: 'Web', kind: 'component', component: 'web', faults: ['offline', 'errors', 'kill'] },
    { id: 'db', title: 'Database', kind: 'component', component: 'db', faults: ['offline', 'errors'] },
    { id: 'traffic.users', title: 'Users', kind: 'traffic', component: null, faults: ['surge'] },
  ],
}
const parameter = (some: Partial<Parameter> = {}): Parameter => ({
  path: 'web.service_time',
  name: 'service_time',
  owner: 'Web',
  component: 'web',
  about: 0,
  describe: 'Mean time of its own work on one request',
  quantity: 'seconds',
  min: 0,
  max: 86_400,
  default: 0.01,
  base: 0.018,
  value: 0.036,
  set: null,
  scale: 2,
  add: 0,
  ...some,
})

describe('a fault', () => {
  it('is started with its target, its amount and how long it lasts', async () => {
    const sent = atTheTable({ lifecycle: aLifecycle(), faults })
    render(<Chaos />)
    const user = userEvent.setup()
    expect(screen.getByText(/Nothing is done by hand/)).toBeTruthy()
    await user.selectOptions(screen.getByLabelText('What'), 'Database')
    await user.click(screen.getByLabelText('Fail requests'))
    expect(screen.getByText('A share fails.')).toBeTruthy()
    await user.click(screen.getByLabelText('5 min'))
    await user.selectOptions(screen.getByLabelText('Comes on'), 'over 1 min')
    await user.click(screen.getByRole('button', { name: 'Fail requests: Database' }))
    expect(sent).toEqual([
      { type: 'faults.start', fault: 'errors', target: 'db', amount: 0.3, minutes: 5, over: 1 },
    ])
  })

  it('that cannot be taken back is asked about once', async () => {
    const sent = atTheTable({ lifecycle: aLifecycle(), faults })
    render(<Chaos />)
    const user = userEvent.setup()
    await user.click(screen.getByLabelText('Kill every instance'))
    expect(screen.queryByText('For')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Kill every instance: Web' }))
    expect(sent).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Do it' }))
    expect(sent).toEqual([{ type: 'faults.start', fault: 'kill', target: 'web', minutes: null, over: 0 }])
  })

  it('offers only what can happen to the target, and nothing before play', () => {
    atTheTable({ lifecycle: aLifecycle({ phase: 'briefing' }), faults })
    openChaos('traffic.users')
    render(<Chaos />)
    expect(screen.getByLabelText('Surge')).toBeTruthy()
    expect(screen.queryByLabelText('Take offline')).toBeNull()
    expect(screen.getByRole('button', { name: 'Surge: Users' }).hasAttribute('disabled')).toBe(true)
  })

  it('that runs says how much is left and is ended by its button', async () => {
    const running = [
      {
        id: 'fault-2',
        fault: 'offline',
        target: 'web',
        title: 'Web is offline',
        startedAt: simMs(0),
        until: simMs(120_000),
        over: 0,
        cause: true,
        effects: [],
      },
    ]
    const sent = atTheTable({ lifecycle: aLifecycle({ phase: 'paused' }), faults: { ...faults, running } })
    render(<Chaos />)
    expect(screen.getByText(/2 min left/)).toBeTruthy()
    await userEvent.setup().click(screen.getByRole('button', { name: 'End: Web is offline' }))
    expect(sent).toEqual([{ type: 'faults.end', id: 'fault-2' }])
  })
})

describe('a parameter', () => {
  const withList = () => {
    const { about: _, name, describe: words, quantity, min, max, default: usual, ...rest } = parameter()
    const list: ParameterList = {
      about: [{ name, describe: words, quantity, min, max, default: usual }],
      parameters: [{ ...rest, about: 0 }],
    }
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify(list), { status: 200 }))
  }

  it('is found by words, shown with what it is and was, and changed after a preview', async () => {
    withList()
    const sent = atTheTable({ lifecycle: aLifecycle(), faults })
    render(<Chaos />)
    const user = userEvent.setup()
    await user.click(screen.getByRole('button', { name: 'Parameters' }))
    await user.type(await screen.findByRole('searchbox'), 'web time{Enter}')
    const editor = screen.getByRole('form', { name: 'Change web.service_time' })
    expect(within(editor).getByText('36 ms')).toBeTruthy()
    await user.type(within(editor).getByLabelText('By what'), '40ms')
    expect(within(editor).getByLabelText('It would become').textContent).toBe('36 ms → 80 ms')
    await user.click(within(editor).getByRole('button', { name: 'Change service time' }))
    expect(sent).toEqual([
      {
        type: 'faults.set',
        path: 'web.service_time',
        op: 'set',
        value: '40ms',
        minutes: null,
        over: 0,
        cause: true,
      },
    ])
  })

  it('is previewed as effects compose, held to its range, and not while it cannot be read', () => {
    expect(previewOf(parameter(), 'scale', '×3')).toBeCloseTo(0.108, 9)
    expect(previewOf(parameter(), 'add', '1s')).toBeCloseTo(1.036, 9)
    expect(previewOf(parameter({ max: 1 }), 'set', '2s')).toBe(1)
    expect(previewOf(parameter(), 'set', '40')).toBeNull()
    expect(previewOf(parameter(), 'set', '')).toBeNull()
  })

  it('is looked for in its path first, then in its description', () => {
    const list = [
      parameter({ path: 'db.cv', owner: 'Database', describe: 'Variability of the time' }),
      parameter(),
      parameter({ path: 'db.calls.web.timeout', owner: 'Database → Web' }),
    ]
    expect(findParameters(list, 'time').map((p) => p.path)).toEqual([
      'web.service_time',
      'db.calls.web.timeout',
      'db.cv',
    ])
    expect(findParameters(list, 'database.cv')).toHaveLength(1)
    expect(findParameters(list, ' ')).toEqual([])
    expect(changedParameters([parameter(), parameter({ value: 0.018 })])).toHaveLength(1)
  })
})

describe('an effect', () => {
  it('says in words where it comes from', () => {
    const node = { parent: null, kind: 'atomic', initial: true, tags: [], description: '' } as const
    const incident = {
      truth: '',
      nodes: [{ ...node, id: 'sick.cold', title: 'Cold', tags: [] }],
      edges: [],
      active: [],
      accepts: [],
      causePresent: true,
      resolvedAt: null,
      path: [],
    }
    expect(sourceWords('state:sick.cold', { incident })).toBe('the incident: Cold')
    expect(sourceWords('fault:fault-1', {})).toBe('your hand')
    expect(sourceWords('inject:mail', {})).toBe('an inject: mail')
  })
})
