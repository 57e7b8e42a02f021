import { hashed, purposeHash } from '../../random.ts'
import { attempt, codeOf } from './attempt.ts'
import { drawsOf } from './draws.ts'
import { pick } from './pick.ts'
import { serve } from './serve.ts'
import type { Span, Trip } from './span.ts'
import { GOOD, type Outcome, type Walk, type WalkPull, type WalkSource, type WalkStation } from './walk.ts'

/** Requests kept of each exercise second: forty of a sample. */
const KEPT_A_SECOND = 8
const REQUESTS = purposeHash('sampled-requests')
const TRACES = purposeHash('trace-ids')
/** Draws again before a request is taken as it is. */
const PATIENCE = 200

/** One request that stands for `weight` like it. */
export interface SampledRequest {
  /** Sixteen hexadecimal digits. */
  readonly trace: string
  /** Exercise ms at which it ended for its client: from then on it can be told of. */
  readonly at: number
  readonly weight: number
  /** A traffic source's name; for work on a message its queue's, for a piece of a job the job's. */
  readonly source: string
  readonly attributes: Readonly<Record<string, string>>
  /** Of the client: first, second … */
  readonly attempt: number
  readonly status: number
  /** Seconds until the client had an answer or gave up. */
  readonly duration: number
  readonly spans: readonly Span[]
}

/** One way for a request to come and to end, with how many do in a second. */
interface Stratum {
  readonly from: { readonly source: WalkSource } | { readonly pull: WalkPull }
  readonly outcome: Outcome
  readonly rate: number
}

function strataOf(walk: Walk): Stratum[] {
  const all: Stratum[] = []
  for (const source of walk.sources) {
    for (let outcome = GOOD; outcome < 5; outcome += 1) {
      let share = 0
      for (const arm of source.arms)
        share += arm.weight * (outcome === GOOD ? arm.answer.ok : (arm.answer.status[outcome] ?? 0))
      // Where no cell is used, everything fails at once.
      if (outcome === 3 && source.arms.every((arm) => arm.weight <= 0)) share = 1
      if (share > 0) all.push({ from: { source }, outcome, rate: source.rate * share })
    }
  }
  for (const pull of walk.pulls) {
    const fail = pull.stations()[pull.cell]?.fail ?? []
    let good = 1
    for (let outcome = 0; outcome < 5; outcome += 1) {
      const share = fail[outcome] ?? 0
      good -= share
      if (share > 0) all.push({ from: { pull }, outcome, rate: pull.rate * share })
    }
    if (good > 0) all.push({ from: { pull }, outcome: GOOD, rate: pull.rate * good })
  }
  return all
}

/**
 * A few requests of the second that `walk` shows, failed ones more often than their share: every one carries how many it stands for, so
 * that sums of weights are the model's own rates. Equal arguments give equal requests.
 */
export function sampleRequests(
  walk: Walk,
  o: { readonly seed: number; readonly second: number },
): SampledRequest[] {
  const strata = strataOf(walk)
  const bad = strata.filter((s) => s.outcome !== GOOD)
  const good = strata.filter((s) => s.outcome === GOOD)
  const sum = (list: readonly Stratum[]) => list.reduce((n, s) => n + s.rate, 0)
  const [badRate, goodRate] = [sum(bad), sum(good)]
  if (badRate + goodRate <= 0) return []
  const draw = drawsOf(o.seed, Math.imul(REQUESTS, 31) ^ Math.imul(o.second, 64))
  const room = Math.min(
    KEPT_A_SECOND - (goodRate >= 1 ? 1 : 0),
    Math.max(3, Math.round((KEPT_A_SECOND * badRate) / (badRate + goodRate))),
  )
  const fewBad = Math.min(room, Math.floor(badRate + draw.next()))
  const rest = KEPT_A_SECOND - fewBad
  const fewGood = Math.min(rest, Math.floor(goodRate + draw.next()))
  const out: SampledRequest[] = []
  const take = (list: readonly Stratum[], group: { rate: number; few: number; most: number }) => {
    const { rate, few } = group
    // Rare ones come by chance, each standing for itself; of many, each stands for its part of all.
    const weight = rate <= group.most ? 1 : rate / group.most
    // Evenly spaced over the heap of all requests: each kind gets its share with the least scatter.
    const from = draw.next()
    let k = 0
    let before = 0
    for (const stratum of list) {
      before += stratum.rate
      for (; k < few && ((k + from) * rate) / few < before; k += 1)
        out.push(walkOne({ ...o, number: out.length, stratum, weight }))
    }
  }
  take(bad, { rate: badRate, few: fewBad, most: room })
  take(good, { rate: goodRate, few: fewGood, most: rest })
  return out.sort((a, b) => a.at - b.at)
}

interface One {
  readonly seed: number
  readonly second: number
  readonly number: number
  readonly stratum: Stratum
  readonly weight: number
}

function walkOne(o: One): SampledRequest {
  const { from, outcome } = o.stratum
  const n = Math.imul(o.second, 64) + o.number
  const draw = drawsOf(o.seed, Math.imul(REQUESTS, 33) ^ n)
  const began = o.second * 1000 - draw.next() * 999
  const origin = 'source' in from ? from.source : from.pull
  const trip: Trip = { stations: origin.stations(), draw, spans: [], serve, patience: PATIENCE }
  let duration = 0
  let number = 1
  if ('source' in from) {
    const { source } = from
    number += Math.max(0, pick(source.attempts, draw))
    const asking = { to: source.to, timeout: source.timeout, outcome, parent: -1, start: 0, attempt: number }
    duration = attempt(trip, source.arms, asking)
  } else {
    const station = trip.stations[from.pull.cell]
    if (station) duration = workOn(trip, station, outcome)
  }
  return {
    trace: traceOf(o.seed, n),
    at: Math.round(began + duration * 1000),
    weight: o.weight,
    source: origin.name,
    attributes: origin.attributes(draw),
    attempt: number,
    status: codeOf(outcome),
    duration,
    spans: trip.spans,
  }
}

/** A worker's part: it took the message itself, so nobody waits with a timeout. */
function workOn(trip: Trip, station: WalkStation, outcome: Outcome): number {
  const span: Span = {
    component: station.component,
    cell: station.cell,
    node: 0,
    version: -1,
    parent: -1,
    start: 0,
    duration: 0,
    wait: 0,
    status: codeOf(outcome),
    attempt: 1,
    note: '',
  }
  trip.spans.push(span)
  return serve(trip, { at: 0, span, station, outcome, lookup: undefined })
}

const HEX: readonly string[] = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))

function traceOf(seed: number, n: number): string {
  let id = ''
  for (let i = 0; i < 2; i += 1) {
    const word = Math.floor(hashed(seed, TRACES + i, n) * 4294967296)
    for (let byte = 24; byte >= 0; byte -= 8) id += HEX[(word >>> byte) & 255] ?? '00'
  }
  return id
}
