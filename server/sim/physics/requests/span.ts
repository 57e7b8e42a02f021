import type { Draws } from './draws.ts'
import type { Outcome, WalkStation } from './walk.ts'

/** What else there is to say of a span. The order is the order of their numbers in stored lines: only ever append. */
export const NOTES = [
  '',
  'hit',
  'miss',
  'shared',
  'shed',
  'refused',
  'unreachable',
  'gave-up',
  'breaker-open',
  'fallback',
  'lost',
  'held-back',
  'no-connection',
] as const
type Note = (typeof NOTES)[number]

/** One component's part in a request. Times in seconds, from the start of the request. */
export interface Span {
  readonly component: number
  /** The cell whose instance took it, or −1. */
  cell: number
  /** Number of the instance; 0: no instance took it. */
  node: number
  /** Place among all versions of the system, or −1. */
  version: number
  /** Place of the span that asked, or −1. */
  readonly parent: number
  start: number
  duration: number
  /** Of that, waiting before any work began. */
  wait: number
  /** As its caller saw it. */
  readonly status: number
  /** First, second … attempt of one call. */
  readonly attempt: number
  note: Note
}

/** What a station is to do for a request: `at` and `span` are its place and part in the trace. */
export interface Service {
  readonly at: number
  readonly span: Span
  readonly station: WalkStation
  readonly outcome: Outcome
  /** Of a look-up in a cache whose outcome its caller has settled: hit or miss. */
  readonly lookup: Note | undefined
}

/** One request under way: the cells it may go through, its dice, and what it has met so far. */
export interface Trip {
  readonly stations: readonly WalkStation[]
  readonly draw: Draws
  readonly spans: Span[]
  /** Plays the part of one station, calls included; returns its time (s). */
  readonly serve: (trip: Trip, service: Service) => number
  /** How many more times a part may be drawn again because it did not fit its timeout. */
  patience: number
}

/** Stretches or shrinks everything from span `first` on about the moment `from`. */
export function scaleSpans(spans: readonly Span[], o: { first: number; from: number; factor: number }): void {
  for (let i = o.first; i < spans.length; i += 1) {
    const span = spans[i]
    if (!span) continue
    span.start = o.from + (span.start - o.from) * o.factor
    span.duration *= o.factor
    span.wait *= o.factor
  }
}

/** Moves everything from span `first` on to `by` later. */
export function shiftSpans(spans: readonly Span[], first: number, by: number): void {
  for (let i = first; i < spans.length; i += 1) {
    const span = spans[i]
    if (span) span.start += by
  }
}
