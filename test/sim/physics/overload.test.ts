import { afterAll, describe, expect, it } from 'vitest'
import { moveLimit } from '../../../server/sim/physics/queue/adaptive.ts'
import { heldBack, moveThrottle, type Throttle } from '../../../server/sim/physics/calls/throttle.ts'
import { compare, type Lab, lab, printTable, single } from './lab.ts'

const station = (it: Lab, at = 0) => it.state.stations[at] ?? expect.fail('no station')
const inside = (it: Lab) => station(it).inSystem
const server = (more: object) => ({
  concurrency: 30,
  service_time: '100ms',
  memory: { per_request: 0 },
  ...more,
})

afterAll(() => printTable('Overload control: against the law each is built on'))

describe('controlled delay', () => {
  it.each([5, 50, 500])(
    'leaves a standing wait of %d ms, drops the rest, and serves all it can',
    (target) => {
      const it = lab(
        single(server({ codel: { target: `${target}ms` } }), { rate: '450/s', timeout: '10s', retries: 0 }),
      )
      it.run(60)
      const s = it.run(5)
      const standing = station(it).backlog / 300
      expect(compare(`target ${target} ms: standing wait (s)`, standing, target / 1000)).toBeLessThan(0.02)
      expect(compare(`target ${target} ms: dropped`, s['web.rps_5xx'] ?? NaN, 150)).toBeLessThan(0.02)
      expect(compare(`target ${target} ms: good`, s['web.goodput_rps'] ?? NaN, 300)).toBeLessThan(0.02)
      expect(s['traffic.users.success_ratio']).toBeCloseTo(300 / 450, 2)
    },
  )
  it('lets short bursts wait, for as long as its interval', () => {
    const worst = (interval: string) => {
      const it = lab(
        single(server({ codel: { target: '5ms', interval } }), { rate: '450/s', timeout: '1m', retries: 0 }),
      )
      let most = 0
      for (let n = 0; n < 40; n += 1) {
        it.run(1)
        most = Math.max(most, inside(it))
      }
      return most
    }
    expect(worst('100ms')).toBeLessThan(60)
    // Ten seconds of 150/s too much pile up before the first is dropped.
    expect(Math.abs(worst('10s') / (9 * 150 + 30) - 1)).toBeLessThan(0.1)
  })
  it('does nothing to a queue that is only random', () => {
    const plain = lab(single(server({}), { rate: '285/s' }))
    const controlled = lab(single(server({ codel: { target: '5ms' } }), { rate: '285/s' }))
    for (const it of [plain, controlled]) it.run(300)
    expect(inside(controlled)).toBeCloseTo(inside(plain), 9)
    expect(controlled.run(5)['web.rps_5xx']).toBe(0)
  })
})

describe('an adaptive limit on concurrency', () => {
  it('lets in what is answered in twice the unloaded time, and serves all it can', () => {
    const it = lab(single(server({ adaptive: true }), { rate: '450/s', timeout: '10s', retries: 0 }))
    it.run(120)
    const mean = it.mean(60)
    const time = (mean('web.queue') + mean('web.in_flight')) / mean('web.goodput_rps')
    expect(compare('adaptive: time (s), twice 100 ms', time, 0.2)).toBeLessThan(0.05)
    expect(compare('adaptive: good', mean('web.goodput_rps'), 300)).toBeLessThan(0.02)
    expect(compare('adaptive: refused', mean('web.rps_5xx'), 150)).toBeLessThan(0.02)
  })
  it('keeps the threads of a service free when what it calls becomes slow, and opens up again', () => {
    const system = (adaptive: boolean) =>
      lab({
        components: {
          web: {
            kind: 'service',
            title: 'Web',
            concurrency: 200,
            service_time: '10ms',
            memory: { per_request: 0 },
            adaptive,
            calls: { db: { timeout: '1m' } },
          },
          db: { kind: 'database', title: 'Database', concurrency: 40, service_time: '40ms' },
        },
        traffic: { users: { title: 'Users', to: 'web', rate: '600/s', noise: 0, retries: 0, timeout: '2s' } },
      })
    const free = system(false)
    const limited = system(true)
    for (const it of [free, limited]) {
      it.run(120)
      expect(it.run(5)['traffic.users.success_ratio']).toBeGreaterThan(0.999)
      it.effects = [{ path: 'db.service_time', op: 'scale', value: 4 }]
      it.run(120)
    }
    // A quarter of the database's capacity is left: without a limit every answer comes too late.
    expect(free.run(5)['traffic.users.success_ratio']).toBeLessThan(0.05)
    const kept = limited.mean(60)('web.goodput_rps')
    expect(compare('adaptive before a slow database: good', kept, 250)).toBeLessThan(0.1)
    limited.effects = []
    limited.run(180)
    expect(limited.run(5)['traffic.users.success_ratio']).toBeGreaterThan(0.999)
  })
  it('falls in proportion to the time, by half at most, and rises by its square root', () => {
    const l = { limit: 64, fastest: 0.1 }
    moveLimit(l, { slots: 100, hold: 0.1, time: 0.25 })
    expect(l.limit).toBeCloseTo(64 * 0.8, 9)
    moveLimit(l, { slots: 100, hold: 0.1, time: 5 })
    expect(l.limit).toBeCloseTo(32 * 0.8, 9)
    moveLimit(l, { slots: 100, hold: 0.1, time: 0.15 })
    expect(l.limit).toBeCloseTo(25.6 + Math.sqrt(25.6), 9)
    // What stays slow becomes the new normal within minutes.
    for (let n = 0; n < 300; n += 1) moveLimit(l, { slots: 100, hold: 0.5, time: 0.5 })
    expect(l.fastest).toBeGreaterThan(0.49)
    expect(l.limit).toBe(200)
  })
})

