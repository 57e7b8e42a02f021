// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { deskStore, openTrace } from '../../../client/panels/deskState.ts'
import { Explore } from '../../../client/panels/explore/Explore.tsx'
import { clearFilters, exploreStore, withCondition } from '../../../client/panels/explore/exploreState.ts'
import { lookAt } from '../../../client/panels/explore/looking.ts'
import { waterfall } from '../../../client/panels/explore/waterfall.ts'
import { requestsStore, traceStore } from '../../../client/store/requests.ts'
import type { RequestTable, Trace } from '../../../shared/requests.ts'
import { atTheTable, leaveTheTable } from '../gm/atTheTable.ts'

/** A hundred good requests of v1 in 100 ms and forty slow failures of v2. */
const table: RequestTable = {
  from: 0,
  to: 140_000,
  every: 1,
  trace: Array.from({ length: 140 }, (_, i) => i.toString(16).padStart(16, '0')),
  at: Array.from({ length: 140 }, (_, i) => i * 1000),
  weight: Array.from({ length: 140 }, () => 10),
  duration: Array.from({ length: 140 }, (_, i) => (i < 100 ? 0.1 : 2)),
  attributes: [
    {
      name: 'status',
      values: ['200', '500'],
      of: Array.from({ length: 140 }, (_, i) => (i < 100 ? 0 : 1)),
    },
    {
      name: 'web.version',
      values: ['v1', 'v2'],
      of: Array.from({ length: 140 }, (_, i) => (i < 100 ? 0 : 1)),
    },
  ],
}
const span = {
  zone: null,
  version: null,
  parent: -1,
  wait: 0,
  running: false,
  status: 200,
  attempt: 1,
  note: '',
}
const trace: Trace = {
  trace: '00000000000000ff',
  at: 65_000,
  weight: 12,
  source: 'users',
  attempt: 1,
  status: 504,
  duration: 1,
  attributes: [{ name: 'failed', value: 'web' }],
  spans: [
    { ...span, component: 'web', node: 'web-3', start: 0, duration: 3, status: 504, note: 'gave-up' },
    { ...span, component: 'db', node: 'db-1', parent: 0, start: 1.5, duration: 1, wait: 0.5 },
    { ...span, component: 'cache', node: 'cache-1', parent: 0, start: 1, duration: 0.2, note: 'miss' },
  ],
}

class Sized {
  observe() {}
  disconnect() {}
}

beforeEach(() => {
  vi.stubGlobal('ResizeObserver', Sized)
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }))
  atTheTable({ system: { components: [], edges: [], metrics: [], boards: [], changes: [] } })
  clearFilters()
  exploreStore.setState({ by: 'status', page: 'groups' })
  requestsStore.setState({ range: null, state: 'ready', why: null, table })
})
afterEach(() => {
  cleanup()
  traceStore.setState({ open: { state: 'none' } })
  leaveTheTable()
  vi.unstubAllGlobals()
})

describe('looking at requests', () => {
  test('a box takes what lies inside its times and durations, the rest is what it is compared with', () => {
    const box = { from: 100_000, to: 120_000, low: 1, high: 4 }
    const { inside, outside, shown, compared, seconds } = lookAt(table, { filter: { attributes: [] }, box })
    expect([inside.length, outside.length, shown.length, compared, seconds]).toEqual([20, 120, 20, 'box', 20])
  })
  test('without a box failed requests are compared with good ones', () => {
    const { inside, compared } = lookAt(table, { filter: { attributes: [] }, box: null })
    expect([inside.length, compared]).toEqual([40, 'failed'])
  })
  test('a new condition takes the place of what contradicts it', () => {
    const is = (value: string) => ({ attribute: 'status', op: 'is', value }) as const
    const not = (value: string) => ({ attribute: 'status', op: 'not', value }) as const
    const one = withCondition({ attributes: [] }, is('200'))
    expect(withCondition(one, is('500')).attributes).toEqual([is('500')])
    expect(withCondition(one, not('200')).attributes).toEqual([not('200')])
    expect(withCondition(withCondition(one, not('404')), not('500')).attributes).toHaveLength(3)
    expect(withCondition(one, is('200')).attributes).toHaveLength(1)
  })
})

