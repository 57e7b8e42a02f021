import { describe, expect, it } from 'vitest'
import { citeFor, paramsFrom, progress, searchCatalogue } from '../../../client/panels/actions/proposal.ts'
import { sortRuns } from '../../../client/panels/actions/sortRuns.ts'
import { openPages, sortAlerts } from '../../../client/panels/alerts/sortAlerts.ts'
import { completions, mentionsMe, splitMentions } from '../../../client/panels/channel/mentions.ts'
import { filterLogs, visibleRows } from '../../../client/panels/logs/filterLogs.ts'
import { healthOf, vitalsOf } from '../../../client/panels/map/health.ts'
import { placeToFit, viewOf } from '../../../client/panels/map/layout.ts'
import { bookIndex, mitigationLink } from '../../../client/panels/playbook/searchBooks.ts'
import { endedSince, endInWords, runStates } from '../../../client/panels/runNews.ts'
import { blanks, TEMPLATES } from '../../../client/panels/status/templates.ts'
import { unreadIn } from '../../../client/panels/unread.ts'
import type { LogLine } from '../../../shared/frames.ts'
import { simMs, wallMs } from '../../../shared/ids.ts'
import { aMitigation, anAlert, another, aRun, aSeat } from './views.ts'

describe('alerts', () => {
  it('stand pages first, then the longest firing, resolved ones apart', () => {
    const { firing, resolved } = sortAlerts([
      anAlert({ id: 'alert-1', severity: 'ticket', firedAt: simMs(1) }),
      anAlert({ id: 'alert-2', firedAt: simMs(9) }),
      anAlert({ id: 'alert-3', firedAt: simMs(5) }),
      anAlert({ id: 'alert-4', state: 'resolved', resolvedAt: simMs(6) }),
    ])
    expect(firing.map((a) => a.id)).toEqual(['alert-3', 'alert-2', 'alert-1'])
    expect(resolved.map((a) => a.id)).toEqual(['alert-4'])
  })
  it('count in the title only while they are pages that nobody took', () => {
    const taken = { by: aSeat.id, at: simMs(2) }
    expect(
      openPages([anAlert(), anAlert({ acknowledged: taken }), anAlert({ severity: 'info' })]),
    ).toHaveLength(1)
  })
})

describe('logs', () => {
  const line = (n: number, level: LogLine['level'], component: string, text: string): LogLine => ({
    n,
    at: n,
    level,
    component,
    text,
  })
  const lines = [
    line(1, 'info', 'edge', 'hello'),
    line(2, 'error', 'db', 'Too many connections'),
    line(3, 'warn', 'db', 'slow query'),
  ]
  it('match every word in any case, and the level and everything above it', () => {
    expect(filterLogs(lines, { text: 'many CONN', level: 'debug', component: null }).map((l) => l.n)).toEqual(
      [2],
    )
    expect(filterLogs(lines, { text: '', level: 'warn', component: null }).map((l) => l.n)).toEqual([2, 3])
    expect(filterLogs(lines, { text: '', level: 'debug', component: 'edge' }).map((l) => l.n)).toEqual([1])
  })
  it('draw only the rows in sight and a few around', () => {
    expect(visibleRows({ scroll: 20_000, height: 400, row: 20, count: 5000 })).toEqual({
      from: 988,
      to: 1032,
    })
    expect(visibleRows({ scroll: 0, height: 400, row: 20, count: 3 })).toEqual({ from: 0, to: 3 })
  })
})

describe('mentions', () => {
  it('find the longest name and leave mail addresses and other words alone', () => {
    const pieces = splitMentions('hi @Ana Maria, mail x@anatomy.org', ['Ana', 'Ana Maria'])
    expect(pieces.filter((p) => p.mention).map((p) => p.text)).toEqual(['@Ana Maria'])
    expect(mentionsMe('@mia look', 'Mia')).toBe(true)
    expect(mentionsMe('@miami', 'Mia')).toBe(false)
  })
  it('offer names while one is typed', () => {
    expect(completions('ask @le', 7, ['Mia', 'Leo'])).toEqual({ from: 4, names: ['Leo'] })
    expect(completions('no mention', 4, ['Mia'])).toBeNull()
  })
})

