import type { Ctx, SampleDraft } from '../../mechanic.ts'
import type { State } from './state.ts'

/** An alert manager tries again after so long when the receiver does not take a notification. */
const RETRY_MS = 10_000
const MOST_RETRY_MS = 300_000
/** From here on a component does not answer. */
const SILENT_RATIO = 0.99

/**
 * How the way from a rule to a person is at this sample: `alerting.up` and `.delay` of the world, and the component that carries
 * notifications. Where a share e of its answers fails, a notification takes e / (1 − e) further tries on average.
 */
export function readPath(state: State, draft: SampleDraft, ctx: Ctx): void {
  const read = (metric: string): number | null => draft.values[ctx.scenario.columnOf(metric) ?? -1] ?? null
  let up = read('alerting.up') !== 0
  let delay = (read('alerting.delay') ?? 0) * 1000
  const { via } = ctx.scenario.spec.alerting
  const carrier = ctx.scenario.model.components.find((c) => c.id === via)
  if (carrier) {
    const failed = read(`${carrier.metrics}.error_ratio`) ?? 0
    if (read(`${carrier.metrics}.replicas_ready`) === 0 || failed >= SILENT_RATIO) up = false
    else delay += Math.min(MOST_RETRY_MS, (RETRY_MS * failed) / (1 - failed))
  }
  state.path = { up, delay: Math.round(delay), monitored: read('monitoring.up') !== 0 }
}
