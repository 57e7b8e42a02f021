import { describe, expect, test } from 'vitest'
import { accepts, sendChart, startChart } from '../../../server/sim/chart.ts'
import { type ReadChart, readChart } from '../../../server/sim/scenario/chartConfig.ts'
import { compileExpression } from '../../../server/sim/scenario/expression.ts'
import { createFindings } from '../../../server/sim/scenario/places.ts'
import type { Finding } from '../../../server/sim/scenario/scenario.ts'

const names = ['cache.hit_ratio', 'db.cpu']
const metrics = {
  names,
  columnOf: (name: string) => (names.includes(name) ? names.indexOf(name) : undefined),
}
const SENT = ['CACHE_WARM', 'OVERLOADED', 'FLUSHED']

/** Reads a chart; findings are placed at column = depth of the path, message prefixed by the path. */
function read(
  chart: unknown,
  kind: 'incident' | 'drill' = 'drill',
): { chart: ReadChart | undefined; said: string[]; findings: Finding[] } {
  const findings = createFindings()
  const made = readChart({
    chart,
    kind,
    findings,
    sent: SENT,
    conditions: ['CACHE_WARM', 'OVERLOADED'],
    place: (path) => ({ file: path.join('/'), line: 1, column: 1 }),
    condition(text, path) {
      const compiled = compileExpression(text, { metrics, wants: 'boolean' })
      if (compiled.ok) return compiled.expr
      findings.error(
        { file: path.join('/'), line: 1, column: 1 },
        compiled.fault.message,
        compiled.fault.wayOut,
      )
      return undefined
    },
  })
  const all = findings.all()
  return { chart: made, findings: all, said: all.map((f) => `${f.file}: ${f.message} ${f.wayOut}`) }
}

const COLD = {
  id: 'incident',
  initial: 'latent',
  states: {
    latent: { after: { '90s': 'cold' } },
    cold: {
      tags: ['cause-present'],
      meta: { title: 'The cache is empty', effects: [{ path: 'cache.up', set: 0 }] },
      on: {
        CACHE_WARM: 'warm',
        OVERLOADED: { target: 'meltdown', guard: { type: 'when', params: { expr: 'db.cpu > 0.9' } } },
      },
    },
    meltdown: {
      tags: 'cause-present',
      on: { CACHE_WARM: 'warm' },
      after: { '2m': { target: '#incident.cold' } },
    },
    warm: { type: 'final' },
  },
}

describe('an incident chart', () => {
  test('that says nothing wrong becomes a machine with its effects, causes and guards', () => {
    const { chart, said } = read(COLD, 'incident')
    expect(said).toEqual([])
    expect(chart?.causeStates).toEqual(['incident.cold', 'incident.meltdown'])
    expect(chart?.stateMeta['incident.cold']?.effects).toHaveLength(1)
    expect(Object.keys(chart?.guards ?? {})).toEqual(['db.cpu > 0.9'])
    expect(chart?.takes).toEqual(['CACHE_WARM', 'OVERLOADED'])
  })

  test('runs on pure transitions: delays in milliseconds, guards by the answers that come with the event', () => {
    const { chart } = read(COLD, 'incident')
    if (!chart) throw new Error('it should load')
    const start = startChart(chart.machine)
    expect(start.states).toEqual(['incident', 'incident.latent'])
    expect(start.timers.start.map((t) => t.after)).toEqual([90_000])
    const [timer] = start.timers.start
    const cold = timer && sendChart(chart.machine, start.chart, timer.event)
    if (!cold) throw new Error('the timer should be taken')
    expect(cold.tags).toEqual(['cause-present'])
    const no = { type: 'OVERLOADED', truths: { 'db.cpu > 0.9': false } }
    const yes = { type: 'OVERLOADED', truths: { 'db.cpu > 0.9': true } }
    expect(accepts(chart.machine, cold.chart, [{ type: 'OVERLOADED' }, no])).toEqual([])
    expect(sendChart(chart.machine, cold.chart, yes)?.states).toEqual(['incident', 'incident.meltdown'])
  })

  test('is drawn with its states, their parents and what leads from one to another', () => {
    const view = read(COLD, 'incident').chart?.chartView
    expect(view?.nodes.map((n) => [n.id, n.parent, n.title, n.kind, n.initial])).toEqual([
      ['incident', null, 'Incident', 'compound', true],
      ['incident.latent', 'incident', 'Latent', 'atomic', true],
      ['incident.cold', 'incident', 'The cache is empty', 'atomic', false],
      ['incident.meltdown', 'incident', 'Meltdown', 'atomic', false],
      ['incident.warm', 'incident', 'Warm', 'final', false],
    ])
    expect(view?.edges).toContainEqual({ from: 'incident.meltdown', to: 'incident.cold', label: 'after 2m' })
    expect(view?.edges).toContainEqual({
      from: 'incident.cold',
      to: 'incident.meltdown',
      label: 'OVERLOADED [db.cpu > 0.9]',
    })
  })

  test('may have regions beside one another', () => {
    const region = (event: string) => ({ initial: 'a', states: { a: { on: { [event]: 'b' } }, b: {} } })
    const { chart, said } = read({
      id: 'x',
      type: 'parallel',
      states: { one: region('FLUSHED'), two: region('OVERLOADED') },
    })
    expect(said).toEqual([])
    expect(chart && startChart(chart.machine).states).toEqual(['x', 'x.one', 'x.one.a', 'x.two', 'x.two.a'])
  })
})

