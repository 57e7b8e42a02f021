import { codeOf } from './attempt.ts'
import type { Draws } from './draws.ts'
import { pick } from './pick.ts'
import { serve } from './serve.ts'
import type { Span } from './span.ts'
import type { Outcome, Walk } from './walk.ts'

/** Who took a request: which instance, where, of which version. */
export interface Taker {
  readonly node: number
  /** The cell it belongs to. */
  readonly cell: number
  readonly version: number
}

/**
 * An instance of a component such as takes requests that end with `outcome`: drawn from the same shares as sampled requests, so that a
 * bad version or place is named as often as it fails. Undefined where nothing is up.
 */
export function takerOf(
  walk: Walk,
  o: { component: number; outcome: Outcome; draw: Draws },
): Taker | undefined {
  const places = walk.stations.map((s) => {
    if (s.component !== o.component || !s.up) return 0
    return Math.max(1e-9, s.rate) * (o.outcome < 0 ? 1 : Math.max(1e-9, s.fail[o.outcome] ?? 0))
  })
  const station = walk.stations[pick(places, o.draw)]
  if (!station) return undefined
  const span: Span = {
    component: o.component,
    cell: station.cell,
    node: 0,
    version: -1,
    parent: -1,
    start: 0,
    duration: 0,
    wait: 0,
    status: codeOf(o.outcome),
    attempt: 1,
    note: '',
  }
  serve(
    { stations: walk.stations, draw: o.draw, spans: [span], serve, patience: 0 },
    { at: 0, span, station, outcome: o.outcome, lookup: undefined },
  )
  return { node: span.node, cell: span.cell, version: span.version }
}
