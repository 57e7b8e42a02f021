import type { crowd } from './crowd.ts'

/** A shop of an edge, a web tier, a cache and a database. */
const shop = (o: {
  rate?: string
  web?: object
  db?: object
  dbCall?: object
  cache?: object
  users?: object
  more?: object
}) => ({
  ...o.more,
  components: {
    edge: { kind: 'load-balancer', title: 'Edge', replicas: 2, calls: { web: { timeout: '3s' } } },
    web: {
      kind: 'service',
      title: 'Web',
      replicas: 6,
      concurrency: 32,
      service_time: '12ms',
      calls: { cache: { timeout: '200ms' }, db: { on: 'miss', timeout: '1s', retries: 1, ...o.dbCall } },
      ...o.web,
    },
    cache: {
      kind: 'cache',
      title: 'Cache',
      service_time: '1ms',
      keys: 100_000,
      ttl: '1h',
      start_fill: 0.9,
      ...o.cache,
    },
    db: { kind: 'database', title: 'Database', concurrency: 64, service_time: '20ms', ...o.db },
  },
  traffic: {
    users: { title: 'Users', to: 'edge', rate: o.rate ?? '800/s', retries: 0, timeout: '5s', ...o.users },
  },
})

/** A system in some state, and what is compared in it. */
export type State = Parameters<typeof crowd>[0] & {
  /** Components whose percentiles are compared. */
  readonly times: readonly string[]
}
const versions = (bad: object) => ({ v1: { share: '80%' }, v2: { share: '20%', ...bad } })
/** What systems get into, one law after the other. */
export const states: Readonly<Record<string, State>> = {
  'a healthy system': {
    system: shop({}),
    settle: 120,
    watch: 60,
    times: ['edge', 'web', 'cache', 'db'],
  },
  'a system with too little of a database, whose queue is bounded': {
    system: shop({ db: { queue_limit: 100 } }),
    effects: [{ path: 'db.service_time', op: 'set', value: 0.3 }],
    settle: 240,
    watch: 60,
    times: ['edge', 'web', 'cache', 'db'],
  },
  'a version that fails three times in ten': {
    system: shop({ web: { versions: versions({ errors: { 500: '30%' } }) } }),
    settle: 120,
    watch: 60,
    times: ['edge', 'web', 'cache', 'db'],
  },
  'a version that takes three times as long': {
    system: shop({ web: { versions: versions({ service_time_scale: 3 }) } }),
    settle: 120,
    watch: 60,
    times: ['edge', 'web', 'cache', 'db'],
  },
  'a web tier that refuses every fifth request': {
    system: shop({ rate: '3000/s', web: { replicas: 1, queue_limit: 200 } }),
    settle: 120,
    watch: 60,
    times: ['edge', 'web', 'cache', 'db'],
  },
  'a cold cache': {
    system: shop({ cache: { start_fill: 0 }, db: { concurrency: 8 } }),
    settle: 20,
    watch: 60,
    times: ['edge', 'web', 'cache', 'db'],
  },
  'a database that answers too late for most': {
    system: shop({ cache: { start_fill: 0.5 }, dbCall: { timeout: '25ms', retries: 2, backoff: '0ms' } }),
    settle: 60,
    watch: 60,
    times: ['cache', 'db'],
  },
  'a pool with too few connections to a slow database': {
    system: shop({ cache: { ttl: '5s' }, dbCall: { pool: 3, timeout: '200ms', retries: 0 } }),
    effects: [{ path: 'db.service_time', op: 'set', value: 0.05 }],
    settle: 120,
    watch: 60,
    times: ['cache', 'db'],
  },
  'an edge that sheds two fifths': {
    system: shop({}),
    effects: [{ path: 'edge.shed', op: 'set', value: 0.4 }],
    settle: 120,
    watch: 60,
    times: ['edge', 'web', 'cache', 'db'],
  },
  'one of two zones that fails a fifth of what it takes': {
    system: shop({
      web: { zones: ['fra-a', 'fra-b'] },
      more: {
        zones: { 'fra-a': { region: 'fra' }, 'fra-b': { region: 'fra' } },
        network: { zone: '2ms', region: '80ms' },
      },
    }),
    effects: [{ path: 'web.zones.fra-b.errors.500', op: 'set', value: 0.2 }],
    settle: 120,
    watch: 60,
    times: ['web', 'cache', 'db'],
  },
}
