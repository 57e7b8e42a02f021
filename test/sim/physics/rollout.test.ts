import { describe, expect, it } from 'vitest'
import { ask, divideOver, grant } from '../../../server/sim/physics/fleet/cluster.ts'
import {
  boundsOf,
  crashAgain,
  beginRollout,
  crashing,
  type Fleet,
  goalOf,
  isOver,
  joinVersion,
  leaveVersion,
  moves,
  paceOf,
  rolloutMoves,
} from '../../../server/sim/physics/fleet/rollout.ts'

const out = moves()
/** Steps of a rollout over twelve instances that each take three steps to start; the fleet after each. */
function roll(o: {
  surge: number
  unavailable: number
  goal?: number
  crash?: number
  room?: number
  steps: number
}): Fleet[] {
  const goal = o.goal ?? 12
  const b = { ...boundsOf({ wanted: 12, ...o }), pace: goal, goal }
  const f: Fleet = { wanted: 12, newReady: 0, newStarting: 0, stuck: 0, oldReady: 12, oldStarting: 0 }
  const due: { at: number; count: number }[] = []
  const trace: Fleet[] = []
  for (let step = 0; step < o.steps; step += 1) {
    for (const d of due)
      if (d.at === step) {
        f.newStarting -= d.count
        const bad = crashing(o.crash ?? 0, f.newReady + f.stuck + d.count) - f.stuck
        f.stuck += bad
        f.newReady += d.count - bad
      }
    // Two rounds: what leaves makes place for more in the same second.
    for (let n = 0; n < 2; n += 1) {
      const total = f.newReady + f.newStarting + f.stuck + f.oldReady + f.oldStarting
      rolloutMoves(f, b, (o.room ?? 1000) - total, out)
      f.oldReady -= out.stopReady
      f.oldStarting += out.startOld - out.stopStarting
      f.newStarting += out.start
      if (out.start > 0) due.push({ at: step + 3, count: out.start })
    }
    trace.push({ ...f })
  }
  return trace
}
const ready = (f: Fleet) => f.newReady + f.oldReady
const all = (f: Fleet) => ready(f) + f.newStarting + f.stuck + f.oldStarting

describe('a rolling update', () => {
  it('starts three beyond twelve and goes without three, as Kubernetes does by default: twelve in two batches', () => {
    const trace = roll({ surge: 0.25, unavailable: 0.25, steps: 8 })
    expect(trace[0]).toMatchObject({ oldReady: 9, newStarting: 6 })
    expect(trace[3]).toMatchObject({ newReady: 6, oldReady: 3, newStarting: 6 })
    expect(trace[6]).toMatchObject({ newReady: 12, oldReady: 0, newStarting: 0 })
    expect(isOver(trace[6] as Fleet, 12)).toBe(true)
    expect(Math.min(...trace.map(ready))).toBe(9)
    expect(Math.max(...trace.map(all))).toBe(15)
  })
  it('goes without none when none may be unavailable', () => {
    const trace = roll({ surge: 0.25, unavailable: 0, steps: 16 })
    expect(Math.min(...trace.map(ready))).toBe(12)
    expect(trace.findIndex((f) => f.newReady === 12)).toBe(12)
  })
  it('never has more than wanted when it may not surge, and one is replaced at a time when it may do nothing', () => {
    expect(Math.max(...roll({ surge: 0, unavailable: 0.25, steps: 16 }).map(all))).toBe(12)
    const one = roll({ surge: 0, unavailable: 0, steps: 40 })
    expect(Math.min(...one.map(ready))).toBe(11)
    expect(one.findIndex((f) => f.newReady === 12)).toBe(36)
  })
  it('rounds the surge up and what may be unavailable down', () => {
    expect(boundsOf({ wanted: 10, surge: 0.25, unavailable: 0.25 })).toEqual({ surge: 3, unavailable: 2 })
    expect(boundsOf({ wanted: 3, surge: 0.25, unavailable: 0.25 })).toEqual({ surge: 1, unavailable: 0 })
  })
  it('replaces a share only, for a canary at least one', () => {
    const trace = roll({ surge: 0.25, unavailable: 0.25, goal: goalOf(1 / 3, 12), steps: 8 })
    expect(trace.at(-1)).toMatchObject({ newReady: 4, oldReady: 8 })
    expect(goalOf(0.01, 12)).toBe(1)
    expect(goalOf(0, 12)).toBe(0)
    expect(goalOf(1, 0)).toBe(0)
  })
  it('stalls on a version that crashes at its start: the surge is stuck, and nine old ones stay', () => {
    const trace = roll({ surge: 0.25, unavailable: 0.25, crash: 1, steps: 40 })
    expect(trace.at(-1)).toMatchObject({ newReady: 0, stuck: 6, newStarting: 0, oldReady: 9 })
  })
  it('goes on as far as it gets when half of the instances crash', () => {
    const last = roll({ surge: 0.25, unavailable: 0.25, crash: 0.5, steps: 60 }).at(-1) as Fleet
    expect(ready(last)).toBe(9)
    expect(last.stuck).toBe(6)
    expect(isOver(last, 12)).toBe(false)
  })
  it('without room begins with what it may go without, and waits where it may not', () => {
    const tight = roll({ surge: 0.25, unavailable: 0.25, room: 12, steps: 40 })
    expect(Math.max(...tight.map(all))).toBe(12)
    expect(tight.at(-1)).toMatchObject({ newReady: 12, oldReady: 0 })
    const stuck = roll({ surge: 0.25, unavailable: 0, room: 12, steps: 40 })
    expect(stuck.at(-1)).toMatchObject({ newReady: 0, oldReady: 12 })
  })
  it('refused any new instance, loses what it may go without and stays there', () => {
    const trace = roll({ surge: 0.25, unavailable: 0.25, room: 0, steps: 40 })
    expect(trace.at(-1)).toMatchObject({ newReady: 0, newStarting: 0, oldReady: 9 })
  })
})

