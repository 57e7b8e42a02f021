import { afterAll, describe, expect, it } from 'vitest'
import { A, AS } from '../../../server/sim/physics/state.ts'
import { atRest } from './birthDeath.ts'
import { compare, type Lab, lab, printTable, single } from './lab.ts'
import { table } from './reference.ts'

const SERVICE = 0.1
const server = (servers: number, places: number) => ({
  concurrency: servers,
  service_time: `${SERVICE}s`,
  queue_limit: places,
  memory: { per_request: 0 },
})
/** Mean time of those let in, as the caller in front saw it. */
function timeOf(it: Lab): number {
  const arm = it.model.calls[0]?.arms[0]?.index ?? -1
  const at = (place: number) => it.state.arms.happened[arm * AS.size + place] ?? NaN
  // Refusals take two milliseconds each.
  const refused = at(AS.bad)
  return (at(AS.time) - 0.002 * refused) / (at(AS.attempts) - refused)
}
/** Alone, and behind a service that passes every request on. */
function settled(o: { servers: number; places: number; ratio: number }) {
  const rate = `${(o.servers * o.ratio) / SERVICE}/s`
  const alone = lab(single(server(o.servers, o.places), { rate }))
  const behind = lab({
    components: {
      front: {
        kind: 'service',
        title: 'Front',
        concurrency: 100_000,
        service_time: '1ms',
        memory: { per_request: 0 },
        calls: { web: { timeout: '1h' } },
      },
      web: { kind: 'service', title: 'Web', ...server(o.servers, o.places) },
    },
    traffic: { users: { title: 'Users', to: 'front', rate, noise: 0, retries: 0, timeout: '1h' } },
  })
  // Near saturation a queue with K places takes some K² services to come to rest.
  const seconds = 300 + Math.min(20_000, (3 * o.places * o.places * SERVICE) / o.servers)
  alone.run(Math.ceil(seconds / 5) * 5)
  behind.run(Math.ceil(seconds / 5) * 5)
  const a = alone.mean(20)
  const b = behind.mean(20)
  return {
    lost: a('web.rps_5xx') / a('web.rps'),
    inside: a('web.queue') + a('web.in_flight'),
    throughput: a('web.goodput_rps') * SERVICE,
    seen: 1 - a('traffic.users.success_ratio'),
    passed: 1 - b('traffic.users.success_ratio'),
    time: timeOf(behind) / SERVICE,
    lostBehind: b('web.rps_5xx') / b('web.rps'),
  }
}

describe('a queue with few places', () => {
  afterAll(() => printTable('M/M/1/K and M/M/c/K: share lost, in the system, throughput'))
  const rows = [
    ...table('mm1k').map((row) => ({
      servers: 1,
      places: Number(row['K']) - 1,
      ratio: Number(row['rho']),
      lost: Number(row['P_block']),
      inside: Number(row['L']),
      throughput: Number(row['throughput_over_mu']),
    })),
    ...[2, 5, 10, 30].flatMap((servers) =>
      [0, 2, 10, 60].flatMap((places) =>
        [0.5, 0.8, 0.95, 1, 1.1, 1.5, 2].map((ratio) => ({
          servers,
          places,
          ratio,
          ...atRest({ servers, places, ratio }),
        })),
      ),
    ),
  ]
  it.each(rows)('of $places beside $servers workers, offered $ratio of what they can do', (row) => {
    const name = `c=${row.servers} m=${row.places} rho=${row.ratio}`
    const s = settled(row)
    expect(compare(`${name} in system`, s.inside, row.inside)).toBeLessThan(0.02)
    expect(compare(`${name} throughput`, s.throughput, row.throughput)).toBeLessThan(0.02)
    expect(compare(`${name} mean time`, s.time, row.inside / row.throughput)).toBeLessThan(0.02)
    const shares = [
      ['lost', s.lost],
      ['lost, as clients see it', s.seen],
      ['lost behind another', s.lostBehind],
      ['lost, as a caller passes it on', s.passed],
    ] as const
    for (const [what, share] of shares) {
      // Below one in ten thousand nobody could count it.
      if (row.lost > 1e-4) expect(compare(`${name} ${what}`, share, row.lost)).toBeLessThan(0.02)
      else expect(share).toBeLessThan(2e-4)
    }
  })
  it('costs nothing and loses nothing when its limit is far away', () => {
    const it = lab(single({ concurrency: 10, service_time: '100ms', queue_limit: 5000 }, { rate: '90/s' }))
    it.run(600)
    expect(it.state.stations[0]?.sums[A.status + 3]).toBe(0)
    expect(it.run(5)['web.rps_5xx']).toBe(0)
  })
  it('lets through what its workers can do, and no more, far above saturation', () => {
    const it = lab(single(server(10, 50), { rate: '1000/s' }))
    it.run(60)
    const s = it.run(5)
    expect(compare('ten times too much: goodput', s['web.goodput_rps'] ?? NaN, 100)).toBeLessThan(0.001)
    expect(compare('ten times too much: waiting', s['web.queue'] ?? NaN, 50 - 1 / 9)).toBeLessThan(0.01)
  })
})
