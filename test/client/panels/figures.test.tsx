// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import type { Panel } from '../../../shared/contracts/system.ts'
import { bandsOf, stateOf } from '../../../client/panels/boards/bands.ts'
import { GaugeFigure } from '../../../client/panels/boards/GaugeFigure.tsx'
import { gaugeTop, roundUp } from '../../../client/panels/boards/gaugeScale.ts'
import { StateTimelineFigure } from '../../../client/panels/boards/StateTimelineFigure.tsx'
import { TableFigure } from '../../../client/panels/boards/TableFigure.tsx'
import { atTheTable, leaveTheTable } from '../gm/atTheTable.ts'
import { telemetryStore } from '../../../client/store/telemetry.ts'

afterEach(() => {
  cleanup()
  leaveTheTable()
})

const at = [0, 5, 10, 15, 20, 25].map((s) => s * 1000)
const window = { from: 0, to: 25_000 }
const health = { at, window, unit: '1', threshold: null, healthyAbove: false, metric: 'web.health' } as const

describe('bands of state', () => {
  it('join neighbours in the same state, and a sample stands for the time before it', () => {
    const bands = bandsOf({ ...health, column: [0, 0, 2, 2, 1, null] })
    expect(bands.map((b) => [b.from / 1000, b.to / 1000, b.word])).toEqual([
      [0, 5, 'healthy'],
      [5, 15, 'in trouble'],
      [15, 20, 'strained'],
      [20, 25, 'no data'],
    ])
  })
  it('read instances by their most, and a limit by the side that is usual', () => {
    const of = {
      metric: 'web.replicas_ready',
      unit: 'count',
      threshold: null,
      healthyAbove: false,
      most: 6,
    } as const
    expect([6, 4, 0].map((v) => stateOf(v, of).level)).toEqual(['good', 'warning', 'bad'])
    expect(stateOf(0.5, { ...of, metric: 'web.cpu', threshold: 0.9 }).level).toBe('good')
    expect(stateOf(0.98, { ...of, metric: 'slo.x.sli', threshold: 0.99, healthyAbove: true }).level).toBe(
      'bad',
    )
  })
  it('are none without samples', () => {
    expect(bandsOf({ ...health, at: [], column: [] })).toEqual([])
    expect(bandsOf({ ...health, column: undefined })[0]?.level).toBe('unknown')
  })
})

describe('a gauge', () => {
  it('reaches to the whole for shares, past its limit for the rest, on a round number', () => {
    expect(gaugeTop({ unit: 'ratio', value: 0.4, threshold: 0.9, normal: null })).toBe(1)
    expect(gaugeTop({ unit: 'ratio', value: 1, threshold: 0.999, normal: { low: 0.999, high: 1 } })).toBe(1)
    expect(gaugeTop({ unit: 'ratio', value: 3, threshold: null, normal: null })).toBe(5)
    expect(gaugeTop({ unit: 's', value: 0.3, threshold: 2, normal: { low: 0.2, high: 0.4 } })).toBe(5)
    expect(gaugeTop({ unit: 'count', value: 0, threshold: null, normal: null })).toBe(1)
    expect([0.013, 2, 11].map(roundUp)).toEqual([0.02, 2, 20])
  })
})

describe('the figures', () => {
  const panel = (kind: Panel['kind'], unit: Panel['unit'] = '1'): Panel => ({
    id: 'p',
    title: 'Health',
    kind,
    unit,
    series: [{ metric: 'web.health', title: 'Web' }],
    threshold: null,
    width: 6,
  })
  const seat = (values: (number | null)[]) => {
    const metric = { name: 'web.health', title: 'Web: health', unit: '1', component: 'web' } as const
    atTheTable({ system: { components: [], edges: [], metrics: [metric], boards: [], changes: [] } })
    telemetryStore.setState({ at, columns: [values] })
  }
  const components = {
    list: [],
    title: (id: string | null) => id ?? '',
    order: () => 0,
    componentOfMetric: () => 'web',
    metricTitle: (m: string) => m,
  }

  it('say the state in words, also to those who do not see the bands', async () => {
    seat([0, 0, 2, 2, 2, 2])
    render(<StateTimelineFigure panel={panel('state-timeline')} />)
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe('Web: in trouble for 20 s')
    await userEvent.setup().click(screen.getByRole('button', { name: 'Show Health as a table' }))
    expect(screen.getAllByText('in trouble')).toHaveLength(1)
    expect(screen.getByText('healthy')).toBeTruthy()
  })
  it('stand empty with a sentence when nothing is known', () => {
    seat([null, null, null, null, null, null])
    render(<StateTimelineFigure panel={panel('state-timeline')} />)
    expect(screen.getByText('No data from this source')).toBeTruthy()
  })
  it('give a gauge its value as a meter', () => {
    seat([0, 0, 0, 0, 0, 2])
    render(<GaugeFigure panel={panel('gauge')} />)
    expect(screen.getByRole('meter').getAttribute('aria-valuetext')).toBe('2')
  })
  it('put each series into a row of the table', () => {
    seat([0, 0, 0, 0, 0, 2])
    render(<TableFigure panel={panel('table')} ground="dark" components={components} />)
    expect(screen.getByRole('row', { name: /^Web 2/ })).toBeTruthy()
  })
})
