import type { ComponentKind } from '../../../shared/contracts/system.ts'
import type { Quantity } from '../scenario/units.ts'

/** One number of the model that an author sets and an effect may change. Values are in SI base numbers. */
export interface Parameter {
  readonly quantity: Quantity
  readonly default: number
  readonly min: number
  readonly max: number
  readonly describe: string
  /** Where the default comes from; without one it is a round number for a small company. */
  readonly source?: string
  /** Laid down when the exercise is opened: no effect can change it. */
  readonly fixed?: true
}
/** Parameters by name; a dotted name is a nested object in YAML: `memory.limit` is `memory: {limit: …}`. */
export type Parameters = Readonly<Record<string, Parameter>>

const p = (
  quantity: Quantity,
  [value, min, max]: readonly [number, number, number],
  describe: string,
  source?: string,
): Parameter => ({ quantity, default: value, min, max, describe, ...(source !== undefined && { source }) })
const share = (value: number, describe: string, source?: string) =>
  p('ratio', [value, 0, 1], describe, source)
const flag = (value: 0 | 1, describe: string) => p('flag', [value, 0, 1], describe)
const time = (value: number, describe: string, source?: string) =>
  p('seconds', [value, 0, 86_400], describe, source)
const fixed = (param: Parameter): Parameter => ({ ...param, fixed: true })
const MIB = 1_048_576
/** Stands for "no limit" where a limit is a count or a rate. */
export const UNLIMITED = 1e9

/** Status codes a component may answer with instead of an answer. */
export const STATUSES = [404, 429, 500, 503, 504] as const
export const ERRORS = {
  'errors.404': share(0, 'Share of requests answered 404'),
  'errors.429': share(0, 'Share of requests answered 429'),
  'errors.500': share(0, 'Share of requests answered 500'),
  'errors.503': share(0, 'Share of requests answered 503'),
  'errors.504': share(0, 'Share of requests answered 504'),
} satisfies Parameters

/** Everything that answers requests has these. */
export const SERVER = {
  replicas: p('count', [1, 0, 10_000], 'How many instances'),
  concurrency: p(
    'count',
    [16, 1, 1e6],
    'Requests one instance works on at once (threads, workers, connections)',
  ),
  service_time: time(0.01, 'Mean time of its own work on one request, calls not included'),
  cv: p(
    'number',
    [1, 0, 8],
    'Variability of that time: standard deviation by mean; 1 is exponential, 0 constant',
  ),
  queue_limit: p('count', [1e6, 0, UNLIMITED], 'Requests that may wait; more are refused with 503'),
  start_time: time(30, 'From starting an instance to its first answer'),
  up: flag(1, 'Whether it can be reached at all'),
  cpu: share(0.85, 'CPU use when every slot is busy with its own work'),
  lifo: flag(0, 'Serve the newest first instead of the oldest'),
  drop_expired: flag(0, 'Drop requests whose caller has given up before starting to work on them'),
  'memory.limit': p('bytes', [2048 * MIB, MIB, 1e15], 'Above it an instance is killed and restarted'),
  'memory.base': p('bytes', [512 * MIB, 0, 1e15], 'Memory of an idle instance'),
  'memory.per_request': p('bytes', [65_536, 0, 1e12], 'Memory of one request in work or waiting'),
  'memory.per_object': p(
    'number',
    [0, 0, 100],
    'Memory of one request reading an object, by the size of the object',
  ),
  'contention.alpha': p(
    'number',
    [0, 0, 1],
    'Serial share of the work',
    'Universal Scalability Law (Gunther 1993)',
  ),
  'contention.beta': p(
    'number',
    [0, 0, 0.1],
    'Cost of keeping each other informed',
    'Universal Scalability Law (Gunther 1993)',
  ),
  ...ERRORS,
} satisfies Parameters

const LOAD_BALANCER = {
  shed: share(0, 'Share of requests turned away at once with 429; clients do not retry those'),
  rate_limit: p('per_second', [UNLIMITED, 0, UNLIMITED], 'Requests let through; more are answered 429'),
} satisfies Parameters
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
    ...LOAD_BALANCER,
  },
  service: SERVER,
  worker: { ...like({ concurrency: 4, service_time: 0.1 }), ...WORKER },
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
}

/** A call from one component to another: `web.calls.db.timeout`. */
export const CALL_PARAMETERS = {
  per_request: p(
    'number',
    [1, 0, 1000],
    'Calls for each request of the caller (with `on: miss`: for each miss)',
  ),
  timeout: time(
    1,
    'The caller gives up after this; the called side works on',
    'a round number; many clients default to none, which is worse',
  ),
  retries: p('count', [0, 0, 10], 'Further attempts after a 5xx or a timeout'),
  backoff: time(0.1, 'Pause before the first retry; doubles with each', 'AWS SDKs: 100 ms base'),
  jitter: share(1, 'Share of the pause that is drawn at random', 'full jitter (AWS Architecture Blog 2015)'),
  retry_budget: p(
    'number',
    [100, 0, 100],
    'Retries allowed for each first attempt: 0.1 caps them at 10 %',
    'Envoy retry budgets: 20 %; Finagle: 20 %',
  ),
  optional: flag(0, 'A failure of this call does not fail the request'),
  fallback: share(0, 'Share of failed calls answered with a stand-in'),
  serve_stale: share(0, 'Share of requests that use the last good copy and do not call at all'),
  appends: p('bytes', [0, 0, 1e12], 'A write: makes the object of the called object-store longer'),
  'breaker.enabled': flag(0, 'A circuit breaker guards this call'),
  'breaker.threshold': p('ratio', [0.5, 0.01, 1], 'Opens at this share of failures', 'Hystrix: 50 %'),
  'breaker.requests': p('count', [20, 1, 1e6], 'Never opens on fewer calls inside the window', 'Hystrix: 20'),
  'breaker.window': p('seconds', [10, 1, 600], 'Over which calls are counted', 'Hystrix: 10 s'),
  'breaker.open': p(
    'seconds',
    [5, 1, 3600],
    'Stays open this long before it lets a trial through',
    'Hystrix: 5 s',
  ),
} satisfies Parameters

/** A version of a component: `web.versions.v42.share`. */
export const VERSION_PARAMETERS = {
  share: share(0, 'Share of instances that run it; the shares sum to 1'),
  drained: share(0, 'Share of its instances that get no traffic'),
  service_time_scale: p('number', [1, 0.01, 1000], 'Factor on the service time'),
  memory_scale: p('number', [1, 0, 1000], 'Factor on the memory for each request'),
  ...ERRORS,
} satisfies Parameters

/** Where requests come from: `traffic.shoppers.rate`. */
export const TRAFFIC_PARAMETERS = {
  rate: p('per_second', [100, 0, 1e7], 'Requests a second'),
  noise: share(0.03, 'Slow random swing of the rate, as a standard deviation'),
  timeout: time(10, 'A client gives up after this'),
  retries: p('count', [1, 0, 10], 'Further attempts after a 5xx or a timeout'),
  backoff: time(1, 'Pause before the first retry; doubles with each'),
  jitter: share(1, 'Share of the pause that is drawn at random'),
  retry_budget: p('number', [100, 0, 100], 'Retries allowed for each first attempt: 0.1 caps them at 10 %'),
} satisfies Parameters