describe('unread messages', () => {
  const message = (seat: typeof aSeat.id) => ({
    id: 'msg-1',
    at: simMs(0),
    wall: wallMs(0),
    seat,
    from: '',
    text: '',
    kind: 'message' as const,
  })
  it('are those by others after the last one seen', () => {
    const messages = [message(another.id), message(another.id), message(aSeat.id)]
    expect(unreadIn({ messages, seen: 1, seat: aSeat.id })).toBe(1)
  })
})

describe('a proposal', () => {
  const info = aMitigation({
    params: [
      {
        kind: 'number',
        id: 'amount',
        title: 'Share',
        unit: 'ratio',
        min: 0.1,
        max: 0.9,
        step: 0.1,
        default: 0.2,
      },
      {
        kind: 'choice',
        id: 'where',
        title: 'Where',
        options: [
          { value: 'edge', title: 'Edge' },
          { value: 'app', title: 'App' },
        ],
        default: 'edge',
      },
    ],
    steps: [{ book: 'cold-cache', step: 'shed-load' }],
  })
  it('takes what the playbook link wrote, within what the action takes', () => {
    expect(paramsFrom(info, { amount: '0.4', where: 'app' })).toEqual({ amount: 0.4, where: 'app' })
    expect(paramsFrom(info, { amount: '7', where: 'moon' })).toEqual({ amount: 0.9, where: 'edge' })
    expect(paramsFrom(info, {})).toEqual({ amount: 0.2, where: 'edge' })
  })
  it('cites the open step only when that step links to the action', () => {
    expect(citeFor(info, { book: 'cold-cache', step: 'shed-load' })).toEqual({
      book: 'cold-cache',
      step: 'shed-load',
    })
    expect(citeFor(info, { book: 'cold-cache', step: 'verify' })).toBeNull()
    expect(citeFor(info, { book: 'cold-cache', step: null })).toBeNull()
  })
  it('is found by words of its title, text or component', () => {
    const found = searchCatalogue(
      [info, aMitigation({ id: 'look', title: 'Query a replica', diagnostic: true })],
      'edge shed',
      () => 'Edge',
    )
    expect(found.mitigations.map((m) => m.id)).toEqual(['shed-load'])
    expect(found.diagnostics).toEqual([])
  })
  it('shows how far its work is', () => {
    expect(progress({ startedAt: 100, endsAt: 200, now: 150 })).toBe(0.5)
    expect(progress({ startedAt: null, endsAt: null, now: 150 })).toBe(0)
  })
})

describe('requests', () => {
  it('stand with what waits for this person first, then their own, then running work', () => {
    const { open, over } = sortRuns(
      [
        aRun({ id: 'run-1', by: another.id, state: 'in-progress' }),
        aRun({ id: 'run-2' }),
        aRun({ id: 'run-3', by: another.id }),
        aRun({ id: 'run-4', state: 'done' }),
      ],
      { waiting: ['run-3'], seat: aSeat.id },
    )
    expect(open.map((r) => r.id)).toEqual(['run-3', 'run-2', 'run-1'])
    expect(over.map((r) => r.id)).toEqual(['run-4'])
  })
})

describe('the playbooks', () => {
  const book = {
    id: 'cold-cache',
    title: 'Cold cache',
    owner: 'web',
    services: ['shop'],
    lastReviewed: '2026-01-01',
    intro: '',
    steps: [
      {
        id: 'shed-load',
        title: 'Shed load',
        depth: 2,
        body: 'Turn browse traffic away.',
        when: null,
        done: null,
        links: [],
      },
    ],
  }
  it('are found by the beginning of a word and past a slip', () => {
    const search = bookIndex([book])
    expect(search('brow')[0]?.step).toBe('shed-load')
    expect(search('browze')[0]?.step).toBe('shed-load')
    expect(search('zebra')).toEqual([])
  })
  it('carry actions as links with parameters', () => {
    expect(mitigationLink('mitigation:shed-load?amount=0.4')).toEqual({
      mitigation: 'shed-load',
      params: { amount: '0.4' },
    })
    expect(mitigationLink('https://example.org')).toBeNull()
  })
})

