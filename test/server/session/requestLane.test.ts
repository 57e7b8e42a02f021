import { expect, test } from 'vitest'
import { createRequestLane } from '../../../server/session/requestLane.ts'
import { compileSystem } from '../../../server/sim/physics/index.ts'
import { packHeat, packRequest, type SampledRequest } from '../../../server/sim/physics/requests/index.ts'
import { SystemSpec } from '../../../server/sim/scenario/systemSchema.ts'
import { Trace, RequestTable, HeatMap } from '../../../shared/requests.ts'

const model = compileSystem(
  SystemSpec.parse({
    components: {
      web: { kind: 'service', title: 'Web', calls: { db: { timeout: '1s' } } },
      db: { kind: 'database', title: 'Database' },
    },
    traffic: { users: { title: 'Users', to: 'web', rate: '10/s' } },
  }),
)
const span = { cell: 0, version: -1, wait: 0, status: 200, attempt: 1, note: '' } as const
const request = (n: number, at: number, more: Partial<SampledRequest> = {}): SampledRequest => ({
  trace: Math.imul(n + 1, 2654435761)
    .toString(16)
    .replace('-', '')
    .padStart(16, 'a')
    .slice(0, 16),
  at,
  weight: 10,
  source: 'users',
  attributes: {},
  attempt: 1,
  status: 200,
  duration: 0.25,
  spans: [
    { ...span, component: 0, node: 2, parent: -1, start: 0, duration: 0.25 },
    { ...span, component: 1, cell: 1, node: 1, parent: 0, start: 0.05, duration: 0.2 },
  ],
  ...more,
})
const span60 = { from: 0, to: 60_000 }

test('requests come back by the time they ended, with what can be asked of them', () => {
  const lane = createRequestLane(model)
  lane.add([packRequest(request(1, 1000)), packRequest(request(2, 9000, { status: 500 }))], 10_000)
  const table = lane.requests({ from: 0, to: 5000 })
  expect(RequestTable.parse(table).at).toEqual([1000])
  const value = (name: string) => {
    const column = table.attributes.find((a) => a.name === name)
    return column?.values[column.of[0] ?? -1]
  }
  expect(['status', 'source', 'web.node', 'db.node', 'slowest'].map(value)).toEqual([
    '200',
    'users',
    'web-2',
    'db-1',
    'db',
  ])
})

test('a sub-sample weighs as much as the whole, and the same one can be asked for again', () => {
  const lane = createRequestLane(model)
  lane.add(
    Array.from({ length: 6000 }, (_, n) => packRequest(request(n, n * 10))),
    60_000,
  )
  const all = lane.requests({ ...span60, limit: 8000 })
  const some = lane.requests({ ...span60, limit: 1500 })
  const weight = (t: RequestTable) => t.weight.reduce((a, b) => a + b, 0)
  expect([all.every, some.every]).toEqual([1, 4])
  expect(some.trace.length).toBeLessThan(1800)
  expect(weight(some) / weight(all)).toBeGreaterThan(0.85)
  expect(weight(some) / weight(all)).toBeLessThan(1.15)
  const half = lane.requests({ from: 0, to: 30_000, every: some.every })
  expect(half.trace).toEqual(some.trace.slice(0, half.trace.length))
})

test('what is not over yet is nobody’s to know, neither a request nor work that goes on after it', () => {
  const lane = createRequestLane(model)
  const late = request(1, 12_000)
  const wasted = request(2, 10_000, {
    status: 504,
    spans: [
      { ...span, component: 0, node: 1, parent: -1, start: 0, duration: 8, status: 504, note: 'gave-up' },
      { ...span, component: 1, cell: 1, node: 1, parent: 0, start: 6, duration: 2 },
    ],
  })
  lane.add([packRequest(late), packRequest(wasted)], 10_500)
  expect(lane.requests(span60).trace).toEqual([wasted.trace])
  expect(lane.trace(late.trace)).toBeUndefined()
  const soon = lane.trace(wasted.trace)
  expect(soon?.spans.map((s) => [s.component, s.running])).toEqual([['web', true]])
  expect(soon?.spans[0]?.duration).toBeCloseTo(0.75)
  lane.add([], 30_000)
  expect(lane.requests(span60).trace).toHaveLength(2)
  expect(lane.trace(wasted.trace)?.spans.map((s) => s.running)).toEqual([false, false])
})

test('a trace has every part; a wrong, foreign or hostile id has none', () => {
  const lane = createRequestLane(model)
  const r = request(1, 1000)
  lane.add([packRequest(r)], 5000)
  expect(Trace.parse(lane.trace(r.trace)).spans.map((s) => [s.component, s.parent, s.node])).toEqual([
    ['web', -1, 'web-2'],
    ['db', 0, 'db-1'],
  ])
  for (const id of ['0123456789abcdef', '', '../../etc/passwd', '"', `${r.trace}0`])
    expect(lane.trace(id)).toBeUndefined()
})

test('heat maps are kept by component', () => {
  const lane = createRequestLane(model)
  lane.add([packHeat({ at: 5000, component: 1, row: [0, 0, 3] })], 5000)
  expect(HeatMap.parse(lane.heat('db', span60)).counts).toEqual([[0, 0, 3]])
  expect(lane.heat('web', span60)).toBeUndefined()
  expect(lane.heat('no-such', span60)).toBeUndefined()
})

test('memory is bounded: an hour of requests, the newest ones', () => {
  const lane = createRequestLane(model)
  for (let k = 0; k < 40; k += 1)
    lane.add(
      Array.from({ length: 1000 }, (_, n) => packRequest(request(k * 1000 + n, k * 1000 + n))),
      k * 1000 + 999,
    )
  const { at, every } = lane.requests({ from: 0, to: 1e9 })
  expect(at.length * every).toBeLessThan(34_000)
  expect(at[0]).toBeGreaterThan(5_000)
})

test('without a model there is nothing to tell, and nobody fails over it', () => {
  const lane = createRequestLane(null)
  lane.add([packRequest(request(1, 1000))], 5000)
  expect(lane.requests(span60).trace).toEqual([])
  expect(lane.trace(request(1, 1000).trace)).toBeUndefined()
})
