import { describe, expect, test } from 'vitest'
import { compareRequests } from '../../shared/compareRequests.ts'
import {
  failedAt,
  groupRequests,
  joinTables,
  quantileOf,
  selectRequests,
  summaryOf,
  valueAt,
} from '../../shared/exploration.ts'
import { gridOf, rowOf } from '../../shared/requestGrid.ts'
import type { RequestTable } from '../../shared/requests.ts'

interface Row {
  readonly at?: number
  readonly weight?: number
  readonly took?: number
  readonly [attribute: string]: string | number | undefined
}
/** A table from rows that read like requests; whatever is text is an attribute. */
function table(rows: readonly Row[]): RequestTable {
  const names = [...new Set(rows.flatMap((r) => Object.keys(r).filter((k) => typeof r[k] === 'string')))]
  return {
    from: 0,
    to: 60_000,
    every: 1,
    trace: rows.map((_, i) => i.toString(16).padStart(16, '0')),
    at: rows.map((r, i) => r.at ?? i * 1000),
    weight: rows.map((r) => r.weight ?? 1),
    duration: rows.map((r) => r.took ?? 0.1),
    attributes: names.map((name) => {
      const values = [...new Set(rows.flatMap((r) => (typeof r[name] === 'string' ? [r[name]] : [])))]
      return { name, values, of: rows.map((r) => values.indexOf(String(r[name] ?? ''))) }
    }),
  }
}
const all = (t: RequestTable) => t.trace.map((_, i) => i)

describe('which requests are looked at', () => {
  const t = table([
    { status: '200', version: 'v1', took: 0.1 },
    { status: '500', version: 'v2', took: 0.2 },
    { status: '200', took: 0.9 },
  ])
  const where = (attribute: string, op: 'is' | 'not', value: string | null) =>
    selectRequests(t, { attributes: [{ attribute, op, value }] })
  test('a condition asks for a value, for any other, or for none at all', () => {
    expect(where('version', 'is', 'v2')).toEqual([1])
    expect(where('version', 'not', 'v2')).toEqual([0, 2])
    expect(where('version', 'is', null)).toEqual([2])
    expect(where('version', 'not', null)).toEqual([0, 1])
  })
  test('a value that does not occur is nobody’s', () => {
    expect(where('version', 'is', 'v9')).toEqual([])
    expect(where('version', 'not', 'v9')).toEqual([0, 1, 2])
    expect(where('tenant', 'is', 'acme')).toEqual([])
  })
  test('durations and times bound it, both ends included', () => {
    expect(selectRequests(t, { attributes: [], slower: 0.2 })).toEqual([1, 2])
    expect(selectRequests(t, { attributes: [], faster: 0.2 })).toEqual([0, 1])
    expect(selectRequests(t, { attributes: [], from: 1000, to: 1000 })).toEqual([1])
  })
  test('a request without a value has none, and everything but 200 failed', () => {
    expect(valueAt(t, 'version', 2)).toBeNull()
    expect([0, 1, 2].map((i) => failedAt(t, i))).toEqual([false, true, false])
  })
})

describe('numbers over requests', () => {
  const t = table([
    { status: '200', took: 0.1, weight: 90 },
    { status: '500', took: 0.5, weight: 5 },
    { status: '200', took: 1, weight: 5 },
  ])
  test('every request counts as often as it stands for', () => {
    const s = summaryOf(t, all(t), 10)
    expect(s).toMatchObject({ samples: 3, count: 100, perSecond: 10, failed: 0.05, p50: 0.1, p99: 1 })
    expect(quantileOf(t, all(t), 0.92)).toBe(0.5)
    expect(summaryOf(t, [], 10)).toMatchObject({ count: 0, failed: 0, p50: null })
  })
  test('groups come with the most frequent first, those without a value among them', () => {
    const g = table([{ v: 'a' }, { v: 'b', weight: 3 }, {}, {}])
    expect(groupRequests(g, all(g), { by: 'v', seconds: 1 }).map((x) => [x.value, x.count])).toEqual([
      ['b', 3],
      [null, 2],
      ['a', 1],
    ])
    expect(groupRequests(g, all(g), { by: 'nothing', seconds: 1 }).map((x) => x.value)).toEqual([null])
  })
})

describe('what sets a selection apart', () => {
  const many = (n: number, row: (i: number) => Row) => Array.from({ length: n }, (_, i) => row(i))
  const t = table([
    ...many(60, (i) => ({ version: 'v2', node: `n${i % 6}`, side: 'in' })),
    ...many(200, (i) => ({ version: i % 10 === 0 ? 'v2' : 'v1', node: `n${i % 6}`, side: 'out' })),
  ])
  const inside = selectRequests(t, { attributes: [{ attribute: 'side', op: 'is', value: 'in' }] })
  const outside = selectRequests(t, { attributes: [{ attribute: 'side', op: 'is', value: 'out' }] })
  const found = compareRequests(t, inside, outside)
  const of = (name: string) => found.find((f) => f.attribute === name)
  test('is told by how much more often a value occurs inside than outside', () => {
    expect(of('version')?.values[0]).toMatchObject({ inside: 1, beyondChance: true })
    expect(of('version')?.difference).toBeCloseTo(0.9)
    expect(found.map((f) => f.attribute).slice(0, 2)).toEqual(['side', 'version'])
  })
  test('is not made up from scatter', () => {
    expect(of('node')?.beyondChance).toBe(false)
    const few = compareRequests(t, inside.slice(0, 3), outside.slice(0, 40))
    expect(few.find((f) => f.attribute === 'node')?.beyondChance).toBe(false)
  })
  test('is nothing when there is nothing on one side', () => {
    expect(compareRequests(t, [], outside)).toEqual([])
    expect(compareRequests(t, inside, [])).toEqual([])
  })
  test('knows that a missing value is a difference, too', () => {
    const m = table([
      ...many(40, () => ({ side: 'in' })),
      ...many(40, () => ({ side: 'out', coupon: 'yes' })),
    ])
    const [coupon] = compareRequests(m, all(m).slice(0, 40), all(m).slice(40)).filter(
      (f) => f.attribute === 'coupon',
    )
    expect(coupon?.values.find((v) => v.value === null)).toMatchObject({ inside: 1, outside: 0 })
  })
})

