import { p, type Parameters, UNLIMITED } from './parameter.ts'

const YEAR = 365 * 86_400

/** Things that run out. */
export const LIMITS = {
  'certificate.expires': p(
    'seconds',
    [10 * YEAR, -YEAR, 100 * YEAR],
    'Exercise time from which its certificate is refused by every caller',
  ),
  'quota.limit': p(
    'count',
    [UNLIMITED, 0, 1e18],
    'Requests or numbers it may give out in all; beyond, it answers 429',
  ),
  'quota.used': p('count', [0, 0, 1e18], 'Used up when the exercise is opened'),
  'quota.per_request': p('count', [1, 0, 1e9], 'What one request uses'),
} satisfies Parameters
