import { flag, p, type Parameters, share, time } from './parameter.ts'

const HPA = 'Kubernetes HorizontalPodAutoscaler'

/** Who changes the number of instances, and what may keep new ones from starting. */
export const SCALING = {
  'autoscaler.enabled': flag(
    0,
    'An autoscaler sets the number of instances; `replicas` is the number to begin with',
  ),
  'autoscaler.min': p('count', [1, 0, 10_000], 'Fewest instances it asks for', `${HPA}: 1`),
  'autoscaler.max': p('count', [10, 1, 10_000], 'Most instances it asks for', `${HPA} examples: 10`),
  'autoscaler.cpu': share(
    0,
    'Target CPU use, mean over instances; 0: does not watch CPU',
    `${HPA} default: 80 %`,
  ),
  'autoscaler.saturation': share(0, 'Target share of busy slots, mean over instances; 0: does not watch it'),
  'autoscaler.rps': p('per_second', [0, 0, 1e7], 'Target requests of one instance; 0: does not watch them'),
  'autoscaler.queue': p(
    'count',
    [0, 0, 1e9],
    'Target waiting requests (messages, for a worker) of one instance; 0: does not watch them',
  ),
  'autoscaler.tolerance': share(0.1, 'No change while metric by target is this near to 1', `${HPA}: 0.1`),
  'autoscaler.interval': p('seconds', [15, 1, 3600], 'How often it decides', `${HPA}: 15 s`),
  'autoscaler.up_ratio': p(
    'number',
    [1, 0, 100],
    'Most it adds in one period, by what there is',
    `${HPA}: 100 % in 15 s`,
  ),
  'autoscaler.up_count': p(
    'count',
    [4, 0, 10_000],
    'Or so many instances, whichever is more',
    `${HPA}: 4 in 15 s`,
  ),
  'autoscaler.down_window': time(
    300,
    'Goes down only to the highest it asked for in this time',
    `${HPA}: 300 s`,
  ),
  'autoscaler.delay': p(
    'seconds',
    [30, 0, 600],
    'Age of the metrics it decides on',
    'Kubernetes metrics-server: 15 s resolution, some 30 s old',
  ),
  'deploy.surge': share(
    0.25,
    'Instances a rollout may start beyond those wanted',
    'Kubernetes Deployment maxSurge: 25 %',
  ),
  'deploy.unavailable': share(
    0.25,
    'Instances a rollout may be short of',
    'Kubernetes Deployment maxUnavailable: 25 %',
  ),
  'admission.deny': flag(
    0,
    'An admission policy refuses every new instance; those that run go on, but those restarted are lost until it ends',
  ),
} satisfies Parameters
