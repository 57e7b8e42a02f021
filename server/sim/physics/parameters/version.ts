import { ERRORS, p, type Parameters, share } from './parameter.ts'

/** A version of a component: `web.versions.v42.share`. */
export const VERSION_PARAMETERS = {
  share: share(0, 'Share of instances that run it; the shares sum to 1'),
  crash: share(0, 'Share of its instances that crash as they start and never get ready'),
  drained: share(0, 'Share of its instances that get no traffic'),
  service_time_scale: p('number', [1, 0.01, 1000], 'Factor on the service time'),
  memory_scale: p('number', [1, 0, 1000], 'Factor on the memory for each request'),
  ...ERRORS,
} satisfies Parameters
