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
  afterAll(() => printTable('Backlog after a trigger, and how long it drains'))
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
      it.run(120)
      it.effects = [{ path: 'web.service_time', op: 'set', value: during > 0 ? 100 / during : 86_400 }]
      const peak = it.run(seconds)['web.queue'] ?? NaN
      expect(
        compare(
          `peak of ${row['peak_backlog']}`,
          it.state.stations[0]?.inSystem ?? NaN,
          Number(row['peak_backlog']),
        ),
      ).toBeLessThan(0.05)
      expect(peak).toBeGreaterThan(0)
      it.effects = []
      let drained = 0
      while ((it.state.stations[0]?.backlog ?? 0) > 5 && drained < 3000) {
        it.run(1)
        drained += 1
      }
      expect(compare(`drained in ${row['drain_s']} s`, drained, Number(row['drain_s']))).toBeLessThan(0.05)
    },
  )
})
