import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SAMPLE_MS } from '../../../server/sim/engine.ts'
import { compileExpression, type Read } from '../../../server/sim/scenario/expression.ts'

const NAMES = ['db.cpu', 'db.queries', 'cache.hit_ratio', 'slo.checkout.sli', 'edge.shed']
const metrics = {
  names: NAMES,
  columnOf: (name: string) => (NAMES.includes(name) ? NAMES.indexOf(name) : undefined),
}
type Series = Readonly<Record<string, readonly (number | null)[]>>
/** Telemetry whose newest samples are the last ones; metrics that are not named were never measured. */
const measured = (series: Series): Read => {
  const of = (column: number) => series[NAMES[column] ?? ''] ?? []
  return {
    latest: (column) => of(column).at(-1) ?? null,
    window: (column, ms) => of(column).slice(-Math.max(1, Math.round(ms / SAMPLE_MS))),
  }
}
const now = (values: Readonly<Record<string, number>>) =>
  measured(Object.fromEntries(Object.entries(values).map(([k, v]) => [k, [v]])))
const compile = (text: string, wants: 'boolean' | 'number' = 'boolean') =>
  compileExpression(text, { metrics, wants })
function valueOf(text: string, read: Read, wants: 'boolean' | 'number' = 'boolean') {
  const compiled = compile(text, wants)
  if (!compiled.ok) throw new Error(`${text}: ${compiled.fault.message}`)
  return compiled.expr.value(read)
}

describe('an expression', () => {
  test('compares metrics with whole numbers, shares and times without fuss', () => {
    const read = now({ 'db.cpu': 2, 'cache.hit_ratio': 0.5, 'edge.shed': 0, 'db.queries': 90 })
    expect(valueOf('db.cpu > 1', read)).toBe(true)
    expect(valueOf('edge.shed == 0', read)).toBe(true)
    expect(valueOf('cache.hit_ratio < 60% && db.cpu <= 2.0', read)).toBe(true)
    expect(valueOf('db.queries >= 1m30s', read)).toBe(true)
    expect(valueOf('db.queries % 4 == 2 ? !false : db.cpu != 2', read)).toBe(true)
  })
  test('calculates with doubles', () => {
    const read = now({ 'db.cpu': 3, 'db.queries': 2 })
    expect(valueOf('db.cpu / db.queries - 1', read, 'number')).toBe(0.5)
    expect(valueOf('max(db.cpu, 7, abs(-db.queries)) + min(1, 2)', read, 'number')).toBe(8)
  })
  test('knows which metrics it reads and how far back', () => {
    const compiled = compile('avg_over(db.cpu, 5m) > 0.5 && db.cpu < slo.checkout.sli')
    expect(compiled.ok && [compiled.expr.columns, compiled.expr.horizonMs]).toEqual([[0, 3], 300_000])
  })
})

describe('what was not measured is unknown', () => {
  const read = now({ 'db.cpu': 1 })
  test.each([
    ['cache.hit_ratio > 0.5', null],
    ['!(cache.hit_ratio > 0.5)', null],
    ['cache.hit_ratio > 0.5 && db.cpu > 5', false],
    ['cache.hit_ratio > 0.5 && db.cpu > 0', null],
    ['db.cpu > 0 || cache.hit_ratio > 0.5', true],
    ['cache.hit_ratio > 0.5 || db.cpu > 0', true],
    ['cache.hit_ratio > 0.5 || db.cpu > 5', null],
    ['cache.hit_ratio == cache.hit_ratio', null],
    ['has(cache.hit_ratio)', false],
    ['has(db.cpu) && db.cpu == 1', true],
    ['(cache.hit_ratio > 0 ? 1 : 2) == 1', null],
    ['avg_over(cache.hit_ratio, 1m) > 0', null],
    ['db.cpu / 0 > 1', null],
  ])('%s is %s', (text, expected) => {
    expect(valueOf(text, read)).toBe(expected)
  })
  test('in both orders of && and || alike', () => {
    const part = fc.constantFrom('db.cpu > 0', 'db.cpu > 5', 'cache.hit_ratio > 0')
    fc.assert(
      fc.property(part, part, fc.constantFrom('&&', '||'), (a, b, op) => {
        expect(valueOf(`${a} ${op} ${b}`, read)).toBe(valueOf(`${b} ${op} ${a}`, read))
      }),
    )
  })
})

