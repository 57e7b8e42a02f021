import { afterAll, describe, expect, it } from 'vitest'
import { tick } from '../../../server/sim/physics/index.ts'
import { meanOf } from '../../../server/sim/physics/times/histogram.ts'
import { responseTimes } from '../../../server/sim/physics/times/latency.ts'
import { erlangC } from './birthDeath.ts'
import { compare, lab, printTable, single } from './lab.ts'

const SERVICE = 0.1
const SERVERS = [1, 2, 5, 10, 30, 100]
const USES = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99]

describe('a service left to itself long enough', () => {
  afterAll(() => printTable('M/M/c from half used to nearly full (times in service times)'))
  it.each(SERVERS.flatMap((servers) => USES.map((use) => ({ servers, use }))))(
    'holds what Erlang C says with $servers workers used to $use, and takes as long',
    ({ servers, use }) => {
      const rate = (servers * use) / SERVICE
      const it = lab(
        single(
          { concurrency: servers, service_time: '100ms', memory: { per_request: 0 } },
          { rate: `${rate}/s` },
        ),
      )
      // Relaxation takes a multiple of 1 / (cμ(1 − √ρ)²): long for one server used to 99 %.
      it.run(Math.ceil(600 + 30 / (rate * (1 - use) ** 2)))
      tick(it.model, it.state, { second: it.second, effects: [] })
      const time = responseTimes(it.model, it.state)[0]
      it.second += 1
      const s = it.run(1)
      const exact = erlangC(servers, use)
      const name = `c=${servers} rho=${use}`
      const inside = (s['web.queue'] ?? NaN) + (s['web.in_flight'] ?? NaN)
      expect(compare(`${name} in system`, inside, exact.inside)).toBeLessThan(0.01)
      expect(compare(`${name} mean time`, time ? meanOf(time) / SERVICE : NaN, exact.time)).toBeLessThan(0.01)
      for (const [p, q] of [
        ['p50', 0.5],
        ['p95', 0.95],
        ['p99', 0.99],
      ] as const)
        expect(
          compare(`${name} ${p}`, (s[`web.latency_${p}`] ?? NaN) / SERVICE, exact.quantile(q)),
        ).toBeLessThan(0.02)
    },
  )
})

describe('a service whose clients come as it happens', () => {
  afterAll(() => printTable('M/M/c with counts that scatter from second to second: mean over an hour'))
  // Chance is in the law of the queue and in the counts: together no more than a third too much.
  it.each([
    [1, 0.8],
    [1, 0.9],
    [10, 0.9],
    [10, 0.95],
    [30, 0.95],
    [100, 0.95],
  ])('holds about what Erlang C says all the same, %d workers used to %d', (servers, use) => {
    const it = lab(
      single(
        { concurrency: servers, service_time: '100ms', memory: { per_request: 0 } },
        { rate: `${(servers * use) / SERVICE}/s`, noise: 1e-9 },
      ),
    )
    it.run(500)
    const mean = it.mean(3600)
    const error = compare(
      `c=${servers} rho=${use} in system`,
      mean('web.queue') + mean('web.in_flight'),
      erlangC(servers, use).inside,
    )
    expect(error).toBeLessThan(0.3)
  })
})
