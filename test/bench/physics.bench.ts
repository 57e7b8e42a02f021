import { bench, describe } from 'vitest'
import { compileSystem, createPhysics, takeSample, tick } from '../../server/sim/physics/index.ts'
import { SystemSpec } from '../../server/sim/scenario/systemSchema.ts'

const service = (calls: object) => ({
  kind: 'service',
  title: 'Service',
  replicas: 8,
  concurrency: 32,
  calls,
})
/** Twelve components, as in a grown scenario: edge, four services, two caches, two databases, an object store, a queue, a worker. */
const model = compileSystem(
  SystemSpec.parse({
    components: {
      edge: {
        kind: 'load-balancer',
        title: 'Edge',
        calls: { web: { timeout: '8s' }, api: { per_request: 0.3, timeout: '8s' } },
      },
      web: service({
        cache: { per_request: 3, timeout: '100ms' },
        catalog: { on: 'miss', retries: 1 },
        tips: { timeout: '300ms', fallback: 1 },
        media: {},
      }),
      api: service({ sessions: { timeout: '50ms' }, users: { on: 'miss' }, checkout: { per_request: 0.1 } }),
      checkout: service({ users: { retries: 1 }, jobs: {} }),
      tips: service({ catalog: { per_request: 0.2 } }),
      cache: { kind: 'cache', title: 'Cache' },
      sessions: { kind: 'cache', title: 'Sessions' },
      catalog: { kind: 'database', title: 'Catalogue' },
      users: { kind: 'database', title: 'Users' },
      media: { kind: 'object-store', title: 'Media' },
      jobs: { kind: 'queue', title: 'Jobs' },
      crunch: { kind: 'worker', title: 'Crunch', consumes: 'jobs', calls: { users: {} } },
    },
    traffic: { people: { title: 'People', to: 'edge', rate: '900/s' } },
  }),
)
const state = createPhysics(model, 1)
let second = 0

describe('a system of twelve components', () => {
  bench('one exercise second', () => {
    tick(model, state, { second, effects: [] })
    second += 1
  })
  bench('five exercise seconds and their sample', () => {
    for (let n = 0; n < 5; n += 1) {
      tick(model, state, { second, effects: [] })
      second += 1
    }
    takeSample(model, state)
  })
})
