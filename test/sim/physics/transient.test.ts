import { afterAll, describe, expect, it } from 'vitest'
import { birthDeath } from './birthDeath.ts'
import { lab, single } from './lab.ts'

interface Phase {
  readonly seconds: number
  readonly use: number
  /** Share of the servers' speed. */
  readonly speed?: number
}
const CASES: readonly { readonly name: string; readonly phases: readonly Phase[] }[] = [
  {
    name: 'a step from half to nine tenths',
    phases: [
      { seconds: 60, use: 0.5 },
      { seconds: 300, use: 0.9 },
    ],
  },
  {
    name: 'a step from half to a fifth too much',
    phases: [
      { seconds: 60, use: 0.5 },
      { seconds: 200, use: 1.2 },
    ],
  },
  {
    name: 'a pulse of half a minute',
    phases: [
      { seconds: 60, use: 0.5 },
      { seconds: 30, use: 1.5 },
      { seconds: 120, use: 0.5 },
    ],
  },
  {
    name: 'a drop to half of capacity, and back',
    phases: [
      { seconds: 60, use: 0.7 },
      { seconds: 30, use: 0.7, speed: 0.5 },
      { seconds: 150, use: 0.7 },
    ],
  },
]
const SYSTEMS = [
  { servers: 1, service: 0.1 },
  { servers: 1, service: 1 },
  { servers: 10, service: 0.1 },
  { servers: 30, service: 1 },
]
const lines: string[] = []

describe('what is in the system while it moves, every ten seconds where more than one is expected', () => {
  afterAll(() =>
    process.stdout.write(
      `\nAgainst the exact transient of M/M/c: lowest and highest deviation, and when\n${lines.join('\n')}\n`,
    ),
  )
  it.each(CASES.flatMap((c) => SYSTEMS.map((s) => ({ ...c, ...s }))))(
    'stays within −5 and +25 % of the exact mean in $name, $servers workers of $service s',
    ({ name, phases, servers, service }) => {
      const capacity = servers / service
      const it = lab(
        single(
          { concurrency: servers, service_time: `${service}s`, memory: { per_request: 0 } },
          { rate: `${capacity}/s` },
        ),
      )
      const exact = birthDeath()
      let [low, lowAt, high, highAt, second] = [0, 0, 0, 0, 0]
      for (const { seconds, use, speed = 1 } of phases) {
        it.effects = [
          { path: 'traffic.users.rate', op: 'scale', value: use },
          { path: 'web.service_time', op: 'scale', value: 1 / speed },
        ]
        for (let n = 0; n < seconds; n += 1) {
          it.run(1)
          exact.second({ arrivals: capacity * use, service: speed / service, servers })
          second += 1
          const truth = exact.mean()
          if (second % 10 > 0 || truth <= 1) continue
          const off = (it.state.stations[0]?.inSystem ?? NaN) / truth - 1
          if (process.env['SHOW']) lines.push(`${second} ${truth} ${it.state.stations[0]?.inSystem}`)
          if (off < low) [low, lowAt] = [off, second]
          if (off > high) [high, highAt] = [off, second]
        }
      }
      lines.push(
        `${name.padEnd(40)} c=${String(servers).padEnd(3)} S=${String(service).padEnd(4)} ${(low * 100).toFixed(1).padStart(6)} % at ${String(lowAt).padEnd(4)} ${(high * 100).toFixed(1).padStart(6)} % at ${highAt}`,
      )
      expect(low).toBeGreaterThan(-0.05)
      expect(high).toBeLessThan(0.25)
    },
    20_000,
  )
})
