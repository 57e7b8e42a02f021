import type { Ctx } from '../../mechanic.ts'
import { latencyHistograms, type PhysicsState } from '../../physics/index.ts'
import {
  heatRow,
  namesOf,
  packHeat,
  packRequest,
  readWalk,
  type SampledRequest,
  sampleRequests,
} from '../../physics/requests/index.ts'
import { A } from '../../physics/state.ts'

/** Where a sampled request met something worth a log line. */
export interface Sighting {
  readonly component: string
  /** A kind of happening, as log lines have them. */
  readonly kind: string
  readonly trace: string
  readonly node: number
  readonly cell: number
  readonly version: number
}

/** Of one component and kind, as many as there can be lines of them in a sample. */
const MOST_OF_A_KIND = 6

/** Keeps some requests of the second that has just passed, and remembers which of them log lines could tell of. */
export function watchSecond(
  state: { readonly physics: PhysicsState; readonly sightings: Sighting[] },
  ctx: Ctx,
): void {
  const { model } = ctx.scenario
  const walk = readWalk(model, state.physics)
  const second = Math.round(ctx.now / 1000)
  const names = namesOf(model)
  for (const request of sampleRequests(walk, { seed: ctx.seed, second })) {
    ctx.evidence(packRequest(request))
    for (const found of sightingsOf(request, names.component)) {
      const alike = state.sightings.filter((s) => s.component === found.component && s.kind === found.kind)
      if (alike.length < MOST_OF_A_KIND) state.sightings.push(found)
    }
  }
}

/** What happened to a request, component by component, in the words of log lines. */
function sightingsOf({ trace, spans }: SampledRequest, nameOf: (component: number) => string): Sighting[] {
  return spans.flatMap((span): Sighting[] => {
    const seen = (kind: string, at: typeof span | undefined): Sighting[] => {
      if (!at) return []
      const { node, cell, version } = at
      return [{ component: nameOf(at.component), kind, trace, node, cell, version }]
    }
    const caller = spans[span.parent]
    switch (span.note) {
      case 'gave-up':
        return [...seen('abandoned', span), ...seen('timeout', caller)]
      case 'breaker-open':
        return seen('breaker-open', caller)
      case 'shed':
        return [...seen('shed', span), ...seen(String(span.status), span)]
      case 'miss':
        return seen('miss', caller)
      default:
        return span.status === 200 ? [] : seen(String(span.status), span)
    }
  })
}

/** Puts down how long the answers of the last sample took, for every component a board shows as a heat map. After `takeSample`. */
export function watchTimes(state: { readonly physics: PhysicsState }, ctx: Ctx): void {
  const { model, heatMaps } = ctx.scenario
  if (heatMaps.length === 0) return
  const times = latencyHistograms(model, state.physics)
  for (const component of heatMaps) {
    const h = times[component]
    const cells = (model.components[component]?.cells ?? []).map((i) => state.physics.stations[i]?.happened)
    const seconds = cells[0]?.[A.seconds] ?? 0
    const served = cells.reduce((sum, sums) => sum + (sums?.[A.served] ?? 0), 0)
    const row = h && seconds > 0 ? heatRow(h, served / seconds) : []
    ctx.evidence(packHeat({ at: ctx.now, component, row }))
  }
}