describe('the pace of a rollout', () => {
  it('has the last ready when the time has passed, the others evenly before', () => {
    const at = (passed: number) => paceOf({ goal: 4, before: 0, passed, over: 60, startTime: 10 })
    expect([0, 4, 5, 19, 20, 35, 50, 90].map(at)).toEqual([0, 0, 1, 1, 2, 3, 4, 4])
  })
  it('is none for one that takes no longer than a start, and counts from what was there', () => {
    expect(paceOf({ goal: 12, before: 0, passed: 0, over: 0, startTime: 30 })).toBe(12)
    expect(paceOf({ goal: 12, before: 6, passed: 0, over: 60, startTime: 10 })).toBe(7)
  })
})

describe('versions of instances', () => {
  it('follow those that join and leave', () => {
    const shares = [0.75, 0.25, 0]
    joinVersion(shares, { versions: [0, 1, 2], version: 2, ready: 8, count: 2 })
    expect(shares.map((s) => s * 10)).toEqual([6, 2, expect.closeTo(2, 12)])
    leaveVersion(shares, { versions: [0, 1, 2], version: 2, ready: 10, count: 4, others: true })
    expect(shares.map((s) => s * 6)).toEqual([expect.closeTo(3), expect.closeTo(1), expect.closeTo(2)])
    leaveVersion(shares, { versions: [0, 1, 2], version: 2, ready: 6, count: 2, others: false })
    expect(shares[2]).toBeCloseTo(0, 12)
    expect(shares[0]).toBeCloseTo(0.75, 12)
  })
})

describe('instances that crash at their start', () => {
  it('are started again after 10 s, 20 s, 40 s and so on, at most 300 s', () => {
    const r = beginRollout({ component: 0, version: 0, share: 1, over: 0, cells: [0], never: -1e9 })
    const at: number[] = []
    for (let second = 0; second < 1500; second += 1) if (crashAgain(r, second)) at.push(second)
    expect(at).toEqual([0, 10, 30, 70, 150, 310, 610, 910, 1210])
  })
})

describe('room for new instances', () => {
  it('is given as far as it goes; an admission policy refuses all', () => {
    const got = grant()
    expect(ask({ count: 5, deny: false, free: 1e9 }, got)).toEqual({ started: 5, refused: 0, roomless: 0 })
    expect(ask({ count: 5, deny: false, free: 2 }, got)).toEqual({ started: 2, refused: 0, roomless: 3 })
    expect(ask({ count: 5, deny: false, free: -3 }, got)).toEqual({ started: 0, refused: 0, roomless: 5 })
    expect(ask({ count: 5, deny: true, free: 1e9 }, got)).toEqual({ started: 0, refused: 5, roomless: 0 })
  })
  it('in several zones: divided evenly, groups first, and what somebody has set stays', () => {
    const d = { given: [4, 4, 4], usual: [4, 4, 4], group: [-1, -1, -1] }
    expect(divideOver(20, d, [])).toEqual([7, 7, 6])
    expect(divideOver(20, { ...d, given: [0, 4, 4] }, [])).toEqual([0, 10, 10])
    expect(divideOver(20, { given: [4, 4, 1], usual: [4, 4, 1], group: [-1, -1, 1] }, [])).toEqual([10, 9, 1])
    expect(divideOver(2, { ...d, given: [9, 4, 4] }, [])).toEqual([9, 0, 0])
  })
})