describe('what a request never reached', () => {
  const many = (n: number, row: (i: number) => Row) => Array.from({ length: n }, (_, i) => row(i))
  const compared = (inside: readonly Row[], outside: readonly Row[]) => {
    const t = table([...inside, ...outside])
    const all = t.trace.map((_, i) => i)
    return compareRequests(t, all.slice(0, inside.length), all.slice(inside.length))
  }
  const ranked = (found: ReturnType<typeof compared>) =>
    found.filter((f) => f.beyondChance).map((f) => [f.attribute, f.kind])
  // The new version fails before it asks its cache.
  const failed = many(60, () => ({ version: 'v2', 'web.zone': 'a' }))
  const good = many(200, (i) => ({
    version: i % 10 === 0 ? 'v2' : 'v1',
    cache: i % 30 === 0 ? 'miss' : 'hit',
    'web.zone': 'a',
  }))
  test('ranks after what it has, however complete the lack is', () => {
    const found = compared(failed, good)
    expect(ranked(found)).toEqual([
      ['version', 'value'],
      ['cache', 'unreached'],
    ])
    expect(found[1]?.values[0]).toMatchObject({ value: null, inside: 1, outside: 0 })
  })
  test('does not hide how the values differ of those that did reach it', () => {
    const half = many(80, (i) => (i % 2 === 0 ? { cache: 'miss' } : {}))
    const [cache] = compared(half, good)
    expect([cache?.attribute, cache?.kind]).toEqual(['cache', 'value'])
    // Of those that asked the cache, all missed; those that did not are left out.
    expect(cache?.values.map((v) => [v.value, v.inside])).toEqual([
      ['miss', 1],
      ['hit', 0],
    ])
  })
  test('is what it is ranked as when those that did reach it are like the others', () => {
    const half = many(80, (i) => (i % 2 === 0 ? { cache: 'hit' } : {}))
    expect(ranked(compared(half, good)).filter(([name]) => name === 'cache')).toEqual([
      ['cache', 'unreached'],
    ])
  })
  test('is a difference like any other when the rest of them never reached it', () => {
    const found = compared(
      many(60, () => ({ db: 'db-1' })),
      many(200, (i) => (i % 20 === 0 ? { db: 'db-1' } : {})),
    )
    expect(ranked(found)).toEqual([['db', 'value']])
    expect(found[0]?.values.find((v) => v.value === 'db-1')).toMatchObject({ inside: 1, outside: 0.05 })
  })
  test('shares that are equal but for rounding are no difference', () => {
    const weights = (w: number) => many(50, () => ({ source: 'users', weight: w }))
    expect(ranked(compared(weights(0.1), weights(0.7)))).toEqual([])
  })
})

describe('a heat map of requests', () => {
  test('counts each where and when it belongs, and what lies beyond the scale at its ends', () => {
    const t = table([
      { at: 0, took: 0.1, weight: 2, status: '200' },
      { at: 59_999, took: 500, weight: 3, status: '504' },
      { at: 30_000, took: 0.00001, status: '200' },
    ])
    const grid = gridOf(t, all(t), { from: 0, to: 60_000, columns: 6 })
    expect(grid.counts[0]?.[rowOf(0.1)]).toBe(2)
    expect(grid.counts[5]?.at(-1)).toBe(3)
    expect(grid.failed[5]?.at(-1)).toBe(3)
    expect(grid.counts[3]?.[0]).toBe(1)
    expect(grid.counts.flat().reduce((a, b) => a + b, 0)).toBe(6)
  })
  test('has rows whose edges hold what falls into them', () => {
    const { durations } = gridOf(table([]), [], { from: 0, to: 1, columns: 1 })
    for (const s of [0.0012, 0.004, 0.02, 0.3, 1, 2.5, 40]) {
      expect(durations[rowOf(s)]).toBeLessThanOrEqual(s * 1.000001)
      expect(durations[rowOf(s) + 1]).toBeGreaterThan(s * 0.999999)
    }
  })
})

test('what comes later is joined to what was there, and what is too old is left out', () => {
  const before = table([
    { at: 1000, status: '200' },
    { at: 5000, status: '500', old: 'yes' },
  ])
  const after = { ...table([{ at: 9000, status: '503', fresh: 'yes' }]), to: 70_000 }
  const both = joinTables(before, after, 2000)
  expect(both.at).toEqual([5000, 9000])
  expect([0, 1].map((i) => ['status', 'old', 'fresh'].map((a) => valueAt(both, a, i)))).toEqual([
    ['500', 'yes', null],
    ['503', null, 'yes'],
  ])
  expect([both.from, both.to]).toEqual([2000, 70_000])
})
