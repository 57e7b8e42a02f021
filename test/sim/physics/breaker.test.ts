import { describe, expect, it } from 'vitest'
import { type Breaker, moveBreaker } from '../../../server/sim/physics/calls/breaker.ts'
import { NEVER } from '../../../server/sim/physics/state.ts'

const HYSTRIX = { threshold: 0.5, requests: 20, window: 10, open: 5 }
const fresh = (): Breaker => ({ seen: 0, failed: 0, openUntil: NEVER, ring: [] })

/** Hystrix as it is written: buckets of a second each, thrown away one by one; after each second the share of failures is looked at. */
function hystrix(rule: typeof HYSTRIX) {
  let log: { second: number; calls: number; failed: number }[] = []
  let openedAt = -Infinity
  let state: 'closed' | 'open' | 'half-open' = 'closed'
  return {
    stateAt(second: number) {
      if (state === 'open' && second >= openedAt + rule.open) state = 'half-open'
      return state
    },
    after(second: number, calls: number, bad: number) {
      if (state === 'open') return
      if (state === 'half-open') {
        if (calls <= 0) return
        state = bad >= rule.threshold ? 'open' : 'closed'
        openedAt = second + 1
        log = []
        return
      }
      log = [...log.filter((b) => b.second > second - rule.window), { second, calls, failed: calls * bad }]
      const all = log.reduce((n, b) => n + b.calls, 0)
      const failed = log.reduce((n, b) => n + b.failed, 0)
      if (all < rule.requests || failed / all < rule.threshold) return
      state = 'open'
      openedAt = second + 1
      log = []
    },
  }
}
const stateOf = (b: Breaker, second: number) =>
  b.openUntil > second ? 'open' : b.openUntil > NEVER ? 'half-open' : 'closed'

describe('a circuit breaker', () => {
  it('opens at half of at least twenty calls in ten seconds, stays open for five, and lets one trial decide', () => {
    const b = fresh()
    const trace: string[] = []
    const play = (from: number, seconds: number, calls: number, bad: number) => {
      for (let s = from; s < from + seconds; s += 1) {
        trace.push(`${s} ${stateOf(b, s)}`)
        moveBreaker(b, HYSTRIX, { second: s, calls: stateOf(b, s) === 'open' ? 0 : calls, bad })
      }
    }
    // Nineteen failures are too few to judge by; of the twenty-one in second 10 the first has left the window.
    play(0, 9, 1, 1)
    play(9, 1, 10, 1)
    play(10, 1, 2, 1)
    expect(trace.slice(0, 11)).toEqual(Array.from({ length: 11 }, (_, s) => `${s} closed`))
    trace.length = 0
    // Open in seconds 11 to 15, a failed trial in 16, open again to 21, a good trial in 22.
    play(11, 6, 10, 1)
    play(17, 6, 10, 0)
    play(23, 2, 10, 0)
    expect(trace).toEqual([
      ...[11, 12, 13, 14, 15].map((s) => `${s} open`),
      '16 half-open',
      ...[17, 18, 19, 20, 21].map((s) => `${s} open`),
      '22 half-open',
      '23 closed',
      '24 closed',
    ])
  })
  it('forgets what is older than its window: failures of eleven seconds ago do not open it', () => {
    const b = fresh()
    moveBreaker(b, HYSTRIX, { second: 0, calls: 19, bad: 1 })
    for (let s = 1; s < 10; s += 1) moveBreaker(b, HYSTRIX, { second: s, calls: 0, bad: 0 })
    expect(b.seen).toBe(19)
    moveBreaker(b, HYSTRIX, { second: 10, calls: 5, bad: 1 })
    expect([b.seen, stateOf(b, 11)]).toEqual([5, 'closed'])
  })
  it('does in every second what Hystrix would do, over ten thousand seconds of good and bad times', () => {
    const b = fresh()
    const theirs = hystrix(HYSTRIX)
    const seen = { closed: 0, open: 0, 'half-open': 0 }
    let noise = 12_345
    const next = () => (noise = (noise * 16_807) % 2_147_483_647) / 2_147_483_647
    for (let s = -100; s < 9900; s += 1) {
      const state = theirs.stateAt(s)
      seen[state] += 1
      expect(stateOf(b, s), `second ${s}`).toBe(state)
      const phase = Math.floor((s + 100) / 37) % 4
      const calls = state === 'open' ? 0 : Math.floor(next() * [8, 3, 30, 1][phase]!)
      const bad = Math.min(1, next() * [0.4, 1.4, 0.9, 1][phase]!)
      moveBreaker(b, HYSTRIX, { second: s, calls, bad })
      theirs.after(s, calls, bad)
    }
    expect(Math.min(seen.closed, seen.open, seen['half-open'])).toBeGreaterThan(100)
  })
  it('keeps a long window in sixty buckets, and begins anew when the window is changed', () => {
    const b = fresh()
    const rule = { ...HYSTRIX, window: 600, requests: 1e6 }
    for (let s = 0; s < 1200; s += 1) moveBreaker(b, rule, { second: s, calls: 2, bad: 0.25 })
    expect(b.ring).toHaveLength(120)
    expect(b.seen).toBeGreaterThan(1180)
    expect(b.seen).toBeLessThanOrEqual(1200)
    expect(b.failed).toBeCloseTo(b.seen / 4, 9)
    moveBreaker(b, HYSTRIX, { second: 1200, calls: 2, bad: 0 })
    expect(b.seen).toBe(2)
  })
})
