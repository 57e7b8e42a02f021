import { compileSystem, type Model } from '../../server/sim/physics/index.ts'
import { SystemSpec } from '../../server/sim/scenario/systemSchema.ts'

const service = (calls: object) => ({
  kind: 'service',
  title: 'Service',
  replicas: 8,
  concurrency: 32,
  calls,
})

/** Twelve components, as in a grown scenario: edge, four services, two caches, two databases, an object store, a queue, a worker. */
export const twelve = (): Model =>
  compileSystem(
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
        api: service({
          sessions: { timeout: '50ms' },
          users: { on: 'miss' },
          checkout: { per_request: 0.1 },
        }),
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

/** A hundred: one edge, and nine teams with four services and a front, a cache, two databases, an external and a queue with its worker. */
export const hundred = (): Model => {
  const components: Record<string, object> = {}
  const entry: Record<string, object> = {}
  for (let t = 1; t <= 9; t += 1) {
    const next = t < 9 ? { [`front-${t + 1}`]: { per_request: 0.2, timeout: '3s' } } : {}
    entry[`front-${t}`] = { per_request: 0.2, timeout: '8s' }
    components[`front-${t}`] = service({
      [`orders-${t}`]: { per_request: 0.5 },
      [`search-${t}`]: {},
      [`audit-${t}`]: { per_request: 0.1, optional: 1 },
      ...next,
    })
    components[`search-${t}`] = service({
      [`cache-${t}`]: { per_request: 2, timeout: '100ms' },
      [`items-${t}`]: { on: 'miss' },
      [`rank-${t}`]: { timeout: '300ms', fallback: 1 },
    })
    components[`rank-${t}`] = service({ [`items-${t}`]: { per_request: 0.1 } })
    components[`orders-${t}`] = service({
      [`accounts-${t}`]: { retries: 1 },
      [`bank-${t}`]: { per_request: 0.3 },
      [`jobs-${t}`]: {},
    })
    components[`cache-${t}`] = { kind: 'cache', title: 'Cache' }
    components[`items-${t}`] = { kind: 'database', title: 'Items' }
    components[`accounts-${t}`] = { kind: 'database', title: 'Accounts' }
    components[`bank-${t}`] = { kind: 'external', title: 'Bank' }
    components[`jobs-${t}`] = { kind: 'queue', title: 'Jobs' }
    components[`crunch-${t}`] = {
      kind: 'worker',
      title: 'Crunch',
      consumes: `jobs-${t}`,
      concurrency: 16,
      calls: { [`accounts-${t}`]: {} },
    }
    components[`audit-${t}`] = service({})
  }
  components['edge'] = { kind: 'load-balancer', title: 'Edge', calls: entry }
  return compileSystem(
    SystemSpec.parse({
      components,
      traffic: { people: { title: 'People', to: 'edge', rate: '900/s' } },
    }),
  )
}
