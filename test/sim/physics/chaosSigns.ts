import type { FaultTarget } from '../../../shared/contracts/faults.ts'
import { type Model, valueOf } from '../../../server/sim/physics/index.ts'

/** Means of metrics: of the target itself (of the called component's caller, for a call), or of anything by its full name. */
export interface Seen {
  readonly own: (metric: string) => number | undefined
  readonly any: (metric: string) => number | undefined
}
interface Case {
  readonly before: Seen
  readonly during: Seen
  readonly target: FaultTarget
  readonly model: Model
}
/** What a fault must show: the sentences for what it does not. */
type Signs = (c: Case) => string[]

type Change = (was: number, is: number) => boolean
const more: Change = (was, is) => is > was * 1.0002 + 1e-9
const noLess: Change = (was, is) => is >= was * 0.98 - 1e-9
const less: Change = (was, is) => is < was * 0.95 - 1e-9
const noMore: Change = (was, is) => is <= was * 1.02 + 1e-9

const show =
  (metric: string, change: Change): Signs =>
  ({ before, during }) => {
    const [was, is] = [before.own(metric), during.own(metric)]
    // What nobody asks has no latency and no errors.
    if (was === undefined || is === undefined) return []
    return change(was, is) ? [] : [`${metric} was ${was.toPrecision(4)}, is ${is.toPrecision(4)}`]
  }
const least = (metric: string, value: number): Signs => show(metric, (_, is) => is >= value)
const most = (metric: string, value: number): Signs => show(metric, (_, is) => is <= value)
const every =
  (...signs: readonly Signs[]): Signs =>
  (c) =>
    signs.flatMap((s) => s(c))
/** Only where the target is asked at all. */
const ifAsked =
  (signs: Signs): Signs =>
  (c) =>
    (c.before.own('rps') ?? 0) > 1 ? signs(c) : []

/** Callers that cannot do without it answer with errors; those that can go on without may. */
const felt: Signs = ({ before, during, target, model }) => {
  const to = model.components.find((c) => c.id === target.component)
  return model.components.flatMap((caller) => {
    const path = `${caller.id}.calls.${to?.id}`
    // A job between two runs asks nobody.
    if (!to || caller.kind === 'job' || !model.paths.has(`${path}.timeout`)) return []
    const at = (name: string) => valueOf(model, [], `${path}.${name}`)
    const hard =
      at('optional') === 0 && at('fallback') === 0 && at('serve_stale') === 0 && at('per_request') > 0.5
    const call = model.calls.find((x) => x.to === to.index && model.cells[x.from]?.component === caller.index)
    if (!hard || !call || call.onMiss || call.covered) return []
    const name = `${caller.metrics}.error_ratio`
    const [was, is] = [before.any(name) ?? 0, during.any(name) ?? 0]
    return is > was + 0.05 ? [] : [`${name} was ${was.toPrecision(3)}, is ${is.toPrecision(3)}`]
  })
}
const failing = (value: number): Signs => ifAsked(least('error_ratio', value))
const nothing: Signs = () => []
const slower = ifAsked(show('latency_p95', more))

/** How each fault shows within its three minutes on a lightly loaded system. */
export const SHOWS: Readonly<Record<string, Signs>> = {
  offline: ifAsked(every(most('goodput_rps', 1e-6), felt)),
  partition: ifAsked(felt),
  slow: slower,
  'slow-part': nothing,
  'heavy-part': nothing,
  'damaged-data': ifAsked(show('error_ratio', more)),
  'lost-primary': nothing,
  'forgotten-names': nothing,
  'extra-run': nothing,
  herd: show('rps', more),
  'no-room': nothing,
  erratic: ifAsked(show('latency_p99', more)),
  errors: every(failing(0.25), felt),
  throttled: failing(0.25),
  'not-found': failing(0.25),
  'fewer-instances': show('replicas_ready', less),
  'stuck-slots': ifAsked(show('saturation', noLess)),
  'short-queue': ifAsked(show('queue', noMore)),
  'full-memory': show('memory_ratio', more),
  'full-disk': ifAsked(show('error_ratio', more)),
  // Nothing starts on a calm day: that is why nobody notices.
  'no-start': nothing,
  'no-admission': nothing,
  'blind-autoscaler': nothing,
  'expired-certificate': ifAsked(felt),
  'used-up-quota': failing(0.99),
  kill: show('restarts', more),
  restart: show('restarts', more),
  'drop-queue': show('queue', noMore),
  'cold-cache': show('fill_ratio', less),
  'small-cache': show('fill_ratio', less),
  'short-lived': show('hit_ratio', less),
  // What it can still hold is enough for a light load.
  'few-connections': ifAsked(show('error_ratio', noLess)),
  locked: ifAsked(show('latency_p99', more)),
  lagging: nothing,
  'full-queue': failing(0.99),
  'thin-pipe': ifAsked(show('latency_p95', noLess)),
  'big-job': nothing,
  'no-job': nothing,
  'slow-link': ifAsked(show('latency_p95', more)),
  'lossy-link': nothing,
  'retry-storm': ifAsked(show('rps', noLess)),
  impatient: nothing,
  patient: nothing,
  'small-pool': nothing,
  surge: show('rps', more),
  silence: most('rps', 1e-6),
  'in-step': nothing,
  'zone-outage': nothing,
}
