import { describe, expect, it } from 'vitest'
import {
  forgetNames,
  knownNames,
  knownShare,
  knownWeight,
  moveNames,
} from '../../../server/sim/physics/calls/names.ts'

const well = { ok: 1, ttl: 60, stale: 0 }
const dead = { ok: 0, ttl: 60, stale: 0 }

/** Plays seconds `from` to `to` with one resolver and tells the share that knows the name after each. */
function play(
  names: ReturnType<typeof knownNames>,
  o: { from: number; to: number; resolver: typeof well; weights?: readonly number[] },
): number[] {
  const shares: number[] = []
  for (let second = o.from; second < o.to; second += 1) {
    moveNames(names, { second, resolver: o.resolver, weights: o.weights ?? [1] })
    shares.push(knownShare(names))
  }
  return shares
}

describe('names', () => {
  it('are renewed for ever while the name server answers, one look-up for each caller and TTL', () => {
    const names = knownNames({ ttl: 60, weights: [1] })
    let asked = 0
    for (let second = 0; second < 600; second += 1) {
      asked += moveNames(names, { second, resolver: well, weights: [1] })
      expect(knownShare(names)).toBe(1)
    }
    expect(asked).toBeGreaterThan(9)
    expect(asked).toBeLessThan(11)
  })
  it('expire evenly over one TTL when the name server is down, and come back with it', () => {
    const names = knownNames({ ttl: 60, weights: [1] })
    play(names, { from: 0, to: 100, resolver: well })
    const gone = play(names, { from: 100, to: 161, resolver: dead })
    for (const after of [15, 30, 45]) {
      console.log(
        `names known ${after} s into the outage: ${gone[after]?.toFixed(3)}, expected ${(1 - after / 60).toFixed(3)}`,
      )
      expect(Math.abs((gone[after] ?? 0) - (1 - after / 60))).toBeLessThan(0.07)
    }
    expect(gone.at(-1)).toBe(0)
    expect(play(names, { from: 161, to: 162, resolver: well })).toEqual([1])
  })
  it('are used on for as long as they may be stale', () => {
    const names = knownNames({ ttl: 60, weights: [1] })
    const stale = { ok: 0, ttl: 60, stale: 300 }
    expect(Math.min(...play(names, { from: 0, to: 300, resolver: stale }))).toBe(1)
    expect(play(names, { from: 300, to: 420, resolver: stale }).at(-1)).toBe(0)
  })
  it('are lost at once when caches are flushed during an outage', () => {
    const names = knownNames({ ttl: 3600, weights: [1] })
    expect(play(names, { from: 0, to: 10, resolver: dead }).at(-1)).toBe(1)
    forgetNames(names)
    expect(play(names, { from: 10, to: 11, resolver: dead }).at(-1)).toBe(0)
  })
  it('spread a change of address over one TTL', () => {
    const names = knownNames({ ttl: 60, weights: [1, 0] })
    play(names, { from: 0, to: 100, resolver: well, weights: [1, 0] })
    for (let second = 100; second < 161; second += 1) {
      moveNames(names, { second, resolver: well, weights: [0, 1] })
      const moved = (second - 99) / 60
      expect(Math.abs(knownWeight(names, 1) - Math.min(1, moved))).toBeLessThan(0.08)
    }
    expect(knownWeight(names, 1)).toBe(1)
  })
  it('survive JSON', () => {
    const names = knownNames({ ttl: 60, weights: [0.5, 0.5] })
    play(names, { from: 0, to: 37, resolver: well, weights: [0.5, 0.5] })
    const copy: typeof names = JSON.parse(JSON.stringify(names))
    play(names, { from: 37, to: 90, resolver: dead })
    play(copy, { from: 37, to: 90, resolver: dead })
    expect(copy).toEqual(names)
  })
})
