import { describe, expect, it } from 'vitest'
import { waitProbability } from '../../../server/sim/physics/queue/erlang.ts'
import {
  above,
  always,
  between,
  EDGES,
  meanOf,
  quantile,
  sum,
  workTime,
} from '../../../server/sim/physics/times/histogram.ts'
import { exp, log, normalCdf, pow } from '../../../server/sim/physics/math.ts'
import { die, gaussian, random } from '../../../server/sim/random.ts'

describe('our own elementary functions', () => {
  it('agree with the built-in ones to twelve digits', () => {
    for (let i = -400; i <= 400; i += 1) {
      const x = i / 17.3
      expect(exp(x) / Math.exp(x)).toBeCloseTo(1, 12)
      if (x > 0) {
        expect(log(x)).toBeCloseTo(Math.log(x), 12)
        expect(pow(x, 1.7) / Math.pow(x, 1.7)).toBeCloseTo(1, 11)
      }
    }
    expect([exp(0), exp(-800), exp(800), log(1), log(0), pow(0, 2), pow(5, 0)]).toEqual([
      1,
      0,
      Infinity,
      0,
      -Infinity,
      0,
      1,
    ])
    expect(normalCdf(1.959964)).toBeCloseTo(0.975, 5)
  })
  it('give the probability of waiting also for parts of a server and very many', () => {
    expect(waitProbability(2.5, 0.8)).toBeGreaterThan(waitProbability(3, 0.8))
    expect(waitProbability(2.5, 0.8)).toBeLessThan(waitProbability(2, 0.8))
    expect(Math.abs(waitProbability(1000, 0.98) / 0.4197 - 1)).toBeLessThan(0.05)
    expect([waitProbability(10, 0), waitProbability(10, 1)]).toEqual([0, 1])
  })
})

describe('distributions of times', () => {
  it('add up: means add, and two exponentials make an Erlang distribution', () => {
    const a = workTime(0.1, 1)
    const both = sum(a, a)
    expect(Math.abs(meanOf(both) / (2 * meanOf(a)) - 1)).toBeLessThan(0.01)
    expect(Math.abs(quantile(both, 0.95) / 0.47439 - 1)).toBeLessThan(0.02)
    expect(Math.abs(quantile(sum(always(0.2), always(0.3)), 0.5) / 0.5 - 1)).toBeLessThan(0.06)
    expect(Math.abs(meanOf(between(2, 4)) / 3 - 1)).toBeLessThan(0.01)
    expect(Math.abs(meanOf(workTime(0.2, 0.5)) / 0.2 - 1)).toBeLessThan(0.01)
  })
  it('count what lies above a time', () => {
    const counts = EDGES.slice(0, -1).map(() => 1)
    expect(above(counts, 1e9)).toBeLessThan(0.001)
    expect(above(counts, 0)).toBe(counts.length)
    expect(above([], 1)).toBe(0)
  })
})

describe('counter-based randomness', () => {
  it('depends on seed, purpose and number, and on nothing else', () => {
    const first = random(1, 'a', 5)
    random(1, 'b', 6)
    expect(random(1, 'a', 5)).toBe(first)
    expect(
      new Set([
        random(1, 'a', 5),
        random(2, 'a', 5),
        random(1, 'b', 5),
        random(1, 'a', 6),
        random(1, 'a', -5),
      ]).size,
    ).toBe(5)
  })
  it('is even, normal, and fair', () => {
    let mean = 0
    let square = 0
    const faces = Array.from({ length: 20 }, () => 0)
    for (let n = 0; n < 20_000; n += 1) {
      const g = gaussian(3, 'test', n)
      mean += g / 20_000
      square += (g * g) / 20_000
      const face = die(20, { seed: 4, purpose: 'roll', n }) - 1
      faces[face] = (faces[face] ?? 0) + 1
    }
    expect(Math.abs(mean)).toBeLessThan(0.03)
    expect(Math.abs(square - 1)).toBeLessThan(0.05)
    for (const count of faces) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })
})
