import { describe, expect, it } from 'vitest'
import { adviseData, checkSystem } from '../../../server/sim/physics/index.ts'
import { SystemSpec } from '../../../server/sim/scenario/systemSchema.ts'

const system = (db: object, call: object = { writes: 0.2 }) =>
  SystemSpec.parse({
    components: {
      web: { kind: 'service', title: 'Web', calls: { db: call } },
      db: { kind: 'database', title: 'Database', ...db },
    },
    traffic: { users: { title: 'Users', to: 'web', rate: '10/s' } },
  })
const found = (db: object, call?: object) => checkSystem(system(db, call)).map((f) => f.path.join('.'))
const advised = (db: object, call?: object) => adviseData(system(db, call)).map((f) => f.path.join('.'))

describe('what a scenario says of its data', () => {
  it('is refused where it could not work or would do nothing', () => {
    expect(found({ failover: { automatic: true } })).toEqual(['components.db.failover.automatic'])
    expect(found({ replication: { speed: '5/s' } })).toEqual(['components.db.replication.speed'])
    expect(found({ disk: { size: '1GB', used: '2GB' } })).toEqual(['components.db.disk.used'])
    expect(found({ disk: { growth: '1kB/s' } })).toEqual(['components.db.disk.growth'])
    expect(found({ replicas: 4, groups: { left: 2, right: 2 } })).toEqual(['components.db.groups'])
    const backup = { name: 'a', title: 'A', age: '1h' }
    expect(found({ backups: [{ ...backup, size: '1GB' }] })).toEqual([])
    expect(found({ backups: [backup] })).toEqual(['components.db.backups.0'])
    expect(found({ disk: { size: '1GB' }, backups: [backup, { ...backup, every: '100ms' }] })).toEqual([
      'components.db.backups.1.name',
      'components.db.backups.1.every',
    ])
  })
  it('is warned of where it works, but hardly as meant', () => {
    expect(advised({ replicas: 2, replication: { synchronous: true } })).toEqual([
      'components.db.replication.synchronous',
    ])
    expect(advised({ disk: { size: '1GB', per_request: '1kB' } }, {})).toEqual([
      'components.db.disk.per_request',
    ])
    expect(
      advised({ replicas: 3, replication: { synchronous: true }, disk: { size: '1GB', per_request: '1kB' } }),
    ).toEqual([])
  })
  it('is fine where members are named by the author', () => {
    expect(found({ replicas: 3, groups: { east: 1, west: 1 } })).toEqual([])
  })
})
