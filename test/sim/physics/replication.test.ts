import { afterAll, describe, expect, it } from 'vitest'
import {
  candidateOf,
  fence,
  followWrites,
  lagOf,
  moveFailover,
  type ReplicaSet,
  rebuild,
  replicaSet,
  type SetNow,
  startElection,
  takesWrites,
} from '../../../server/sim/physics/data/failover.ts'
import {
  emptyLog,
  logWrites,
  majority,
  oldestMissing,
  trimLog,
} from '../../../server/sim/physics/data/replication.ts'
import { compare, printTable } from './lab.ts'

const PRESENT: SetNow = {
  second: 0,
  reached: [1, 1, 1],
  electable: 3,
  synchronous: false,
  quorum: true,
  automatic: true,
  after: 30,
  election: 10,
  repoint: 30,
  delay: 0.05,
  fencing: false,
}
interface Play {
  readonly set: ReplicaSet
  second: number
}
/** Lets seconds pass: `rate` writes a second are sent to whomever callers take for the primary. Returns those that failed. */
function play(it: Play, seconds: number, o: { rate: number; speed: number } & Partial<SetNow>): number {
  let failed = 0
  for (let n = 0; n < seconds; n += 1) {
    const now = { ...PRESENT, ...o, second: it.second }
    moveFailover(it.set, now)
    const there = (m: number) => now.reached[m] === 1
    const taken = it.set.known.map((share, m) => (there(m) && takesWrites(it.set, m) ? o.rate * share : 0))
    failed += o.rate - taken.reduce((a, b) => a + b, 0)
    followWrites(it.set, {
      second: it.second,
      taken,
      connected: taken.map((_, m) => (there(m) && there(it.set.primary) ? 1 : 0)),
      speed: taken.map(() => o.speed),
    })
    it.second += 1
  }
  return failed
}
const fresh = (members = 3): Play => ({ set: replicaSet(members), second: -60 })

describe('a follower that cannot keep up', () => {
  it('lags by the age of the oldest write it lacks, growing and shrinking exactly', () => {
    const errors: number[] = []
    for (const [rate, speed] of [
      [400, 300],
      [1000, 990],
      [90, 0],
    ] as const) {
      const it = fresh()
      play(it, 60, { rate, speed: 1e9 })
      for (const seconds of [1, 30, 300, 1800]) {
        const was = it.second
        play(it, seconds - Math.max(0, Math.round((it.set.behind[1] ?? 0) / (rate - speed || 1))), {
          rate,
          speed,
        })
        const lag = lagOf(it.set, 1, { now: it.second, delay: 0.05 })
        errors.push(
          compare(
            `lag after ${it.second} s at ${rate}/s, applying ${speed}/s`,
            lag,
            0.05 + it.second * (1 - speed / rate),
          ),
        )
        expect(it.second).toBeGreaterThanOrEqual(was)
      }
    }
    expect(Math.max(...errors)).toBeLessThan(0.02)
  })
  it('catches up at the difference of speed and writes', () => {
    const it = fresh()
    play(it, 60, { rate: 400, speed: 1e9 })
    play(it, 600, { rate: 400, speed: 300 })
    const behind = it.set.behind[1] ?? 0
    expect(compare('writes behind after 600 s', behind, 60_000)).toBeLessThan(1e-9)
    play(it, 100, { rate: 100, speed: 300 })
    expect(compare('left after 100 s of draining', it.set.behind[1] ?? 0, 40_000)).toBeLessThan(1e-9)
    // Of 40,000 missing, 10,000 came in these 100 s, and the rest at 400/s before.
    const lag = lagOf(it.set, 1, { now: it.second, delay: 0 })
    expect(compare('lag then', lag, 100 + 30_000 / 400)).toBeLessThan(0.02)
    const begin = it.second
    while ((it.set.behind[1] ?? 0) > 0) play(it, 1, { rate: 100, speed: 300 })
    expect(compare('seconds until it has everything', it.second - begin, 200)).toBeLessThan(0.02)
    expect(lagOf(it.set, 1, { now: it.second, delay: 0.05 })).toBeCloseTo(0.05, 9)
  })
  it('keeps a log of bounded length however long a follower is away', () => {
    const log = emptyLog()
    for (let s = 0; s < 5000; s += 1) logWrites(log, s, 10)
    expect(log.count.length).toBeLessThanOrEqual(121)
    expect(oldestMissing(log, 50_000, 5000)).toBeCloseTo(0, 6)
    expect(oldestMissing(log, 12_345, 5000)).toBeCloseTo(5000 - 1234.5, 6)
    trimLog(log, 100)
    expect(oldestMissing(log, 100, 5000)).toBeCloseTo(4990, 6)
  })
})

