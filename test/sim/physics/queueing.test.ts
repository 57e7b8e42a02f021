import { afterAll, describe, expect, it } from 'vitest'
import { compare, lab, printTable, single } from './lab.ts'
import { table } from './reference.ts'

const SERVICE = 0.1
describe('a service with many workers at rest', () => {
  afterAll(() => printTable('M/M/c: queue, in system, percentiles in service times'))
  it.each(table('mmc_erlang_c'))('waits as Erlang C says with $c workers used to $rho', (row) => {
    const servers = Number(row['c'])
    const rho = Number(row['rho'])
    const it = lab(
      single({ concurrency: servers, service_time: '100ms' }, { rate: `${(servers * rho) / SERVICE}/s` }),
    )
    it.run(1500)
    const s = it.run(20)
    const name = `c=${servers} rho=${rho}`
    const queue = s['web.queue'] ?? NaN
    const inside = queue + (s['web.in_flight'] ?? NaN)
    // Below one in a thousand waiting requests the table itself has too few digits.
    if (Number(row['Lq']) > 0.001)
      expect(compare(`${name} waiting`, queue, Number(row['Lq']))).toBeLessThan(0.02)
    expect(compare(`${name} in system`, inside, Number(row['L']))).toBeLessThan(0.02)
    expect(
      compare(
        `${name} in system, by Little's law from the rate`,
        inside,
        (s['web.rps'] ?? NaN) * SERVICE * Number(row['W_times_mu']),
      ),
    ).toBeLessThan(0.02)
    for (const p of ['p50', 'p95', 'p99']) {
      expect(compare(`${name} ${p}`, (s[`web.latency_${p}`] ?? NaN) / SERVICE, Number(row[p]))).toBeLessThan(
        0.02,
      )
    }
  })
  it('waits half as long when all work takes the same time (Pollaczek–Khinchine)', () => {
    const it = lab(single({ concurrency: 1, service_time: '100ms', cv: 0 }, { rate: '8/s' }))
    it.run(1500)
    expect(compare('M/D/1 rho=0.8 waiting', it.run(20)['web.queue'] ?? NaN, 1.6)).toBeLessThan(0.02)
  })
})

describe('a backlog', () => {
  afterAll(() => printTable('Backlog after a trigger: growth, lag of the newest, time to drain'))
  it.each(table('backlog_drain'))(
    'grows at $arrival/s against $service_in_trigger/s and drains at $service_after/s',
    (row) => {
      const rate = Number(row['arrival'])
      const during = Number(row['service_in_trigger'])
      const after = Number(row['service_after'])
      const seconds = Number(row['trigger_s'])
      const it = lab(
        single(
          { concurrency: 100, cv: 0, service_time: `${100 / after}s`, memory: { per_request: 0 } },
          { rate: `${rate}/s` },
        ),
      )
      const station = it.state.stations[0] ?? expect.fail('no station')
      it.run(120)
      const before = station.inSystem
      it.effects = [{ path: 'web.service_time', op: 'set', value: during > 0 ? 100 / during : 86_400 }]
      it.run(seconds)
      // Some are in work before and after: the table counts only what is left undone.
      const peak = Number(row['peak_backlog'])
      expect(compare(`peak of ${peak}`, station.inSystem - before, peak)).toBeLessThan(0.02)
      it.effects = []
      const began = it.second
      let lag = 0
      let half = 0
      for (let n = 1; half === 0 && n < 3000; n += 1) {
        const last = station.inSystem - before
        it.run(1)
        if (lag === 0 && (station.since[0] ?? 0) >= began) lag = n
        const now = station.inSystem - before
        if (now <= peak / 2) half = n - (peak / 2 - now) / (last - now)
      }
      const expected = Number(row['fifo_delay_at_end_of_trigger_s'])
      // Seconds are whole: the newest begins its work somewhere inside the last one.
      expect(Math.abs(compare(`waits ${expected} s`, lag, expected) * expected)).toBeLessThan(
        Math.max(1, 0.02 * expected),
      )
      // Chance blurs the end of it (some histories are done early): the law is that of the slope.
      const drain = Number(row['drain_s'])
      expect(compare(`drained in ${drain} s`, 2 * half, drain)).toBeLessThan(0.02)
    },
  )
})