describe('the panel', () => {
  test('tells counts that requests stand for, by group, and filters by a value at a click', async () => {
    const user = userEvent.setup()
    render(<Explore />)
    expect(screen.getByText(/from 140 samples/).textContent).toContain('1.4k requests')
    const row = screen.getByRole('row', { name: /^500/ })
    expect(within(row).getByText('100 %')).toBeTruthy()
    await user.click(within(row).getByRole('button', { name: 'Only status = 500' }))
    expect(screen.getByText(/from 40 samples/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Take away status = 500' }))
    expect(screen.getByText(/from 140 samples/)).toBeTruthy()
  })
  test('says what is different about the failed ones', async () => {
    render(<Explore />)
    await userEvent.setup().click(screen.getByRole('tab', { name: 'What is different' }))
    const version = screen.getByRole('region', { name: 'web.version' })
    expect(version.textContent).toContain('v2')
    expect(version.textContent).toMatch(/100 % against 0 %/)
    // Their status is why they are here, not what is different about them.
    expect(screen.queryByRole('region', { name: 'status' })).toBeNull()
  })
  test('shows the best attributes first, and what failed requests never reached after them', async () => {
    const user = userEvent.setup()
    const of = table.duration.map((_, i) => (i < 100 ? 0 : 1))
    const like = (name: string) => ({ name, values: ['v1', 'v2'], of })
    const cache = { name: 'cache.node', values: ['cache-1'], of: of.map((v) => (v === 0 ? 0 : -1)) }
    const attributes = [...table.attributes, ...['b', 'c', 'd', 'e', 'f', 'g'].map(like), cache]
    requestsStore.setState({ table: { ...table, attributes } })
    render(<Explore />)
    await user.click(screen.getByRole('tab', { name: 'What is different' }))
    const told = () => screen.getAllByRole('region').map((r) => r.getAttribute('aria-label'))
    expect(told()).toEqual(['Requests', 'web.version', 'b', 'c', 'd', 'e', 'f', 'Not reached'])
    await user.click(screen.getByRole('button', { name: 'Show 1 more' }))
    expect(told()).toContain('g')
    const lack = screen.getByRole('region', { name: 'Not reached' })
    expect(within(lack).getByRole('listitem').textContent).toBe('cache.node100 % against 0 %')
    await user.click(within(lack).getByRole('button', { name: 'cache.node' }))
    expect(screen.getByText('cache.node = not reached')).toBeTruthy()
  })
  test('selects by keyboard, and Escape takes it back', async () => {
    const user = userEvent.setup()
    render(<Explore />)
    screen.getByRole('application', { name: /^Requests by time and duration/ }).focus()
    await user.keyboard('{Shift>}{ArrowLeft}{ArrowUp}{/Shift}')
    expect(exploreStore.getState().box).not.toBeNull()
    await user.keyboard('{Escape}')
    expect(exploreStore.getState().box).toBeNull()
  })
  test('stands empty, waits and fails in words', () => {
    requestsStore.setState({ table: null, state: 'loading' })
    const { rerender } = render(<Explore />)
    expect(screen.getByText('Fetching requests…')).toBeTruthy()
    requestsStore.setState({ state: 'failed', why: 'You are offline.' })
    rerender(<Explore />)
    expect(screen.getByText('You are offline.')).toBeTruthy()
    requestsStore.setState({ state: 'ready', table: { ...table, trace: [], at: [], attributes: [] } })
    rerender(<Explore />)
    expect(screen.getByText('No requests')).toBeTruthy()
  })
  test('opens a trace from elsewhere, and says so when it is not kept', () => {
    openTrace('00000000000000ff')
    expect(deskStore.getState().middle).toBe('explore')
    traceStore.setState({ open: { state: 'ready', id: trace.trace, trace } })
    const { rerender } = render(<Explore />)
    expect(screen.getByText(/caller gave up/).textContent).toContain('504')
    traceStore.setState({ open: { state: 'gone', id: trace.trace } })
    rerender(<Explore />)
    expect(screen.getByText('This request is not kept')).toBeTruthy()
  })
})

test('a waterfall puts each part under who asked for it, in order of time, with room for work that went on', () => {
  const { rows, length } = waterfall(trace)
  expect(rows.map((r) => [r.span.component, r.depth])).toEqual([
    ['web', 0],
    ['cache', 1],
    ['db', 1],
  ])
  expect(length).toBe(3)
})
