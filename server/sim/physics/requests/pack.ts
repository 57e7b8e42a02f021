import type { SampledRequest } from './sampleRequests.ts'
import { NOTES, type Span } from './span.ts'

/** Stored times are whole tenths of a millisecond: finer than anything a trace shows. */
const TICKS = 10_000
const ticks = (seconds: number): number => Math.round(seconds * TICKS)

type Packed = [
  trace: string,
  at: number,
  weight: number,
  source: string,
  attributes: Readonly<Record<string, string>> | 0,
  attempt: number,
  status: number,
  duration: number,
  ...spans: number[],
]
/** Numbers a span takes up. */
const WIDTH = 11
const HEAD = 8

/** A request as one line of text, as the log keeps it. */
export function packRequest(r: SampledRequest): string {
  const packed: Packed = [
    r.trace,
    r.at,
    Number(r.weight.toPrecision(4)),
    r.source,
    Object.keys(r.attributes).length > 0 ? r.attributes : 0,
    r.attempt,
    r.status,
    ticks(r.duration),
  ]
  for (const s of r.spans) {
    packed.push(s.component, s.cell, s.node, s.version, s.parent, ticks(s.start), ticks(s.duration))
    packed.push(ticks(s.wait), s.status, s.attempt, NOTES.indexOf(s.note))
  }
  return JSON.stringify(packed)
}

/** What `packRequest` packed. */
export function unpackRequest(line: string): SampledRequest {
  // Written by packRequest alone.
  const packed = JSON.parse(line) as Packed
  const [trace, at, weight, source, attributes, attempt, status, duration] = packed
  const spans: Span[] = []
  for (let i = HEAD; i + WIDTH <= packed.length; i += WIDTH) {
    const number = (k: number) => Number(packed[i + k])
    spans.push({
      component: number(0),
      cell: number(1),
      node: number(2),
      version: number(3),
      parent: number(4),
      start: number(5) / TICKS,
      duration: number(6) / TICKS,
      wait: number(7) / TICKS,
      status: number(8),
      attempt: number(9),
      note: NOTES[number(10)] ?? '',
    })
  }
  return {
    trace,
    at,
    weight,
    source,
    attributes: attributes === 0 ? {} : attributes,
    attempt,
    status,
    duration: duration / TICKS,
    spans,
  }
}

/** The trace id of a packed line, without reading the rest. */
export const traceOfLine = (line: string): string => line.slice(2, 18)