describe('a primary that is lost', () => {
  it('costs the writes of detection, election and half the repointing', () => {
    for (const [after, election, repoint] of [
      [30, 10, 30],
      [5, 2, 0],
      [60, 20, 120],
    ] as const) {
      const it = fresh()
      play(it, 60, { rate: 200, speed: 1e9 })
      const failed = play(it, 400, { rate: 200, speed: 1e9, reached: [0, 1, 1], after, election, repoint })
      const expected = after + election + repoint / 2
      expect(
        compare(`seconds without writes: ${after}+${election}+${repoint}/2`, failed / 200, expected),
      ).toBeLessThan(0.001)
      expect(it.set.role).toEqual(['deposed', 'primary', 'following'])
    }
  })
  it('takes along what its follower lacks', () => {
    for (const [rate, speed, seconds] of [
      [400, 300, 120],
      [1000, 1e9, 60],
      [50, 10, 600],
    ] as const) {
      const it = fresh()
      play(it, seconds, { rate, speed })
      const lag = lagOf(it.set, 1, { now: it.second, delay: 0.05 })
      play(it, 60, { rate, speed, reached: [0, 1, 1] })
      expect(compare(`writes lost: ${lag.toFixed(2)} s × ${rate}/s`, it.set.lost, lag * rate)).toBeLessThan(
        0.02,
      )
      expect(compare('seconds lost', it.set.lostSeconds, lag)).toBeLessThan(0.02)
    }
  })
  it('is not replaced while it only blinks, nor twice within a minute', () => {
    const it = fresh()
    play(it, 29, { rate: 100, speed: 1e9, reached: [0, 1, 1] })
    play(it, 1, { rate: 100, speed: 1e9 })
    play(it, 29, { rate: 100, speed: 1e9, reached: [0, 1, 1] })
    expect(it.set.primary).toBe(0)
    play(it, 12, { rate: 100, speed: 1e9, reached: [0, 1, 1] })
    expect(it.set.primary).toBe(1)
    const at = it.set.promotedAt
    let took = 0
    while (it.set.primary === 1 && took < 300) {
      play(it, 1, { rate: 100, speed: 1e9, reached: [1, 0, 1], after: 5 })
      took += 1
    }
    expect(it.set.primary).toBe(2)
    expect(it.set.promotedAt - at).toBeGreaterThanOrEqual(60)
  })
  it('goes on taking writes when it comes back unfenced before all callers have left it', () => {
    const run = (change: Partial<SetNow>, before: (set: ReplicaSet) => void) => {
      const it = fresh()
      play(it, 60, { rate: 100, speed: 1e9 })
      const gone = { rate: 100, speed: 1e9, reached: [0, 1, 1], ...change }
      play(it, 40, gone)
      before(it.set)
      play(it, 10, gone)
      play(it, 60, { rate: 100, speed: 1e9, ...change })
      return it.set
    }
    // Ten of the thirty seconds of repointing have passed: 20/30 of callers on average falling evenly to none.
    const split = run({}, () => undefined)
    expect(
      compare('writes taken by a primary of before', split.diverged, (100 * 20 * (20 / 30)) / 2),
    ).toBeLessThan(0.02)
    expect(run({ fencing: true }, () => undefined).diverged).toBe(0)
    expect(run({}, (set) => fence(set, 0, true)).diverged).toBe(0)
  })
  it('loses nothing when it can step down and the follower catches up first', () => {
    const it = fresh()
    play(it, 100, { rate: 400, speed: 300, automatic: false })
    startElection(it.set, { second: it.second, candidate: 2, election: 10, wait: true })
    const failed = play(it, 100, { rate: 400, speed: 300, automatic: false, repoint: 20 })
    expect(it.set.primary).toBe(2)
    expect(it.set.lost).toBe(0)
    // 10,000 writes at 300/s take longer than the election; then callers find it.
    expect(
      compare('seconds without writes when it steps down', failed / 400, 10_000 / 300 + 10),
    ).toBeLessThan(0.03)
    expect(it.set.role).toEqual(['following', 'following', 'primary'])
  })
})

describe('members that hold what the primary does not', () => {
  it('must be rebuilt, which takes its time and then a catching up', () => {
    const it = fresh()
    play(it, 60, { rate: 100, speed: 200 })
    play(it, 50, { rate: 100, speed: 200, reached: [0, 1, 1] })
    play(it, 60, { rate: 100, speed: 200 })
    expect(it.set.role[0]).toBe('deposed')
    expect(rebuild(it.set, 0, 120)).toBe(true)
    play(it, 119, { rate: 100, speed: 200 })
    expect(it.set.role[0]).toBe('rebuilding')
    play(it, 1, { rate: 100, speed: 200 })
    expect(it.set.role[0]).toBe('following')
    expect(compare('writes to follow up after 120 s of copying', it.set.behind[0] ?? 0, 12_000)).toBeLessThan(
      1e-9,
    )
    play(it, 120, { rate: 100, speed: 200 })
    expect(it.set.behind[0]).toBe(0)
    expect(rebuild(it.set, it.set.primary, 10)).toBe(false)
  })
  it('are those ahead of the follower that was promoted by name', () => {
    const it = fresh()
    play(it, 60, { rate: 100, speed: 1e9 })
    it.set.behind[1] = 500
    expect(candidateOf(it.set, PRESENT)).toBe(2)
    startElection(it.set, { second: it.second, candidate: 1, election: 0, wait: false })
    play(it, 1, { rate: 0, speed: 0, automatic: false })
    expect(it.set.role).toEqual(['deposed', 'primary', 'diverged'])
    expect(it.set.lost).toBeCloseTo(500 + 5, 6)
  })
})

describe('a majority', () => {
  it('is more than half of all members', () => {
    expect([1, 2, 3, 4, 5].map(majority)).toEqual([1, 2, 2, 3, 3])
  })
})

afterAll(() => printTable('Replication and failover'))
