import { NONE, type RequestTable, type Trace } from '../../../../shared/requests.ts'
import type { Model } from '../model/model.ts'
import type { SampledRequest } from './sampleRequests.ts'
import type { Span } from './span.ts'

/** Names for the numbers a sampled request carries. */
export interface Names {
  readonly component: (i: number) => string
  /** Of a cell: its zone, that zone's region, and what its instances are named after. */
  readonly zone: (cell: number) => string | null
  readonly region: (cell: number) => string | null
  readonly place: (cell: number) => string
  readonly version: (i: number) => string | null
}

/** The names of a model's parts. */
export function namesOf(model: Model): Names {
  const zoneOf = (cell: number) => model.zones[model.cells[cell]?.zone ?? -1]
  return {
    component: (i) => model.components[i]?.id ?? `component-${i}`,
    zone: (cell) => zoneOf(cell)?.id ?? null,
    region: (cell) => zoneOf(cell)?.region ?? null,
    place: (cell) => {
      const found = model.cells[cell]
      return [found?.id, found?.group ?? zoneOf(cell)?.id].filter(Boolean).join('-')
    },
    version: (i) => model.versions[i]?.name ?? null,
  }
}

/** What an instance is called: `web-3`, `web-fra-a-3`. */
export const nodeName = (names: Names, o: { readonly cell: number; readonly node: number }): string | null =>
  o.node > 0 ? `${names.place(o.cell)}-${o.node}` : null

/** Time a component took itself: its span less what it waited for others. */
function ownTimes(spans: readonly Span[]): number[] {
  const own = spans.map((s) => s.duration)
  for (const span of spans) {
    const parent = spans[span.parent]
    if (!parent) continue
    // Work that went on after the caller had given up cost the caller nothing more.
    const shared = Math.min(span.duration, Math.max(0, parent.start + parent.duration - span.start))
    own[span.parent] = (own[span.parent] ?? 0) - shared
  }
  return own
}

/** The span in which a failure began: from the client downwards, always to the failed part that came last. */
export function originOf(spans: readonly Span[]): number {
  let at = spans.findLastIndex((s) => s.parent === -1)
  if (at < 0 || spans[at]?.status === 200) return -1
  for (;;) {
    const next = spans.findLastIndex((s, i) => i > at && s.parent === at && s.status !== 200)
    const here = spans[at]
    const there = spans[next]
    if (!here || !there || here.note === 'gave-up' || there.note === 'fallback') return at
    // A part that failed and was made good by another attempt is not why.
    if (spans.some((s, i) => i > next && s.parent === at && s.status === 200)) return at
    at = next
  }
}

const how = (span: Span): string =>
  span.note === 'gave-up' || span.note === 'lost'
    ? 'timeout'
    : span.note === ''
      ? String(span.status)
      : span.note

/** What a look-up in a cache found, from the cheapest to the dearest. */
const LOOKS: readonly string[] = ['hit', 'shared', 'miss']

/** What can be asked of a request: where it came from, how it ended, and where it went. */
function attributesOf(r: SampledRequest, names: Names): Map<string, string> {
  const out = new Map<string, string>()
  out.set('status', String(r.status))
  out.set('source', r.source)
  for (const [name, value] of Object.entries(r.attributes)) out.set(name, value)
  const region = names.region(r.spans[0]?.cell ?? -1)
  if (region) out.set('region', region)
  if (r.attempt > 1) out.set('client-attempt', String(r.attempt))
  const origin = r.spans[originOf(r.spans)]
  if (origin) {
    out.set('failed', names.component(origin.component))
    out.set('failed-with', how(origin))
  }
  const own = ownTimes(r.spans)
  let slowest = 0
  own.forEach((time, i) => {
    if (time > (own[slowest] ?? 0)) slowest = i
  })
  const slow = r.spans[slowest]
  if (slow) out.set('slowest', names.component(slow.component))
  let retries = 0
  for (const span of r.spans) {
    const id = names.component(span.component)
    if (span.attempt > 1 && span.parent >= 0) retries += 1
    if (span.note === 'breaker-open') out.set(`${id}.breaker`, 'open')
    const look = LOOKS.indexOf(span.note)
    // Of several look-ups the one that cost most is what tells requests apart.
    if (look > LOOKS.indexOf(out.get(`${id}.cache`) ?? '')) out.set(`${id}.cache`, span.note)
    const node = nodeName(names, span)
    if (node) out.set(`${id}.node`, node)
    const zone = names.zone(span.cell)
    if (zone) out.set(`${id}.zone`, zone)
    const version = names.version(span.version)
    if (version) out.set(`${id}.version`, version)
  }
  out.set('retries', retries > 2 ? '3 or more' : String(retries))
  return out
}

/** Requests as the columns that are told. */
export function tableOf(
  requests: readonly SampledRequest[],
  names: Names,
  o: { readonly from: number; readonly to: number; readonly every: number },
): RequestTable {
  const columns = new Map<string, { values: string[]; places: Map<string, number>; of: number[] }>()
  requests.forEach((r, i) => {
    for (const [name, value] of attributesOf(r, names)) {
      let column = columns.get(name)
      if (!column) {
        column = { values: [], places: new Map(), of: Array.from({ length: i }, () => NONE) }
        columns.set(name, column)
      }
      let place = column.places.get(value)
      if (place === undefined) {
        place = column.values.length
        column.values.push(value)
        column.places.set(value, place)
      }
      column.of.push(place)
    }
    for (const { of } of columns.values()) if (of.length <= i) of.push(NONE)
  })
  return {
    ...o,
    trace: requests.map((r) => r.trace),
    at: requests.map((r) => r.at),
    weight: requests.map((r) => r.weight * o.every),
    duration: requests.map((r) => r.duration),
    attributes: [...columns].map(([name, { values, of }]) => ({ name, values, of })),
  }
}

/** A request without what had not begun by `now` (exercise ms): work that goes on after its caller has given up. */
export function seenBy(r: SampledRequest, now: number): SampledRequest {
  const passed = (now - r.at) / 1000 + r.duration
  if (r.spans.every((s) => s.start <= passed)) return r
  const places = new Map<number, number>()
  const spans = r.spans.flatMap((span, i): Span[] => {
    if (span.start > passed) return []
    places.set(i, places.size)
    return [{ ...span, parent: places.get(span.parent) ?? -1 }]
  })
  return { ...r, spans }
}

/** One request with all its parts, as far as they can be known at `now` (exercise ms). */
export function describeTrace(whole: SampledRequest, names: Names, now: number): Trace {
  const r = seenBy(whole, now)
  const { trace, at, weight, source, attempt, status, duration } = r
  const passed = (now - at) / 1000 + duration
  return {
    trace,
    at,
    weight,
    source,
    attempt,
    status,
    duration,
    attributes: [...attributesOf(r, names)].map(([name, value]) => ({ name, value })),
    spans: r.spans.map((s) => ({
      component: names.component(s.component),
      zone: names.zone(s.cell),
      node: nodeName(names, s),
      version: names.version(s.version),
      parent: s.parent,
      start: s.start,
      duration: Math.min(s.duration, passed - s.start),
      wait: Math.min(s.wait, passed - s.start),
      running: s.start + s.duration > passed,
      status: s.status,
      attempt: s.attempt,
      note: s.note,
    })),
  }
}
