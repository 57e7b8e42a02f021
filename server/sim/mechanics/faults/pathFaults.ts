import { add, amount, count, type Fault, none, rest, scale, seconds, set, share, times } from './fault.ts'

/** What happens on the way between two components. */
export const CALL_FAULTS = {
  'slow-link': {
    title: 'Add latency',
    describe:
      'Every attempt takes so much longer on the network. The callee is not to blame and does not see it.',
    says: '{target}: {amount} more on the way',
    on: ['call', 'traffic'],
    amount: seconds('On top', { default: 0.2, min: 0.01, max: 10, step: 0.01 }),
    changes: [add('delay', amount)],
  },
  'lossy-link': {
    title: 'Lose packets',
    describe: 'A share of attempts gets lost on the way; the caller waits for its timeout and may try again.',
    says: '{target}: {amount} gets lost on the way',
    on: ['call', 'traffic', 'zone'],
    amount: share('Lost', 0.2, 0.01),
    changes: [add('loss', amount)],
  },
  'retry-storm': {
    title: 'Retry without mercy',
    describe: 'Failed attempts are repeated more often and with hardly a pause, whatever budget there was.',
    says: '{target}: {amount} more retries, at once',
    on: ['call', 'traffic'],
    amount: count('More retries', 3, 1, 10),
    changes: [add('retries', amount), scale('backoff', () => 0.05), add('retry_budget', () => 100)],
  },
  impatient: {
    title: 'Shorten the timeout',
    describe: 'The caller gives up earlier. What it asked for is worked on all the same.',
    says: '{target}: gives up after {amount} of the time',
    on: ['call', 'traffic'],
    amount: share('Of the time', 0.2, 0.01, 0.95),
    changes: [scale('timeout', amount)],
  },
  patient: {
    title: 'Lengthen the timeout',
    describe: 'The caller waits longer before it gives up, and holds its own slot meanwhile.',
    says: '{target}: waits {amount} as long',
    on: ['call', 'traffic'],
    amount: times('As long', 10, 100),
    changes: [scale('timeout', amount)],
  },
  'small-pool': {
    title: 'Shrink the connection pool',
    describe:
      'Each instance of the caller has so few connections left; calls wait for one within their timeout.',
    says: '{target}: {amount} left in each pool',
    on: ['call'],
    amount: count('Connections left', 1, 1, 100),
    changes: [set('pool', amount)],
  },
} as const satisfies Readonly<Record<string, Fault>>

/** What users and fleets do. */
export const TRAFFIC_FAULTS = {
  surge: {
    title: 'Surge',
    describe: 'More of it: a campaign, a newsletter, a crawler, an attack.',
    says: '{amount} as much traffic from {target}',
    on: ['traffic'],
    amount: times('As much', 3, 50),
    changes: [scale('rate', amount), scale('users', amount)],
  },
  silence: {
    title: 'Cut it off',
    describe: 'Less of it, or none: nobody can reach the system, and its own dashboards look calm.',
    says: '{amount} of the traffic from {target} stays away',
    on: ['traffic'],
    amount: share('Stays away', 1),
    changes: [scale('rate', rest), scale('users', rest)],
  },
  herd: {
    title: 'Wake a herd',
    describe:
      'As many requests as usually come in so much time arrive within ten seconds: devices that come back after an outage, a push message.',
    says: '{amount} of traffic from {target} arrive at once',
    on: ['traffic'],
    amount: seconds('Of usual traffic', { default: 60, min: 10, max: 600, step: 10 }),
    changes: [],
    operations: [
      { operation: 'wake', args: (x, base) => ({ clients: Math.round(x * base('rate')), within: '10s' }) },
    ],
    fits: (base) => base('rate') > 0,
  },
  'in-step': {
    title: 'Fall into step',
    describe: 'A fleet that polls forgets its jitter: all ask in the same second.',
    says: '{target} polls in step',
    on: ['traffic'],
    amount: null,
    changes: [scale('poll.jitter', none)],
    fits: (base) => base('poll.every') > 0 && base('poll.jitter') > 0,
  },
} as const satisfies Readonly<Record<string, Fault>>

/** What happens to places and machines. */
export const PLACE_FAULTS = {
  'zone-outage': {
    title: 'Lose the zone',
    describe:
      'Everything in it stops at once. What is elsewhere takes the load, if it can and if anybody sends it there.',
    says: '{target} is gone',
    on: ['zone'],
    amount: null,
    changes: [scale('up', none)],
  },
  'no-room': {
    title: 'Run out of machines',
    describe:
      'No machine has room for a further instance of a service or a worker. What runs goes on; what is started waits.',
    says: 'There is no room for further instances',
    on: ['zone'],
    amount: null,
    changes: [scale('slots', none)],
  },
} as const satisfies Readonly<Record<string, Fault>>
