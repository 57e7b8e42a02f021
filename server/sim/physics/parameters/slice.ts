import { ERRORS, p, type Parameters, share, UNLIMITED } from './parameter.ts'

/** Part of a component's requests, told apart by who sent them or where they went: `web.slices.big-imports.errors.500`. */
export const SLICE_PARAMETERS = {
  service_time_scale: p('number', [1, 0.01, 1000], 'Factor on the service time of its requests'),
  memory_scale: p('number', [1, 0, 1000], 'Factor on the memory of each of its requests'),
  shed: share(0, 'Share of its requests turned away at once with 429; clients do not retry those'),
  rate_limit: p(
    'per_second',
    [UNLIMITED, 0, UNLIMITED],
    'Requests of it let through at each zone or group; more are answered 429',
  ),
  rate_burst: p(
    'count',
    [0, 0, UNLIMITED],
    'Requests of it let through on top of the limit after a quiet time (token bucket)',
  ),
  ...ERRORS,
} satisfies Parameters

/** The traffic with one value of an attribute: `traffic.shoppers.attributes.tenant.acme`. */
export const ATTRIBUTE_PARAMETER = p(
  'number',
  [1, 0, 10_000],
  'Factor on the traffic with this value; the rest of the source stays as it is',
)
