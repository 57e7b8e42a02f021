import { describe, expect, it } from 'vitest'
import { compare, lab, printTable } from './lab.ts'

const locked = (share: number, rate: number) =>
  lab({
    components: {
      web: {
        kind: 'service',
        title: 'Web',
        concurrency: 10_000,
        service_time: '0s',
        calls: { db: { timeout: '60s' } },
      },
      db: {
        kind: 'database',
        title: 'Database',
        concurrency: 10_000,
        service_time: '0s',
        lock: { share, time: '10ms' },
      },
    },
    traffic: { users: { title: 'Users', to: 'web', rate: `${rate}/s`, noise: 0, retries: 0, timeout: '1h' } },
  })

describe('the one lock of a database', () => {
  // M/M/1 on those that need it: the time in system is exponential with mean T / (1 − ρ).
  it.each([
    [1, 50, 0.5],
    [1, 80, 0.8],
    [0.2, 250, 0.5],
  ])('share %s at %s/s: response times are those of M/M/1', (share, rate, use) => {
    const l = locked(share, rate)
    l.run(30)
    const m = l.run(5)
    const mean = 0.01 / (1 - use)
    for (const q of [0.95, 0.99]) {
      const expected = Math.log(share / (1 - q)) * mean
      const name = `latency_p${q * 100}`
      for (const c of ['db', 'web'])
        expect(
          compare(`lock, share ${share}, used to ${use}: ${c} p${q * 100}`, m[`${c}.${name}`] ?? 0, expected),
        ).toBeLessThan(0.05)
    }
    printTable('Waiting for a lock')
  })
})
