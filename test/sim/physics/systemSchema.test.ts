import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checkSystem, compileSystem, resolvePath } from '../../../server/sim/physics/index.ts'
import { SystemSpec } from '../../../server/sim/scenario/systemSchema.ts'
import {
  Bytes,
  Milliseconds,
  parseQuantity,
  PerSecond,
  Ratio,
  Seconds,
} from '../../../server/sim/scenario/units.ts'

describe('quantities in a scenario', () => {
  it.each([
    ['40ms', 'seconds', 0.04],
    ['1m30s', 'seconds', 90],
    ['-12m', 'seconds', -720],
    ['30d', 'seconds', 2_592_000],
    ['900/s', 'per_second', 900],
    ['12/min', 'per_second', 0.2],
    ['2GiB', 'bytes', 2_147_483_648],
    ['500MB', 'bytes', 500_000_000],
    ['99.9%', 'ratio', 0.999],
    [0.4, 'ratio', 0.4],
    ['120_000', 'count', 120_000],
    ['on', 'flag', 1],
    [0, 'seconds', 0],
  ] as const)('%s as %s is %d', (text, quantity, value) => {
    expect(parseQuantity(text, quantity)).toBe(value)
  })
  it.each([
    [5, 'seconds'],
    ['5', 'seconds'],
    ['900', 'per_second'],
    ['2 GiBs', 'bytes'],
    ['40 percent', 'ratio'],
    ['', 'count'],
    [2, 'flag'],
  ] as const)('%s is not read as %s: nobody should have to guess a unit', (text, quantity) => {
    expect(parseQuantity(text, quantity)).toBeUndefined()
  })
  it('are parsed into base numbers, with a message that says how to write them', () => {
    expect([
      Milliseconds.parse('1.5s'),
      Seconds.parse('250ms'),
      PerSecond.parse('6/min'),
      Bytes.parse('1KiB'),
      Ratio.parse('5%'),
    ]).toEqual([1500, 0.25, 0.1, 1024, 0.05])
    expect(Seconds.safeParse('ten').error?.issues[0]?.message).toContain('like 40ms')
    expect(Ratio.safeParse('140%').error?.issues[0]?.message).toContain('out of range')
  })
})

const small = (more: object = {}, web: object = {}) => ({
  components: {
    web: { kind: 'service', title: 'Web', ...web },
    db: { kind: 'database', title: 'Database' },
    ...more,
  },
  traffic: { users: { title: 'Users', to: 'web', rate: '9/s' } },
})
const findings = (system: object) =>
  checkSystem(SystemSpec.parse(system)).map((f) => [f.path.join('.'), f.message])

describe('a system', () => {
  it('has a JSON Schema for editors', () => {
    const schema = JSON.stringify(z.toJSONSchema(SystemSpec, { io: 'input' }))
    expect(schema).toContain('service_time')
    expect(schema).toContain('Default 0.01')
  })
  it('refuses a parameter of another kind and a misspelt one', () => {
    expect(SystemSpec.safeParse(small({}, { ttl: '5m' })).success).toBe(false)
    expect(SystemSpec.safeParse(small({}, { servicetime: '5ms' })).success).toBe(false)
  })
  it.each([
    ['calls to nowhere', small({}, { calls: { dbb: {} } }), 'components.web.calls.dbb'],
    ['misses without a cache', small({}, { calls: { db: { on: 'miss' } } }), 'components.web.calls.db'],
    ['shares of versions', small({}, { versions: { a: { share: 0.5 } } }), 'components.web.versions'],
    [
      'a circle of calls',
      small({ a: { kind: 'service', title: 'A', calls: { web: {} } } }, { calls: { a: {} } }),
      'components.web.calls',
    ],
    [
      'a worker without a queue',
      small({ w: { kind: 'worker', title: 'W', consumes: 'db' } }),
      'components.w.consumes',
    ],
    [
      'appending to a database',
      small({}, { calls: { db: { appends: '1kB' } } }),
      'components.web.calls.db.appends',
    ],
    ['memory that never fits', small({}, { memory: { limit: '100MiB' } }), 'components.web.memory'],
  ])('is checked for %s', (_, system, path) => {
    expect(findings(system).map(([at]) => at)).toContain(path)
  })
  it('without faults has no findings, and names its metrics, arrows and paths', () => {
    const spec = SystemSpec.parse(small({}, { calls: { db: { title: 'queries' } } }))
    expect(checkSystem(spec)).toEqual([])
    const model = compileSystem(spec)
    expect(model.metrics.map((m) => m.name)).toContain('web.latency_p99')
    expect(model.metrics.map((m) => m.name)).toContain('traffic.users.success_ratio')
    expect(model.edges).toContainEqual({ from: 'web', to: 'db', label: 'queries' })
    expect(resolvePath(model, 'web.calls.db.timeout')).toEqual({ quantity: 'seconds', min: 0, max: 86_400 })
    expect(resolvePath(model, 'web.nonsense')).toBeUndefined()
  })
})
