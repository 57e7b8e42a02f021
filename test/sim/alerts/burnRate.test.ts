import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { PAST_MS, SAMPLE_MS } from '../../../server/sim/engine.ts'
import {
  burns,
  type BurnWindow,
  count,
  type Counts,
  errorRatio,
  windowsOf,
} from '../../../server/sim/mechanics/alerts/burnRate.ts'

const table = (name: string): Record<string, string>[] => {
  const [head = '', ...lines] = readFileSync(join(import.meta.dirname, `../../reference/${name}.csv`), 'utf8')
    .trim()
    .split(/\r?\n/)
  const columns = head.split(',')
  return lines.map((l) => Object.fromEntries(l.split(',').map((cell, i) => [columns[i] ?? '', cell])))
}

const DAY = 86_400_000
const MONTH = 30 * DAY
const RATE = 100
const standard = (scale = 1) =>
  (['page', 'ticket'] as const).flatMap((severity) => windowsOf({ scale }, { severity, period: MONTH }))

/** Requests at a steady rate: healthy until 0, then a share of them bad until `until`, counted every five seconds. */
function play(o: { error: number; window: BurnWindow; objective: number; until: number; end: number }) {
  const c: Counts = { kept: [], usual: [0, 0] }
  let fired: number | null = null
  let reset: number | null = null
  for (let now = -PAST_MS + SAMPLE_MS; now <= o.end; now += SAMPLE_MS) {
    const total = (RATE * (now + PAST_MS)) / 1000
    const bad = (RATE * o.error * Math.min(Math.max(0, now), o.until)) / 1000
    count(c, { total, bad, now, span: o.window.long })
    if (now <= 0) continue
    const is = burns(c, [o.window], o.objective)
    if (is && fired === null) fired = now / 1000
    if (!is && fired !== null && reset === null) reset = now / 1000
  }
  return { fired, reset, c }
}
/** The first evaluation at which a threshold that is crossed at `s` can be seen to be crossed. */
const nextLook = (s: number) => (Math.ceil(s / 5 - 1e-9) * SAMPLE_MS) / 1000

const NAMES = ['fast_1h_14.4', 'slow_6h_6', 'day_24h_3', '3day_1']

describe('a burn-rate rule', () => {
  it.each(table('burn_rate_detection_s').map((row) => [row['slo'], row['error_ratio'], row] as const))(
    'fires when the arithmetic of the budget says: objective %s, error ratio %s',
    (slo, ratio, row) => {
      for (const [i, window] of standard().entries()) {
        const name = NAMES[i] ?? ''
        const expected = row[name]
        const error = Number(ratio)
        const objective = Number(slo)
        const end =
          expected === 'never' ? Math.min(window.long * 1.2, 2 * DAY) : Number(expected) * 1000 + 60_000
        const { fired } = play({ error, window, objective, until: end, end })
        console.log(`${slo} at ${ratio}, ${name}: fires after ${fired ?? 'never'} s, computed ${expected} s`)
        if (expected === 'never') expect(fired).toBeNull()
        else {
          expect(Number(expected)).toBeCloseTo(
            ((window.long / 1000) * window.factor * (1 - objective)) / error,
            1,
          )
          expect(fired).not.toBeNull()
          // Strictly beyond the factor: where the computed time falls on an evaluation, the next one sees it.
          expect((fired ?? 0) - Number(expected)).toBeGreaterThanOrEqual(-0.01)
          expect((fired ?? 0) - nextLook(Number(expected))).toBeLessThanOrEqual(5)
        }
      }
    },
  )

  it.each([1, 1 / 6, 1 / 60])('is over when its short window is, at a scale of %f', (scale) => {
    for (const error of [1, 0.5, 0.1, 0.03]) {
      for (const [i, window] of standard(scale).entries()) {
        const objective = 0.999
        const budget = window.factor * (1 - objective)
        const until = nextLook((window.long / 1000) * (budget / error) * 1.1 + 30) * 1000 + window.short
        const { fired, reset } = play({ error, window, objective, until, end: until + 2 * window.short })
        // The bad share of the short window falls as good requests push the bad ones out: s × (1 − threshold / ratio).
        const byShort = until / 1000 + (window.short / 1000) * (1 - budget / error)
        console.log(
          `×${scale.toFixed(3)} ${NAMES[i] ?? ''} at ${error}: fired ${fired} s, over at ${reset} s, computed ${byShort.toFixed(1)} s`,
        )
        expect(fired).not.toBeNull()
        expect(Math.abs((reset ?? Infinity) - byShort)).toBeLessThanOrEqual(5)
      }
    }
  })

  it('has the windows, factors and budgets of the book', () => {
    for (const [i, row] of table('burn_rate_thresholds').entries()) {
      const window = standard()[i]
      expect(window?.factor).toBe(Number(row['burn_rate']))
      expect((window?.long ?? 0) / 3_600_000).toBeCloseTo(Number(row['long_h']), 5)
      expect((window?.short ?? 0) / 3_600_000).toBeCloseTo(Number(row['short_h']), 5)
      const spent = ((window?.factor ?? 0) * (window?.long ?? 0)) / MONTH
      expect(spent).toBeCloseTo(Number(row['budget_spent_when_full_window_at_threshold_30d']), 6)
    }
  })

  test('takes its windows from the period of the objective, so that each keeps its share of the budget', () => {
    for (const period of [DAY, 14 * DAY, 28 * DAY, MONTH, 90 * DAY]) {
      const [fast, slow] = windowsOf({}, { severity: 'page', period })
      expect((14.4 * (fast?.long ?? 0)) / period).toBeCloseTo(0.02, 3)
      expect((6 * (slow?.long ?? 0)) / period).toBeCloseTo(0.05, 3)
    }
    const [own] = windowsOf(
      { windows: [{ factor: 10, long: 62_000, short: 2000 }] },
      { severity: 'page', period: DAY },
    )
    expect(own).toEqual({ factor: 10, long: 60_000, short: 5000 })
  })

  test('reckons the time before anything was counted as the healthy past', () => {
    const c: Counts = { kept: [], usual: [0, 0] }
    for (let now = -PAST_MS + SAMPLE_MS; now <= 0; now += SAMPLE_MS) {
      const s = (now + PAST_MS) / 1000
      count(c, { total: 100 * s, bad: 0.2 * s, now, span: 3 * DAY })
    }
    expect(errorRatio(c, 3 * DAY)).toBeCloseTo(0.002, 9)
    expect(errorRatio(c, 60_000)).toBeCloseTo(0.002, 9)
  })
})

test('a budget is as many seconds of failing altogether as the table says', () => {
  for (const row of table('error_budget_seconds')) {
    for (const [period, seconds] of Object.entries(row)) {
      if (period === 'slo') continue
      const budget = (1 - Number(row['slo'])) * Number(period.slice(0, -1)) * 86_400
      expect(budget).toBeCloseTo(Number(seconds), 3)
    }
  }
})
