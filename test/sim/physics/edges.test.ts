import { describe, expect, it } from 'vitest'
import { createPhysics, operate, takeSample, tick } from '../../../server/sim/physics/index.ts'
import { type Lab, lab, single } from './lab.ts'

const sum = (list: readonly number[] | undefined) => (list ?? []).reduce((a, b) => a + b, 0)
const station = (it: Lab, id: string) => {
  const at = it.model.components.findIndex((c) => c.id === id)
  return it.state.stations[at] ?? expect.fail(`no ${id}`)
}

describe('a component without anything that answers', () => {
  it.each([
    ['all its versions are drained', { path: 'web.versions.v1.drained', op: 'set', value: 1 }],
    ['it has no instances', { path: 'web.replicas', op: 'set', value: 0 }],
    ['it cannot be reached', { path: 'web.up', op: 'set', value: 0 }],
  ] as const)('holds nothing and answers 503 when %s, and is well again afterwards', (_, effect) => {
    const it = lab({
      components: {
        web: {
          kind: 'service',
          title: 'Web',
          concurrency: 10,
          service_time: '100ms',
          start_time: '5s',
          versions: { v1: { share: 1 } },
        },
      },
      traffic: { users: { title: 'Users', to: 'web', rate: '200/s', noise: 0, retries: 0 } },
    })
    it.run(30)
    it.effects = [effect]
    it.run(5)
    const s = it.run(10)
    expect([s['web.queue'], s['web.in_flight'], s['web.rps_5xx'], s['web.health']]).toEqual([0, 0, 200, 2])
    const { inSystem, waiting, busy } = station(it, 'web')
    expect([inSystem, sum(waiting), busy]).toEqual([0, 0, 0])
    it.effects = [{ path: 'traffic.users.rate', op: 'set', value: 50 }]
    it.run(60)
    expect(it.run(5)['traffic.users.success_ratio']).toBe(1)
  })
  it('is not well, even when nobody asks it', () => {
    const it = lab({
      components: {
        web: { kind: 'service', title: 'Web' },
        spare: { kind: 'database', title: 'Spare', up: false },
      },
      traffic: { users: { title: 'Users', to: 'web', rate: '9/s' } },
    })
    expect(it.run(10)['spare.health']).toBe(2)
  })
})

describe('a service that loses most of its slots', () => {
  it('keeps in work what has been started, and begins nothing until there is room', () => {
    const it = lab(single({ concurrency: 1000, service_time: '1s' }, { rate: '500/s' }))
    it.run(60)
    it.effects = [{ path: 'web.concurrency', op: 'set', value: 10 }]
    it.run(1)
    const { inSystem, waiting, busy, starts } = station(it, 'web')
    expect(starts).toBe(0)
    expect(busy).toBeGreaterThan(450)
    expect(Math.abs(sum(waiting) + busy - inSystem)).toBeLessThan(1e-6)
  })
})

