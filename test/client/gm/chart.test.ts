import { describe, expect, it } from 'vitest'
import {
  drawnStates,
  eventWords,
  layoutChart,
  pathSteps,
  type ChartNode,
} from '../../../client/panels/chart/layoutChart.ts'

const state = (id: string, more: Partial<ChartNode> = {}): ChartNode => ({
  id,
  parent: null,
  title: id,
  kind: 'atomic',
  initial: false,
  tags: [],
  description: '',
  ...more,
})
const nodes = [
  state('incident', { kind: 'compound' }),
  state('calm', { parent: 'incident', initial: true }),
  state('storm', { parent: 'incident', kind: 'compound' }),
  state('cold', { parent: 'storm', initial: true, tags: ['cause-present'] }),
  state('retrying', { parent: 'storm' }),
]
const edges = [
  { from: 'calm', to: 'storm', label: 'FLUSHED' },
  { from: 'cold', to: 'retrying', label: 'RETRIES' },
  { from: 'storm', to: 'calm', label: 'WARMED' },
  { from: 'retrying', to: 'retrying', label: 'AGAIN' },
]

describe('the incident chart', () => {
  it('leaves out the machine itself, which never differs', () => {
    expect(drawnStates(nodes).map((n) => [n.id, n.parent])).toEqual([
      ['calm', null],
      ['storm', null],
      ['cold', 'storm'],
      ['retrying', 'storm'],
    ])
  })

  it('keeps the tops of a chart that has several', () => {
    const two = [state('a'), state('b')]
    expect(drawnStates(two)).toEqual(two)
  })

  it('puts every state inside the box of its parent, parents first', () => {
    const placed = layoutChart(nodes, edges)
    const storm = placed.find((p) => p.node.id === 'storm')
    expect(placed.map((p) => p.node.id).indexOf('storm')).toBeLessThan(
      placed.map((p) => p.node.id).indexOf('cold'),
    )
    for (const id of ['cold', 'retrying']) {
      const inside = placed.find((p) => p.node.id === id)
      expect(inside?.parent).toBe('storm')
      expect(inside?.x).toBeGreaterThanOrEqual(0)
      expect(inside?.y).toBeGreaterThan(0)
      expect((inside?.x ?? 0) + (inside?.width ?? 0)).toBeLessThanOrEqual(storm?.width ?? 0)
      expect((inside?.y ?? 0) + (inside?.height ?? 0)).toBeLessThanOrEqual(storm?.height ?? 0)
    }
  })

  it('lays out a chart whose edges end at compound states without losing any', () => {
    expect(layoutChart(nodes, edges)).toHaveLength(4)
    expect(layoutChart([], [])).toEqual([])
  })

  it('tells the way so far in the titles of the innermost states', () => {
    const named = nodes.map((n) => ({ ...n, title: n.id.toUpperCase() }))
    expect(pathSteps([{ at: 60_000 as never, event: 'FLUSHED', states: ['storm', 'cold'] }], named)).toEqual([
      { at: 60_000, event: 'FLUSHED', titles: ['COLD'] },
    ])
  })
})

describe('the events of its path', () => {
  it('are named as people say them', () => {
    expect(eventWords('xstate.after.150000.cold-cache.healthy')).toBe('after 2:30 min')
    expect(eventWords('FLUSHED')).toBe('FLUSHED')
    expect(eventWords('')).toBe('by itself')
  })
})