describe('the map', () => {
  const part = {
    id: 'web-tier',
    title: 'Web tier',
    kind: 'service' as const,
    description: '',
    metrics: 'web_tier',
  }
  it('reads health as three steps and everything else as unknown', () => {
    expect([0, 1, 2, null, undefined, 7].map(healthOf)).toEqual([
      'good',
      'warning',
      'bad',
      'unknown',
      'unknown',
      'unknown',
    ])
  })
  it('leaves out what is not measured', () => {
    const vitals = vitalsOf(part, (name) => (name === 'web_tier.rps' ? 40 : undefined))
    expect(vitals).toEqual({ health: 'unknown', rps: 40, errorRatio: null, p95: null })
  })
})

describe('the drawing of the map', () => {
  const nodes = ['edge', 'store', 'db', 'cache', 'pay'].map((id) => ({ id }))
  const edges = [
    { from: 'edge', to: 'store' },
    { from: 'store', to: 'db' },
    { from: 'store', to: 'cache' },
    { from: 'store', to: 'pay' },
  ]
  const draw = (space: { width: number; height: number }) => placeToFit({ nodes, edges, space })

  it('is the same every time', () => {
    const space = { width: 620, height: 600 }
    expect(draw(space)).toEqual(draw(space))
    expect(draw(space).places.map((p) => p.id)).toEqual(nodes.map((n) => n.id))
  })
  it('stands in the middle of its pane, as large as it goes', () => {
    const space = { width: 900, height: 700 }
    const drawing = draw(space)
    const { x, y, zoom } = viewOf({ drawing, space, focus: null })
    expect(2 * x + drawing.width * zoom).toBeCloseTo(space.width)
    expect(2 * y + drawing.height * zoom).toBeCloseTo(space.height)
    expect(zoom).toBeGreaterThan(1)
  })
  it('keeps its words readable where not all of it fits, with the chosen component in sight', () => {
    const space = { width: 300, height: 260 }
    const drawing = draw(space)
    const pay = drawing.places.find((p) => p.id === 'pay')
    const { x, y, zoom } = viewOf({ drawing, space, focus: 'pay' })
    expect(12 * zoom).toBeGreaterThanOrEqual(11)
    expect((pay?.x ?? 0) * zoom + x).toBeGreaterThanOrEqual(0)
    expect((pay?.y ?? 0) * zoom + y).toBeLessThan(space.height)
  })
})

describe('the end of one’s work', () => {
  const before = runStates([aRun({ state: 'in-progress' })])
  const done = aRun({ state: 'done', result: 'The cache holds 3 % of its keys.' })

  it('is news to the one whose hands it took, once', () => {
    expect(endedSince({ before, runs: [done], seat: aSeat.id })).toEqual([done])
    expect(endedSince({ before, runs: [done], seat: another.id })).toEqual([])
    expect(endedSince({ before: runStates([done]), runs: [done], seat: aSeat.id })).toEqual([])
  })
  it('is not news after a reload', () => {
    expect(endedSince({ before: runStates([]), runs: [done], seat: aSeat.id })).toEqual([])
  })
  it('says what it showed', () => {
    expect(endInWords(aRun({ state: 'reverted' }))).toBe('“Shed load at the edge” is reverted.')
    expect(endInWords(done)).toBe('“Shed load at the edge”: The cache holds 3 % of its keys.')
  })
})

describe('templates for updates', () => {
  it('show what is still to fill in', () => {
    for (const template of TEMPLATES) expect(blanks(template.text).length).toBeGreaterThan(0)
    expect(blanks('All is well.')).toEqual([])
  })
})
