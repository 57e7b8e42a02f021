import { add, all, amount, type Fault, none, scale, seconds, SERVERS, share, times } from './fault.ts'

/** Its work at once and how much of it one instance does. */
const slots = (base: (parameter: string) => number) => base('replicas') * base('concurrency')

/** What happens to stores, queues and other components with a trade of their own. */
export const KIND_FAULTS = {
  'cold-cache': {
    title: 'Flush',
    describe:
      'The cache forgets everything at once. All that was a hit goes to the store behind it until it is warm again.',
    says: '{target} forgets everything',
    on: ['component'],
    kinds: ['cache'],
    amount: null,
    changes: [],
    operations: [{ operation: 'flush', args: () => ({}) }],
  },
  'small-cache': {
    title: 'Shrink the cache',
    describe: 'Fewer items fit. The least recently used are evicted, and asked for again.',
    says: '{target} holds {amount} of its items',
    on: SERVERS,
    kinds: ['cache'],
    amount: share('Items that fit', 0.2, 0, 0.95),
    changes: [
      scale(
        'capacity',
        (x, base) => (x * Math.min(base('keys'), base('capacity'))) / Math.max(1, base('capacity')),
      ),
    ],
  },
  'short-lived': {
    title: 'Expire early',
    describe: 'Items live for a fraction of their time, so they are fetched again and again.',
    says: 'Items of {target} live {amount} of their time',
    on: SERVERS,
    kinds: ['cache'],
    amount: share('Of their time', 0.05, 0.01, 0.95),
    changes: [scale('ttl', amount)],
  },
  'few-connections': {
    title: 'Cut connections',
    describe: 'It holds fewer requests at once; what is beyond is refused with 503.',
    says: '{target} takes {amount} of the connections it can work on',
    on: SERVERS,
    kinds: ['database'],
    amount: share('Of what it works on at once', 0.2, 0.01, 0.95),
    changes: [
      scale(
        'connections',
        (x, base) => (x * Math.min(base('connections'), slots(base))) / Math.max(1, base('connections')),
      ),
    ],
  },
  locked: {
    title: 'Hold a lock',
    describe:
      'A share of requests must wait for one lock, which each then holds for 100 ms: ten a second pass, the rest queue.',
    says: '{amount} of the requests to {target} wait for a lock',
    on: SERVERS,
    kinds: ['database'],
    amount: share('Requests that need it', 0.1, 0.01, 1),
    changes: [add('lock.share', amount), add('lock.time', () => 0.1)],
  },
  lagging: {
    title: 'Let followers lag',
    describe:
      'Followers are behind by so much: reads from them are old, and a promotion now would lose what they miss.',
    says: 'Followers of {target} lag by {amount} more',
    on: ['component'],
    kinds: ['database'],
    amount: seconds('Behind', { default: 30, min: 1, max: 600, step: 1 }),
    changes: [add('replication.delay', amount)],
    fits: (_, component) => (component?.database?.electable ?? 0) > 0,
  },
  'damaged-data': {
    title: 'Damage data',
    describe:
      'A share of what is read is wrong, on every copy: those reads fail with 500. Only a backup from before would help.',
    says: '{amount} of the data of {target} is damaged',
    on: ['component'],
    kinds: ['database'],
    amount: share('Reads that hit it', 0.1, 0.01),
    changes: [add('data.damaged', amount)],
  },
  'lost-primary': {
    title: 'Fail over at once',
    describe:
      'A follower is made the primary without waiting for it: what it lacks is lost, and the old primary does not know.',
    says: '{target} fails over to a follower, at once',
    on: ['component'],
    kinds: ['database'],
    amount: null,
    changes: [],
    operations: [{ operation: 'failover', args: () => ({ wait: false }) }],
  },
  'full-queue': {
    title: 'Fill the queue',
    describe:
      'It takes no further message; what is put is refused with 503. What it holds is still worked on.',
    says: '{target} is full and takes no message',
    on: SERVERS,
    kinds: ['queue'],
    amount: null,
    changes: [scale('max_messages', none)],
  },
  'thin-pipe': {
    title: 'Throttle transfers',
    describe: 'Each transfer gets a fraction of its throughput; large objects suffer most.',
    says: '{target} transfers at {amount} of its speed',
    on: SERVERS,
    kinds: ['object-store'],
    amount: share('Of its speed', 0.1, 0.01, 0.95),
    changes: [scale('bandwidth', amount)],
  },
  'big-job': {
    title: 'Make the job bigger',
    describe: 'Each run has more to do, and does it against the same stores as everybody else.',
    says: '{target} has {amount} as much to do',
    on: ['component'],
    kinds: ['job'],
    amount: times('As much', 5, 50),
    changes: [scale('items', amount)],
  },
  'forgotten-names': {
    title: 'Flush the names',
    describe: 'Everybody who goes by its names forgets them and asks anew, all at once.',
    says: 'Every name of {target} is forgotten',
    on: ['component'],
    kinds: ['dns'],
    amount: null,
    changes: [],
    operations: [{ operation: 'forget-names', args: () => ({}) }],
  },
  'extra-run': {
    title: 'Start a run now',
    describe:
      'The job runs besides its schedule, in the middle of the day, against the same stores as everybody else.',
    says: '{target} starts a run now',
    on: ['component'],
    kinds: ['job'],
    amount: null,
    changes: [],
    operations: [{ operation: 'start-run', args: () => ({}) }],
  },
  'no-job': {
    title: 'Suspend the job',
    describe: 'No further run starts. Nothing fails; whatever it kept clean or fresh no longer is.',
    says: '{target} starts no further run',
    on: ['component'],
    kinds: ['job'],
    amount: null,
    changes: [add('suspended', all)],
  },
} as const satisfies Readonly<Record<string, Fault>>
