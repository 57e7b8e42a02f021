import { type ComponentSpec, type SystemSpec, written } from '../../scenario/systemSchema.ts'
import { PARAMETERS, UNLIMITED } from '../parameters.ts'

type Say = (path: (string | number)[], message: string, wayOut: string) => void
const TARGETS = ['cpu', 'saturation', 'rps', 'queue'] as const

const valueOf = (c: ComponentSpec, name: string): number =>
  written(c, name) ?? PARAMETERS[c.kind][name]?.default ?? 0

/** An autoscaler that could never do anything, or would at once do something else than the scenario says. */
function checkAutoscaler(c: ComponentSpec, id: string, say: Say): void {
  if (!('autoscaler' in c) || c.autoscaler === undefined) return
  const at = ['components', id, 'autoscaler']
  const of = (name: string) => valueOf(c, `autoscaler.${name}`)
  const [min, max, replicas] = [of('min'), of('max'), valueOf(c, 'replicas')]
  if (min > max) {
    say([...at, 'min'], `At least ${min} instances, but at most ${max}`, 'Lower min or raise max')
    return
  }
  if (of('enabled') !== 1) return
  if (TARGETS.every((target) => of(target) <= 0))
    say(at, 'The autoscaler is on, but watches nothing', `Give it a target: ${TARGETS.join(', ')}`)
  if (replicas < min || replicas > max)
    say(
      [...at.slice(0, 2), 'replicas'],
      `There are ${replicas} instances to begin with, but the autoscaler allows ${min} to ${max}`,
      'Begin with a number between min and max',
    )
  const reach = 1 + of('tolerance')
  const full = valueOf(c, 'cpu')
  if (of('cpu') > 0 && of('cpu') * reach >= full)
    say(
      [...at, 'cpu'],
      `CPU never goes beyond ${full * 100} %, which is no more than this target and the tolerance: it would never add instances`,
      'Lower the target, or raise the cpu of the component',
    )
  if (of('saturation') * reach >= 1)
    say(
      [...at, 'saturation'],
      'No more than all slots can be busy, which is no more than this target and the tolerance: it would never add instances',
      'Lower the target',
    )
}

/** Findings about autoscalers and the room for instances. */
export function checkScaling(spec: SystemSpec, say: Say): void {
  let needed = 0
  for (const [id, c] of Object.entries(spec.components)) {
    checkAutoscaler(c, id, say)
    if (c.kind === 'service' || c.kind === 'worker') needed += valueOf(c, 'replicas')
  }
  const slots = written(spec.cluster, 'slots') ?? UNLIMITED
  if (needed > slots)
    say(
      ['cluster', 'slots'],
      `There is room for ${slots} instances of services and workers, but ${needed} run`,
      'Make room for at least those',
    )
}
