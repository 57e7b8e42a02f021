import { afterAll, describe, expect, it } from 'vitest'
import { checkOperation, operate } from '../../../server/sim/physics/index.ts'
import { pollShare, wake } from '../../../server/sim/physics/traffic/herd.ts'
import { compare, type Lab, lab, printTable, single } from './lab.ts'
import { table } from './reference.ts'

const server = (capacity: number, more: object = {}) => ({
  concurrency: capacity / 10,
  service_time: '100ms',
  cv: 0,
  memory: { per_request: 0 },
  ...more,
})
const rouse = (it: Lab, clients: number, within: string) =>
  operate(it.model, it.state, {
    operation: 'wake',
    component: 'traffic.users',
    args: { clients, within },
  })
const inside = (it: Lab) => it.state.stations[0]?.inSystem ?? NaN

describe('a herd', () => {
  afterAll(() => printTable('N clients waking together: peak backlog, seconds until all are served'))
  it.each(table('herd'))('of $clients within $window_s s meets $capacity_per_s/s', (row) => {
    const capacity = Number(row['capacity_per_s'])
    const clients = Number(row['clients'])
    const window = Number(row['window_s'])
    const it = lab(single(server(capacity), { rate: '0/s' }))
    it.run(5)
    expect(rouse(it, clients, `${window}s`)).toBeUndefined()
    let peak = 0
    let seconds = 0
    do {
      const before = inside(it)
      it.run(1)
      seconds += 1
      // Within the second in which all come at once, none has been served yet.
      const top = window < 1 && seconds === 1 ? before + clients : inside(it)
      peak = Math.max(peak, top - capacity / 10)
    } while (inside(it) > 0.001 * clients && seconds < 1000)
    const name = `${clients} in ${window} s at ${capacity}/s`
    const expected = Number(row['peak_backlog'])
    if (expected > 0) expect(compare(`${name}: peak`, peak, expected)).toBeLessThan(0.02)
    else expect(peak).toBeLessThan(0.001 * clients)
    const drain = Number(row['drain_s_total'])
    expect(Math.abs(compare(`${name}: served after`, seconds, drain) * drain)).toBeLessThan(1.001)
  })
  it('spread out by jitter is no herd: nobody fails where all at once would', () => {
    const failed = (window: number) => {
      const it = lab(single(server(500), { rate: '100/s', timeout: '2s', retries: 0 }))
      it.run(60)
      expect(rouse(it, 10_000, `${window}s`)).toBeUndefined()
      it.run(120)
      return it.state.sources[0]?.bad ?? NaN
    }
    expect(failed(0)).toBeGreaterThan(5000)
    expect(failed(60)).toBeLessThan(1)
  })
  it('is counted once, client by client, also in a fraction of a second and over an odd time', () => {
    for (const within of [0, 0.2, 1, 1.5, 7.25]) {
      const herds = [{ clients: 1000, within, age: 0 }]
      let sum = 0
      for (let n = 0; n < 10; n += 1) sum += wake(herds)
      expect(sum).toBeCloseTo(1000, 9)
      expect(herds).toEqual([])
    }
  })
  it('is part of its source: each client is begun once, and answered, refused or still waiting', () => {
    const it = lab(single(server(500, { queue_limit: 3000 }), { rate: '100/s', timeout: '2s', retries: 2 }))
    it.run(60)
    const source = it.state.sources[0] ?? expect.fail('no source')
    const before = source.begun
    rouse(it, 20_000, '3s')
    it.run(30)
    expect(source.begun - before).toBeCloseTo(20_000 + 30 * 100, 6)
    it.effects = [{ path: 'traffic.users.rate', op: 'set', value: 0 }]
    it.run(120)
    expect(source.total).toBeCloseTo(source.begun, 6)
    expect(source.bad).toBeGreaterThan(5000)
  })
  it('is roused at a source of traffic, and at nothing else', () => {
    const { model } = lab(single(server(500), { rate: '1/s' }))
    const check = (component: string, operation: string, args: Record<string, number>) =>
      checkOperation(model, { operation, component, args })
    expect(check('traffic.users', 'wake', { clients: 5 })).toBeUndefined()
    expect(check('traffic.nobody', 'wake', { clients: 5 })).toBe('unknown-component')
    expect(check('web', 'wake', { clients: 5 })).toBe('wrong-kind')
    expect(check('traffic.users', 'restart', {})).toBe('wrong-kind')
    expect(check('traffic.users', 'wake', {})).toBe('bad-arguments')
  })
})

describe('a fleet that polls', () => {
  it.each([
    [30, 0],
    [30, 0.1],
    [30, 0.5],
    [7.5, 0.3],
    [60, 1],
    [0.5, 0],
  ])('every %d s, spread over the share %d of that, asks as often as its rate says', (every, jitter) => {
    let sum = 0
    for (let s = -3000; s < 3000; s += 1) sum += pollShare(s, { every, jitter })
    expect(sum / 6000).toBeCloseTo(1, 2)
  })
  it('in step brings down what the same rate spread out does not, and stays in step after an outage', () => {
    const poll = (jitter: number) => ({
      rate: '200/s',
      timeout: '5s',
      retries: 0,
      poll: { every: '30s', jitter },
    })
    const spread = lab(single(server(400), poll(1)))
    const inStep = lab(single(server(400), poll(0)))
    for (const it of [spread, inStep]) it.run(300)
    expect(spread.mean(60)('traffic.users.success_ratio')).toBe(1)
    // Six thousand at once against four hundred a second: two thousand are served within five seconds.
    const came: number[] = []
    inStep.effects = [{ path: 'web.up', op: 'set', value: 0 }]
    inStep.run(45)
    inStep.effects = []
    for (let n = 0; n < 90; n += 1) {
      const second = inStep.second
      if ((inStep.run(1)['web.rps'] ?? 0) > 1) came.push(second)
    }
    expect(came.every((s) => s % 30 === 0)).toBe(true)
    expect(came).toHaveLength(3)
    const bad = (it: Lab) => (it.state.sources[0]?.bad ?? 0) / (it.state.sources[0]?.begun ?? 1)
    expect(bad(inStep)).toBeGreaterThan(0.6)
  })
})
