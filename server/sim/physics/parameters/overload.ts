import { flag, p, type Parameters, share, time, UNLIMITED } from './parameter.ts'

/** What a component does against too much work. */
export const OVERLOAD = {
  shed: share(0, 'Share of requests turned away at once with 429; clients do not retry those'),
  rate_limit: p(
    'per_second',
    [UNLIMITED, 0, UNLIMITED],
    'Requests let through, at each zone or group; more are answered 429',
  ),
  rate_burst: p(
    'count',
    [0, 0, UNLIMITED],
    'Requests let through on top of the rate limit after a quiet time (token bucket); 0: none',
  ),
  'codel.target': time(
    0,
    'Controlled delay: the standing wait it aims at; 0 is off',
    'CoDel (Nichols and Jacobson 2012): 5 ms',
  ),
  'codel.interval': p(
    'seconds',
    [0.1, 0.01, 60],
    'Controlled delay: how long the wait must stand before requests are dropped',
    'CoDel (Nichols and Jacobson 2012): 100 ms',
  ),
  adaptive: flag(0, 'Admits no more at once than it answers in twice its unloaded time'),
  brownout: share(0, 'Share of requests answered without the calls marked optional'),
} satisfies Parameters
