import { describe, expect, it } from 'vitest'
import {
  decide,
  follow,
  forMean,
  forTotal,
  recommendation,
  scalerAt,
  type ScalingRules,
} from '../../../server/sim/physics/fleet/autoscaler.ts'
import { observe, type Reading, usageAt } from '../../../server/sim/physics/fleet/readings.ts'
import { table } from './reference.ts'

const RULES: ScalingRules = {
  min: 1,
  max: 100,
  cpu: 0,
  saturation: 0,
  rps: 0,
  queue: 0,
  tolerance: 0.1,
  upRatio: 1,
  upCount: 4,
  downWindow: 300,
}
/** Decides every 15 s on what each second's list says it would like; the numbers wanted after each decision. */
function trace(from: number, liked: readonly (number | undefined)[], rules: Partial<ScalingRules> = {}) {
  const s = scalerAt(from)
  follow(s, { second: 0, on: true, replicas: from, set: false })
  return liked.map((like, i) => {
    decide(s, i * 15, { rules: { ...RULES, ...rules }, liked: like })
    return s.wanted
  })
}

describe('the number of instances a metric asks for', () => {
  it.each(table('hpa_desired'))('of $current at $metric for a target of $target is $desired', (row) => {
    const [current, value, target] = [Number(row['current']), Number(row['metric']), Number(row['target'])]
    const o = { current, value, target, full: target, tolerance: 0.1 }
    expect(forMean({ ...o, existing: current, measured: current })).toBe(Number(row['desired']))
    expect(forTotal({ ...o, total: value * current })).toBe(Number(row['desired']))
  })
  it.each([
    // 10 measured at 150 % of the target, 5 without a reading count nothing: 15 in all, as many as there are.
    [{ current: 15, existing: 15, measured: 10, value: 0.9, target: 0.6, full: 1 }, 15],
    // 4 measured at three times the target: 12, whether or not 4 more are starting.
    [{ current: 8, existing: 8, measured: 4, value: 0.9, target: 0.3, full: 1 }, 12],
    [{ current: 4, existing: 4, measured: 4, value: 0.9, target: 0.3, full: 1 }, 12],
    // 8 measured at half the target would do with 4; 2 without a reading count in full (1 / 0.5 = 2 each): 4 + 4.
    [{ current: 10, existing: 10, measured: 8, value: 0.25, target: 0.5, full: 1 }, 8],
    // 6 of those would turn the direction: no change.
    [{ current: 10, existing: 10, measured: 4, value: 0.25, target: 0.5, full: 1 }, 10],
    // Rounding of 0.6 / 0.5 × 5 must not make a seventh.
    [{ current: 5, existing: 5, measured: 5, value: 0.6, target: 0.5, full: 1 }, 6],
  ])('with instances that have no reading: %o', (o, desired) => {
    expect(forMean({ ...o, tolerance: 0.1 })).toBe(desired)
  })
  it('is the most of several metrics', () => {
    const usage = { cpu: 0.4, saturation: 0.9, rps: 500, queue: 0, measured: 10 }
    const now = { wanted: 10, existing: 10, ready: 10 }
    const of = (rules: Partial<ScalingRules>) => recommendation({ ...RULES, ...rules }, usage, now)
    expect(of({ cpu: 0.8 })).toBe(5)
    expect(of({ cpu: 0.8, saturation: 0.6 })).toBe(15)
    expect(of({ cpu: 0.8, saturation: 0.6, rps: 25 })).toBe(20)
    expect(of({})).toBeUndefined()
  })
  it('can only go up while one of several metrics cannot be read', () => {
    const usage = { cpu: null, saturation: null, rps: 500, queue: 0, measured: 0 }
    const now = { wanted: 10, existing: 10, ready: 0 }
    expect(recommendation({ ...RULES, cpu: 0.8, rps: 100 }, usage, now)).toBeUndefined()
    expect(recommendation({ ...RULES, cpu: 0.8, rps: 25 }, usage, now)).toBe(20)
    expect(recommendation({ ...RULES, cpu: 0.8 }, usage, now)).toBeUndefined()
    expect(recommendation({ ...RULES, cpu: 0.8 }, undefined, now)).toBeUndefined()
  })
})