describe('a mistake in an incident chart is told with its place and a way out', () => {
  const one = (state: object) => ({ initial: 'a', states: { a: state, b: {} } })
  const cases: [string, unknown, RegExp][] = [
    [
      'an unknown target',
      one({ on: { FLUSHED: 'c' } }),
      /^states\/a\/on\/FLUSHED: there is no state `c` to go to. name a state beside/i,
    ],
    [
      'an unknown target among several',
      one({ on: { FLUSHED: [{ target: 'b' }, { target: '#incident.bb' }] } }),
      /FLUSHED\/1: there is no state `#incident.bb`.*Did you mean `#incident.b`/i,
    ],
    [
      'a target given from the root without a dot',
      { initial: 'a', on: { FLUSHED: 'b' }, states: { a: {}, b: {} } },
      /^on\/FLUSHED: .*Did you mean/i,
    ],
    [
      'an unknown initial state',
      { initial: 'aa', states: { a: {} } },
      /^initial: there is no state `aa`.*`a`/i,
    ],
    ['no initial state', { states: { a: {} } }, /begins.*initial: a/i],
    ['a mistyped key', one({ onn: { FLUSHED: 'b' } }), /^states\/a\/onn: unknown key `onn`.*`on`/i],
    ['a history state', one({ type: 'history' }), /^states\/a\/type: .*history/i],
    ['an invoked actor', one({ invoke: [{ src: 'x' }] }), /^states\/a\/invoke: .*do not run.*after/i],
    ['an entry action', one({ entry: [{ type: 'log' }] }), /^states\/a\/entry: .*do not run.*meta/i],
    [
      'a named guard',
      one({ on: { FLUSHED: { target: 'b', guard: 'isCold' } } }),
      /^states\/a\/on\/FLUSHED\/guard: /i,
    ],
    [
      'a guard of another type',
      one({ on: { FLUSHED: { target: 'b', guard: { type: 'isCold', params: { expr: 'true' } } } } }),
      /guard\/type: .*guard: \{type: when/i,
    ],
    [
      'a guard over an unknown metric',
      one({ on: { FLUSHED: { target: 'b', guard: { type: 'when', params: { expr: 'db.cpuu > 1' } } } } }),
      /expr: there is no metric `db.cpuu`.*`db.cpu`/i,
    ],
    ['a named delay', one({ after: { soon: 'b' } }), /^states\/a\/after\/soon: .*not a delay.*/i],
    ['a negative delay', one({ after: { '-5s': 'b' } }), /not a delay/i],
    ['a lower-case event', one({ on: { flushed: 'b' } }), /^states\/a\/on\/flushed: .*capitals/i],
    ['a raw event of XState', one({ on: { 'xstate.after.1': 'b' } }), /capitals/i],
    [
      'an always that runs in circles',
      { initial: 'a', states: { a: { always: 'b' }, b: { always: 'a' } } },
      /always.*without time passing/i,
    ],
    [
      'an always of a state that leads into itself',
      { initial: 'a', states: { a: { initial: 'x', always: '.x', states: { x: {} } } } },
      /without time passing/i,
    ],
    [
      'a storm of timers',
      { initial: 'a', states: { a: { after: { 0: 'b' } }, b: { after: { 10: 'a' } } } },
      /after: (0|10)`.*without time passing/i,
    ],
    [
      'an always without a target',
      one({ always: { guard: { type: 'when', params: { expr: 'true' } } } }),
      /leads nowhere/i,
    ],
    ['a reserved name', JSON.parse('{"initial":"a","states":{"a":{},"__proto__":{}}}'), /reserved name/i],
    ['a constructor', { initial: 'a', states: { a: {}, constructor: {} } }, /reserved name/i],
    [
      'a mistyped key in meta',
      one({ meta: { effect: [] } }),
      /^states\/a\/meta\/effect: there is no `effect`.*`effects`/i,
    ],
    [
      'two states of one id',
      { initial: 'a', states: { a: { id: 'x' }, b: { id: 'x' } } },
      /two states have the id/i,
    ],
    ['something that is no mapping', 'hello', /should be a mapping/i],
    ['a list of states', { initial: 'a', states: ['a'] }, /^states: .*mapping/i],
  ]
  test.each(cases)('%s', (_title, chart, expected) => {
    const { chart: made, said } = read(chart)
    expect(
      said.some((s) => expected.test(s)),
      said.join('\n'),
    ).toBe(true)
    expect(made).toBeUndefined()
  })

  test('charts nested without end, or with too many states, are refused at once', () => {
    let deep: object = {}
    for (let i = 0; i < 2000; i++) deep = { initial: 'a', states: { a: deep } }
    expect(read(deep).said.join()).toMatch(/nested more than 8 levels/i)
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`s${i}`, {}]))
    expect(read({ initial: 's0', states: many }).said.join()).toMatch(/more than 200 states/i)
  })
})

describe('a chart that loads but means something doubtful', () => {
  test('has a state that nothing leads to', () => {
    const { said, findings, chart } = read({
      initial: 'a',
      states: { a: {}, lonely: { initial: 'x', states: { x: {} } } },
    })
    expect(said).toEqual([expect.stringMatching(/^states\/lonely: the state `lonely` is never reached/i)])
    expect(findings[0]?.severity).toBe('warning')
    expect(chart).toBeDefined()
  })
  test('listens to an event that nothing sends', () => {
    const { said } = read({ initial: 'a', states: { a: { on: { CACHE_WARMM: 'b' } }, b: {} } })
    expect(said).toEqual([expect.stringMatching(/nothing sends `CACHE_WARMM`.*Did you mean `CACHE_WARM`/i)])
  })
  test('is an incident without a cause, or with one that only a foreseen action removes', () => {
    expect(read({ initial: 'a', states: { a: {} } }, 'incident').said.join()).toMatch(
      /no state has the tag `cause-present`/i,
    )
    const { said } = read(
      { initial: 'a', states: { a: { tags: ['cause-present'], on: { FLUSHED: 'b' } }, b: {} } },
      'incident',
    )
    expect(said.join()).toMatch(/no condition leads out/i)
  })
  test('has a cause that never goes away again', () => {
    const { said } = read(
      {
        initial: 'a',
        states: {
          a: { tags: ['cause-present'], on: { CACHE_WARM: 'ok', OVERLOADED: 'stuck' } },
          stuck: { tags: ['cause-present'] },
          ok: {},
        },
      },
      'incident',
    )
    expect(said).toEqual([
      expect.stringMatching(/^states\/stuck: once in `stuck`, the cause never goes away/i),
    ])
  })
})
