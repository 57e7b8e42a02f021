import { DISK } from './disk.ts'
import { LIMITS } from './limits.ts'
import { OVERLOAD } from './overload.ts'
import { ERRORS, flag, MIB, p, type Parameters, share, time, UNLIMITED } from './parameter.ts'

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
  partition: share(
    0,
    'Share of requests to it that are lost on the way: callers hear nothing and wait for their timeout',
  ),
  weight: p(
    'number',
    [1, 0, 100],
    'Its part of the traffic against other zones and groups, for each instance',
  ),
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
  ...OVERLOAD,
  ...DISK,
  ...LIMITS,
  ...ERRORS,
} satisfies Parameters