describe('decisions one after another', () => {
  it('go up by doubling, or by four where that is more', () => {
    expect(trace(1, [90, 90, 90, 90, 90, 90])).toEqual([5, 10, 20, 40, 80, 90])
    expect(trace(3, [50, 50, 50], { upCount: 0 })).toEqual([6, 12, 24])
    expect(trace(8, [50, 50], { upRatio: 0.25, upCount: 1 })).toEqual([10, 13])
  })
  it('count what was added in the last 15 s against that limit, when they come more often', () => {
    const s = scalerAt(4)
    follow(s, { second: 0, on: true, replicas: 4, set: false })
    const wanted = [0, 5, 10, 15, 20].map((second) => {
      decide(s, second, { rules: RULES, liked: 50 })
      return s.wanted
    })
    expect(wanted).toEqual([8, 8, 8, 16, 16])
  })
  it('go down to the most that was liked in 300 s, and only then', () => {
    // Liked 10 when switched on (second 0) and at 15 s; 6 from 30 s, 4 from 60 s. At 315 s the last 10 (15 s) is 300 s old.
    const liked = [10, 10, 6, 6, ...Array.from({ length: 40 }, () => 4)]
    const wanted = trace(10, liked)
    expect(wanted.slice(0, 21)).toEqual(Array.from({ length: 21 }, () => 10))
    // 6 was liked last at 45 s: until 345 s.
    expect(wanted.slice(21, 25)).toEqual([6, 6, 4, 4])
  })
  it('go down at once with a window of nothing, never below min', () => {
    expect(trace(10, [3, 1, 0], { downWindow: 0, min: 2 })).toEqual([3, 2, 2])
  })
  it('go to min and max at once, whatever the metrics say, and leave none at all alone', () => {
    expect(trace(3, [undefined], { min: 20 })).toEqual([20])
    expect(trace(50, [90], { max: 20 })).toEqual([20])
    expect(trace(0, [9])).toEqual([0])
    expect(trace(0, [9], { min: 0 })).toEqual([4])
  })
  it('change nothing without metrics', () => {
    expect(trace(7, [undefined, undefined])).toEqual([7, 7])
  })
})

describe('what an autoscaler sees', () => {
  const seen = (s: Reading[], seconds: number, cpu: (second: number) => number, ready = (_: number) => 4) => {
    for (let t = 0; t < seconds; t += 1)
      observe(s, {
        second: t,
        delay: 30,
        seen: { cpu: cpu(t) * ready(t), saturation: 0, ready: ready(t), requests: t, waiting: 2 },
      })
  }
  it('is the mean of 15 s, so many seconds ago', () => {
    const s: Reading[] = []
    seen(s, 60, (t) => (t < 30 ? 0.2 : 0.8))
    expect(usageAt(s, 60, 30)?.cpu).toBeCloseTo(0.2, 12)
    expect(usageAt(s, 60, 20)?.cpu).toBeCloseTo((0.2 * 5 + 0.8 * 10) / 15, 12)
    expect(usageAt(s, 60, 0)?.cpu).toBeCloseTo(0.8, 12)
    expect(usageAt(s, 60, 0)?.rps).toBeCloseTo(52, 12)
    expect(usageAt(s, 60, 0)?.queue).toBe(2)
    expect(usageAt(s, 20, 30)).toBeUndefined()
  })
  it('forgets what is too old to be asked for', () => {
    const s: Reading[] = []
    seen(s, 3600, () => 0.5)
    expect(s.length).toBeLessThanOrEqual(11)
  })
  it('counts as measured whoever was ready all the time, and knows no CPU of nobody', () => {
    const s: Reading[] = []
    seen(
      s,
      60,
      () => 0.5,
      (t) => (t < 50 ? 6 : t < 55 ? 0 : 9),
    )
    expect(usageAt(s, 60, 10)?.measured).toBe(6)
    expect(usageAt(s, 60, 0)?.measured).toBe(0)
    expect(usageAt(s, 60, 0)?.cpu).toBeCloseTo(0.5, 12)
    const none: Reading[] = []
    seen(
      none,
      60,
      () => 0,
      () => 0,
    )
    expect(usageAt(none, 60, 0)?.cpu).toBeNull()
  })
})

describe('an autoscaler and the number somebody sets', () => {
  const at = (second: number, on: boolean, replicas: number, set: boolean) => ({ second, on, replicas, set })
  it('takes it as the number to start from, and keeps it when the effect ends', () => {
    const s = scalerAt(4)
    follow(s, at(0, true, 4, false))
    s.wanted = 9
    follow(s, at(1, true, 4, true))
    expect(s.wanted).toBe(4)
    s.wanted = 6
    follow(s, at(2, true, 4, true))
    expect(s.wanted).toBe(6)
    follow(s, at(3, true, 4, false))
    expect(s.wanted).toBe(6)
  })
  it('leaves its last number when switched off, until somebody sets another', () => {
    const s = scalerAt(4)
    follow(s, at(0, true, 4, false))
    s.wanted = 9
    follow(s, at(1, false, 4, false))
    expect(s.wanted).toBe(9)
    follow(s, at(2, false, 12, true))
    expect(s.wanted).toBe(12)
    follow(s, at(3, false, 4, false))
    expect(s.wanted).toBe(4)
  })
  it('remembers nothing of before when switched on again', () => {
    const s = scalerAt(10)
    follow(s, at(0, true, 10, false))
    decide(s, 0, { rules: RULES, liked: 2 })
    follow(s, at(10, false, 10, false))
    follow(s, at(400, true, 10, false))
    expect(s.likedAt).toEqual([400])
    expect(s.liked).toEqual([10])
    expect(s.nextAt).toBe(400)
  })
})
