import { expect, test } from 'vitest'
import { valueAt } from '../../../../shared/exploration.ts'
import { tableOf, type Names } from '../../../../server/sim/physics/requests/describe.ts'
import type { SampledRequest } from '../../../../server/sim/physics/requests/sampleRequests.ts'
import type { Span } from '../../../../server/sim/physics/requests/span.ts'

const names: Names = {
  component: (i) => ['web', 'cache'][i] ?? '',
  zone: () => null,
  region: () => null,
  place: () => 'cache',
  version: () => null,
}
const span = (o: Partial<Span> & { component?: number; parent?: number }): Span => ({
  component: 1,
  cell: 0,
  node: 1,
  version: -1,
  parent: 0,
  start: 0,
  duration: 0.001,
  wait: 0,
  status: 200,
  attempt: 1,
  note: '',
  ...o,
})
/** A request whose look-ups ended as told, one after the other. */
const looked = (...notes: Span['note'][]): SampledRequest => ({
  trace: '00000000000000ff',
  at: 1000,
  weight: 1,
  source: 'users',
  attributes: {},
  attempt: 1,
  status: 200,
  duration: 0.1,
  spans: [span({ component: 0, parent: -1, duration: 0.1 }), ...notes.map((note) => span({ note }))],
})

test('of several look-ups a request tells the dearest one, whichever came last', () => {
  const requests = [looked('miss', 'hit', 'hit'), looked('hit', 'shared'), looked('hit', 'hit'), looked()]
  const table = tableOf(requests, names, { from: 0, to: 1000, every: 1 })
  expect(requests.map((_, i) => valueAt(table, 'cache.cache', i))).toEqual(['miss', 'shared', 'hit', null])
})
