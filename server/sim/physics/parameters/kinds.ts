import type { ComponentKind } from '../../../../shared/contracts/system.ts'
import { fixed, flag, MIB, p, type Parameters, share, time, UNLIMITED } from './parameter.ts'
import { REPLICATION } from './replication.ts'
import { SCALING } from './scaling.ts'
import { SERVER } from './server.ts'

const CACHE = {
  keys: fixed(p('count', [100_000, 1, 1e9], 'Distinct items that are asked for')),
  zipf: fixed(
    p(
      'number',
      [1, 0, 3],
      'Skew of popularity: the exponent of Zipf’s law',
      'about 0.6–1 in web traces (Breslau et al. 1999)',
    ),
  ),
  ttl: p('seconds', [3600, 1, 366 * 86_400], 'How long an item stays after it was fetched'),
  capacity: p('count', [UNLIMITED, 0, UNLIMITED], 'Items that fit; the least recently used leave first'),
  coalesce: flag(0, 'One fetch at a time for each item; the others wait for it'),
  persistent: flag(0, 'Keeps its items over a restart or an outage'),
  start_fill: fixed(share(1, 'Share of items present when the exercise is opened')),
} satisfies Parameters
const DATABASE = {
  connections: p(
    'count',
    [UNLIMITED, 1, UNLIMITED],
    'Requests it holds at once, in work and waiting; more are refused with 503',
  ),
  'lock.share': share(0, 'Share of requests that need the one lock'),
  'lock.time': time(0, 'How long the lock is held'),
  ...REPLICATION,
} satisfies Parameters
const QUEUE = {
  max_messages: p('count', [1e7, 0, UNLIMITED], 'Messages it holds; more are refused with 503'),
} satisfies Parameters
const WORKER = {
  redeliver: share(1, 'Share of failed messages that go back into the queue; the rest is dropped'),
} satisfies Parameters
const OBJECT_STORE = {
  'object.max': p('bytes', [1e15, 0, 1e18], 'An append beyond this size fails with 500'),
  bandwidth: p('bytes_per_second', [200e6, 1, 1e15], 'Throughput of one transfer'),
} satisfies Parameters

const DNS = {
  ttl: p(
    'seconds',
    [60, 1, 86_400],
    'How long an answer is kept by those who asked',
    'DNS of cloud load balancers: 60 s',
  ),
  serve_stale: p(
    'seconds',
    [0, 0, 7 * 86_400],
    'How long expired answers go on being used while no new one comes',
    'RFC 8767 suggests one to three days; off by default in most resolvers',
  ),
} satisfies Parameters
const JOB = {
  every: p('seconds', [3600, 10, 31 * 86_400], 'From one start to the next'),
  offset: p('seconds', [0, -86_400, 86_400], 'Exercise time of one of its starts'),
  items: p('count', [1000, 0, 1e9], 'Pieces of work in one run'),
  suspended: flag(0, 'Starts no further runs; one under way goes on'),
} satisfies Parameters

/** Slots, times and start-ups that differ from the general default. */
const like = (changes: Readonly<Partial<Record<keyof typeof SERVER, number>>>): Parameters =>
  Object.fromEntries(
    Object.entries(SERVER).map(([key, param]) => [
      key,
      { ...param, default: changes[key as keyof typeof SERVER] ?? param.default },
    ]),
  )

export const SERVER_KINDS = [
  'load-balancer',
  'service',
  'worker',
  'cache',
  'database',
  'queue',
  'object-store',
  'external',
  'dns',
  'job',
] as const satisfies readonly ComponentKind[]
export type ServerKind = (typeof SERVER_KINDS)[number]

/** Every parameter of every kind of component, by the name it has in YAML and in effect paths. */
export const PARAMETERS: Readonly<Record<ServerKind, Parameters>> = {
  'load-balancer': {
    ...like({
      replicas: 2,
      concurrency: 100_000,
      service_time: 0.001,
      start_time: 10,
      'memory.per_request': 4096,
      cpu: 0.5,
    }),
  },
  service: { ...SERVER, ...SCALING },
  worker: { ...like({ concurrency: 4, service_time: 0.1 }), ...SCALING, ...WORKER },
  cache: {
    ...like({ concurrency: 1000, service_time: 0.001, start_time: 5, 'memory.per_request': 4096 }),
    ...CACHE,
  },
  database: {
    ...like({
      concurrency: 64,
      start_time: 60,
      'memory.limit': 16_384 * MIB,
      'memory.base': 4096 * MIB,
      'memory.per_request': MIB,
    }),
    ...DATABASE,
  },
  queue: {
    ...like({ concurrency: 1000, service_time: 0.002, start_time: 20, 'memory.per_request': 4096 }),
    ...QUEUE,
  },
  'object-store': {
    ...like({ concurrency: 2000, service_time: 0.02, 'memory.per_request': 4096 }),
    ...OBJECT_STORE,
  },
  external: like({ concurrency: 1000, service_time: 0.08, 'memory.per_request': 4096 }),
  dns: {
    ...like({
      replicas: 2,
      concurrency: 1000,
      service_time: 0.002,
      start_time: 10,
      'memory.per_request': 4096,
    }),
    ...DNS,
  },
  job: { ...like({ concurrency: 4, service_time: 0.1 }), ...JOB },
}