describe('a queue of messages', () => {
  const jobs = (queue: object, worker: object) =>
    lab({
      components: {
        api: { kind: 'service', title: 'API', calls: { jobs: {} } },
        jobs: { kind: 'queue', title: 'Jobs', ...queue },
        mailer: {
          kind: 'worker',
          title: 'Mailer',
          consumes: 'jobs',
          service_time: '1s',
          cv: 0,
          start_time: '5s',
          ...worker,
        },
      },
      traffic: { users: { title: 'Users', to: 'api', rate: '50/s', noise: 0, retries: 0 } },
    })
  /** Messages that came and are neither done, nor in work, nor waiting. */
  function missing(it: Lab, seconds: number): number {
    const before = sum(station(it, 'jobs').messages) + station(it, 'mailer').inSystem
    let came = 0
    let done = 0
    for (let n = 0; n < seconds; n += 5) {
      const s = it.run(5)
      came += 5 * (s['jobs.goodput_rps'] ?? 0)
      done += 5 * (s['mailer.goodput_rps'] ?? 0)
    }
    return before + came - done - sum(station(it, 'jobs').messages) - station(it, 'mailer').inSystem
  }
  it('gives its worker nothing while it cannot be reached', () => {
    const it = jobs({}, {})
    it.run(60)
    it.effects = [{ path: 'jobs.up', op: 'set', value: 0 }]
    it.run(5)
    const before = sum(station(it, 'jobs').messages)
    it.run(60)
    expect(before).toBeGreaterThan(2000)
    expect(sum(station(it, 'jobs').messages)).toBe(before)
  })
  it('loses none to a worker that may let nothing wait', () => {
    const it = jobs({}, { queue_limit: 0 })
    expect(Math.abs(missing(it, 60))).toBeLessThan(1e-6)
  })
  it('gets back what was in work when its worker was restarted', () => {
    const it = jobs({}, { replicas: 8 })
    it.run(30)
    operate(it.model, it.state, { operation: 'restart', component: 'mailer', args: { mode: 'all' } })
    expect(Math.abs(missing(it, 30))).toBeLessThan(1e-6)
  })
  it('fills up to its limit and refuses the rest, whatever share of its answers are errors anyway', () => {
    const it = jobs({ max_messages: 1000, errors: { 500: '50%' } }, { replicas: 0 })
    it.run(120)
    expect(sum(station(it, 'jobs').messages)).toBeCloseTo(1000, 3)
    it.effects = [{ path: 'jobs.max_messages', op: 'set', value: 10 }]
    it.run(5)
    const s = it.run(5)
    expect([s['jobs.rps'], s['jobs.rps_5xx'], s['jobs.goodput_rps']]).toEqual([50, 50, 0])
  })
})

describe('a service that takes the newest first', () => {
  it('reports the short waits of those it serves, not the age of those it has given up', () => {
    const it = lab(
      single(
        { concurrency: 30, service_time: '100ms', lifo: true, memory: { per_request: 0 } },
        { rate: '400/s', timeout: '1s' },
      ),
    )
    it.run(300)
    const s = it.run(5)
    expect(s['traffic.users.success_ratio']).toBeGreaterThan(0.7)
    expect(s['web.latency_p95']).toBeLessThan(1)
    expect(s['traffic.users.latency_p50']).toBeLessThan(0.5)
  })
})

describe('a source of few requests', () => {
  it.each([0.1, 0.5, 2, 15, 40])(
    'sends %d a second on average, and its retries are not forgotten',
    (rate) => {
      const it = lab({
        components: { web: { kind: 'service', title: 'Web', concurrency: 1000, errors: { 503: 0.5 } } },
        traffic: { users: { title: 'Users', to: 'web', rate: `${rate}/s`, retries: 1 } },
      })
      it.run(6000)
      const source = it.state.sources[0] ?? expect.fail('no source')
      expect(Math.abs(source.begun / 6000 / rate - 1)).toBeLessThan(0.04)
      expect(source.bad / source.total).toBeCloseTo(0.25, 2)
    },
  )
})

describe('percentiles of response times', () => {
  it('follow an effect on the variability of the work', () => {
    const it = lab(single({ concurrency: 100, service_time: '100ms' }, { rate: '10/s' }))
    it.run(30)
    expect(it.run(5)['web.latency_p99']).toBeGreaterThan(0.4)
    it.effects = [{ path: 'web.cv', op: 'set', value: 0 }]
    it.run(5)
    expect(it.run(5)['web.latency_p99']).toBeLessThan(0.12)
  })
  it('are the same for the same state, whatever other worlds of the system were sampled before', () => {
    const system = single({ concurrency: 100, service_time: '100ms' }, { rate: '10/s' })
    const { model } = lab(system)
    const sampled = (of: typeof model, scale: number) => {
      const state = createPhysics(of, 1)
      const effects = [{ path: 'web.service_time', op: 'scale' as const, value: scale }]
      for (let second = 0; second < 5; second += 1) tick(of, state, { second, effects })
      takeSample(of, state)
      return JSON.stringify(state)
    }
    sampled(model, 1.00008)
    expect(sampled(model, 1)).toBe(sampled(lab(system).model, 1))
  })
})