describe('a look back over time', () => {
  const perSample = 10 * (SAMPLE_MS / 1000)
  const counter = Array.from({ length: 40 }, (_, i) => i * perSample)
  test('takes mean, highest and lowest of what was measured in it', () => {
    const read = measured({
      'db.cpu': [9, 9, ...Array.from({ length: 60_000 / SAMPLE_MS - 3 }, () => 1), null, 4, 1],
    })
    expect(valueOf('max_over(db.cpu, 1m)', read, 'number')).toBe(4)
    expect(valueOf('min_over(db.cpu, 1m)', read, 'number')).toBe(1)
    const count = 60_000 / SAMPLE_MS - 1
    expect(valueOf('avg_over(db.cpu, 1m)', read, 'number')).toBeCloseTo((count + 3) / count, 10)
  })
  test('gives a counter’s increase per second, also over a restart of the counter', () => {
    expect(valueOf('rate(db.queries, 1m)', measured({ 'db.queries': counter }), 'number')).toBeCloseTo(10, 10)
    const restarted = [...counter.slice(0, 20), ...counter.slice(1, 6)]
    expect(valueOf('rate(db.queries, 1m)', measured({ 'db.queries': restarted }), 'number')).toBeCloseTo(
      10,
      10,
    )
  })
  test('gives a gauge’s change', () => {
    const read = measured({ 'db.cpu': [5, 5, 5, ...Array.from({ length: 60_000 / SAMPLE_MS }, () => 3)] })
    expect(valueOf('delta_over(db.cpu, 1m)', read, 'number')).toBe(-2)
    expect(valueOf('delta_over(db.cpu, 1m)', now({ 'db.cpu': 1 }), 'number')).toBeNull()
  })
})

describe('a mistake in an expression is told with its place and a way out', () => {
  test.each<[string, number, RegExp, RegExp]>([
    ['db.cpuu > 1', 0, /no metric `db.cpuu`/, /`db.cpu`/],
    ['db.cpu > 1 && cash.hit_ratio < 1', 14, /no metric `cash.hit_ratio`/, /`cache.hit_ratio`/],
    ['avg_over(db.cpu, 90m30s) > 0 || nope.x > 1', 17, /between 1s and 1h/, /5m/],
    ['avg_over(db.cpu, 90s) > 0 || nope.x > 1', 29, /no metric `nope.x`/, /components/],
    ['avg_ovr(db.cpu, 5m) > 1', 0, /no function `avg_ovr`/, /avg_over/],
    ['avg_over(db.cpu / 2, 5m) > 1', 9, /one metric/, /custom metric/],
    ['avg_over(db.cpu) > 1', 0, /takes a metric and a time/, /5m/],
    ['db.cpu >', 8, /ends too early/, /looks like/],
    ['db.cpu > 1 and edge.shed > 0', 11, /cannot be read/, /&&/],
    ['db.cpu = 1', 7, /cannot be read/, /==/],
    ['db.cpu', 0, /number.*condition is needed/, /Compare/],
    ['db.cpu && true', 0, /needs true or false/, /Compare/],
    ['(db.cpu > 1) + 1 > 0', 1, /needs a number/, /\? 1 : 0/],
    ['db.cpu == "high"', 10, /only numbers/, /numbers/],
    ['db["cpu"] > 1', 0, /not used/, /metrics/],
    ['db.all(x, x > 1)', 0, /not used/, /metrics/],
    ['', 0, /empty/, /condition/],
  ])('%s', (text, offset, message, wayOut) => {
    const compiled = compile(text)
    if (compiled.ok) throw new Error('it should not compile')
    expect(compiled.fault.message).toMatch(message)
    expect(compiled.fault.wayOut).toMatch(wayOut)
    expect(compiled.fault.offset).toBe(offset)
  })
  test('a condition where a number is wanted', () => {
    const compiled = compile('db.cpu > 1', 'number')
    expect(!compiled.ok && compiled.fault.message).toMatch(/a number is needed/)
  })
  test('no text makes the compiler throw, or answer with more than it was told', () => {
    const word = fc.constantFrom(
      'db.cpu',
      '(',
      ')',
      '&&',
      '||',
      '!',
      '?',
      ':',
      '1',
      '5m',
      '90%',
      '-',
      '>',
      '==',
      ' ',
      'avg_over',
      ',',
      '"',
      '[',
      '.',
      'has',
      '__proto__',
      'constructor',
      '\n',
      '{',
    )
    const text = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.array(word, { maxLength: 20 }).map((w) => w.join('')),
    )
    fc.assert(
      fc.property(text, (source) => {
        const compiled = compile(source)
        if (compiled.ok) compiled.expr.value(now({ 'db.cpu': 1 }))
        else {
          expect(compiled.fault.message.length).toBeLessThan(300)
          expect(compiled.fault.offset).toBeGreaterThanOrEqual(0)
          expect(compiled.fault.offset).toBeLessThanOrEqual(source.length)
        }
      }),
      { numRuns: 500 },
    )
  })
})
