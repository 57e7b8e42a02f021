import { flag, p, type Parameters, share, time } from './parameter.ts'

/** Where requests come from: `traffic.shoppers.rate`. */
export const TRAFFIC_PARAMETERS = {
  rate: p('per_second', [100, 0, 1e7], 'Requests a second'),
  noise: share(0.03, 'Slow random swing of the rate, as a standard deviation'),
  users: p(
    'count',
    [0, 0, 1e9],
    'Closed load: so many people, who wait for an answer and think before they ask again; 0: open load at `rate`',
  ),
  think: p('seconds', [10, 1, 86_400], 'Mean time a person thinks before asking again (closed load)'),
  'poll.every': time(0, 'The rate comes as polls of a fleet, one every so often; 0: spread evenly'),
  'poll.jitter': share(1, 'Share of that period over which the fleet spreads its polls; 0: all in step'),
  verify: flag(1, 'Clients check the certificate'),
  delay: time(0, 'Round trip on the network'),
  loss: share(0, 'Share of attempts lost on the way: the client waits for its timeout'),
  timeout: time(10, 'A client gives up after this'),
  retries: p('count', [1, 0, 10], 'Further attempts after a 5xx or a timeout'),
  backoff: time(1, 'Pause before the first retry; doubles with each'),
  jitter: share(1, 'Share of the pause that is drawn at random'),
  retry_budget: p('number', [100, 0, 100], 'Retries allowed for each first attempt: 0.1 caps them at 10 %'),
  retry_earned: p(
    'number',
    [100, 0, 100],
    'What a success pays into the bucket of which each failure takes one; nothing is tried again while it is less than half full. 100: no such bucket',
    'gRPC retry throttling: a token ratio of 0.1',
  ),
} satisfies Parameters