describe('a caller that throttles itself', () => {
  it('holds back max(0, (requests − K·accepts) / (requests + 1)) over two minutes', () => {
    const t: Throttle = { asked: 0, accepted: 0, ring: [] }
    expect(heldBack(t, 2)).toBe(0)
    for (let second = 0; second < 120; second += 1) moveThrottle(t, { second, asked: 10, accepted: 4 })
    expect(heldBack(t, 2)).toBeCloseTo((1200 - 2 * 480) / 1201, 12)
    expect(heldBack(t, 3)).toBe(0)
    for (let second = 120; second < 240; second += 1) moveThrottle(t, { second, asked: 10, accepted: 10 })
    // What is older than two minutes counts no more.
    expect([t.asked, t.accepted]).toEqual([1200, 1200])
    expect(heldBack(t, 2)).toBe(0)
  })
  /** Ninety a second, of which the called side accepts thirty. */
  const throttled = (k: number) =>
    lab({
      components: {
        web: {
          kind: 'service',
          title: 'Web',
          concurrency: 10_000,
          service_time: '1ms',
          memory: { per_request: 0 },
          calls: { db: { throttle: k, timeout: '10s' } },
        },
        db: { kind: 'database', title: 'Database', concurrency: 3, service_time: '100ms', queue_limit: 30 },
      },
      traffic: { users: { title: 'Users', to: 'web', rate: '90/s', noise: 0, retries: 0, timeout: '20s' } },
    })
  it.each([1.5, 2])('sends %d attempts for each that is accepted, when more would be refused', (k) => {
    const it = throttled(k)
    it.run(600)
    const mean = it.mean(60)
    expect(compare(`throttle K=${k}: attempts sent`, mean('db.rps'), 30 * k)).toBeLessThan(0.02)
    expect(compare(`throttle K=${k}: good`, mean('db.goodput_rps'), 30)).toBeLessThan(0.02)
  })
  it('sends everything again some two minutes after the called side is well', () => {
    const it = throttled(2)
    it.run(600)
    it.effects = [{ path: 'db.concurrency', op: 'scale', value: 10 }]
    it.run(240)
    expect(it.run(5)['db.rps']).toBeCloseTo(90, 0)
    expect(it.run(5)['traffic.users.success_ratio']).toBeGreaterThan(0.999)
  })
})

describe('a breaker that counts slow calls', () => {
  const guarded = (slow: string) =>
    lab({
      components: {
        web: {
          kind: 'service',
          title: 'Web',
          concurrency: 1000,
          memory: { per_request: 0 },
          calls: { tips: { timeout: '5s', fallback: 1, breaker: { enabled: true, slow } } },
        },
        tips: { kind: 'external', title: 'Tips', service_time: '50ms' },
      },
      traffic: { users: { title: 'Users', to: 'web', rate: '100/s', noise: 0, retries: 0 } },
    })
  it('opens where one that counts failures alone stays closed, and closes when it is quick again', () => {
    const open = (it: Lab) => (it.mean(30)('tips.rps') < 60 ? 'open' : 'closed')
    const counting = guarded('500ms')
    const blind = guarded('0s')
    for (const it of [counting, blind]) {
      it.run(60)
      expect(open(it)).toBe('closed')
      it.effects = [{ path: 'tips.service_time', op: 'set', value: 1 }]
      it.run(30)
    }
    expect(open(blind)).toBe('closed')
    expect(open(counting)).toBe('open')
    counting.effects = []
    counting.run(30)
    expect(open(counting)).toBe('closed')
  })
})
