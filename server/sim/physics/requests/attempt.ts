import { pauseBefore } from '../traffic/retry.ts'
import type { Draws } from './draws.ts'
import { pick, wholeOf } from './pick.ts'
import { scaleSpans, shiftSpans, type Span, type Trip } from './span.ts'
import { exponential } from './times.ts'
import {
  type ArmAnswer,
  GOOD,
  type Outcome,
  STATUSES,
  type WalkArm,
  type WalkCall,
  type WalkWay,
} from './walk.ts'

/** How long a refusal takes (s). */
const REFUSAL_TIME = 0.002
/** Draws again this often, at most, when a time does not fit what is known of it. */
const TRIES = 4
const TOO_MANY = 1
const UNAVAILABLE = 3
const TIMED_OUT = 4

export const codeOf = (outcome: Outcome): number => STATUSES[outcome] ?? 200

/** Share of attempts that reach a server and are answered by it in time, good or bad. */
function answeredShare(answer: ArmAnswer, fail: readonly number[]): number {
  let good = 1
  for (let s = 0; s < 5; s += 1) good -= fail[s] ?? 0
  if (good > 1e-6) return Math.min(1, answer.ok / good)
  let least = 1
  for (let s = 0; s < 5; s += 1) {
    const own = fail[s] ?? 0
    if (own > 1e-9) least = Math.min(least, (answer.status[s] ?? 0) / own)
  }
  return Math.max(0, least)
}

/** The arm an attempt that ends with `outcome` took. */
function armOf(arms: readonly WalkArm[], outcome: Outcome, draw: Draws): WalkArm | undefined {
  if (arms.length === 1 && (arms[0]?.weight ?? 0) > 0) return arms[0]
  const weights = arms.map(
    (arm) => arm.weight * (outcome === GOOD ? arm.answer.ok : (arm.answer.status[outcome] ?? 0)),
  )
  const found = pick(weights, draw)
  // Where no cell is used, no arm is taken.
  return found >= 0 ? arms[found] : arms.find((arm) => arm.weight > 0)
}

/** What an attempt is about, beside the arms it may take. */
export interface Asking {
  /** The component asked. */
  readonly to: number
  readonly timeout: number
  readonly outcome: Outcome
  readonly parent: number
  readonly start: number
  readonly attempt: number
  /** Of a look-up in a cache whose outcome its caller has settled: hit or miss. */
  readonly lookup?: Span['note']
}

/** One attempt whose outcome is known: takes an arm, writes the spans, returns the time its caller waited (s). */
export function attempt(trip: Trip, arms: readonly WalkArm[], asking: Asking): number {
  const { stations, draw, spans } = trip
  const { outcome, timeout, start } = asking
  const arm = armOf(arms, outcome, draw)
  const station = stations[arm?.to ?? -1]
  const at = spans.length
  const span: Span = {
    component: asking.to,
    cell: -1,
    node: 0,
    version: -1,
    parent: asking.parent,
    start: start + (arm?.network ?? 0) / 2,
    duration: 0,
    wait: 0,
    status: codeOf(outcome),
    attempt: asking.attempt,
    note: '',
  }
  spans.push(span)
  if (!arm || !station) {
    // Nobody can be called at all.
    span.note = 'unreachable'
    span.duration = REFUSAL_TIME
    return span.duration
  }
  span.cell = station.cell
  const room = Math.max(1e-4, timeout - arm.network)
  if (outcome !== GOOD) {
    const inside = answeredShare(arm.answer, station.fail) * (station.fail[outcome] ?? 0)
    const lost = outcome === TIMED_OUT ? arm.loss : 0
    const late = outcome === TIMED_OUT ? Math.max(0, arm.answer.late - lost) : 0
    const door = Math.max(0, (arm.answer.status[outcome] ?? 0) - inside - late - lost)
    const how = pick([inside, late, door, lost], draw)
    if (how === 3) {
      // The called cell never heard of it: only the caller's wait is there to see.
      span.cell = -1
      span.start = start
      span.duration = timeout
      span.note = draw.next() * lost < arm.dry ? 'no-connection' : 'lost'
      return timeout
    }
    if (how === 2) {
      span.note =
        outcome === TOO_MANY ? 'shed' : outcome === UNAVAILABLE && station.up ? 'refused' : 'unreachable'
      span.duration = Math.min(room, REFUSAL_TIME * (0.5 + draw.next()))
      return span.duration + arm.network
    }
    if (how === 1) {
      const weights = [...station.fail, 1 - station.fail.reduce((a, b) => a + b, 0)]
      const own = pick(weights, draw)
      after(trip, { at, room, outcome: own === 5 ? GOOD : own, arm, asking })
      span.note = 'gave-up'
      return timeout
    }
  }
  within(trip, { at, room, outcome, arm, asking })
  return span.duration + arm.network
}

interface Serving {
  readonly at: number
  readonly room: number
  readonly outcome: Outcome
  readonly arm: WalkArm
  readonly asking: Asking
}

function serveOnce(trip: Trip, o: Serving): number {
  const span = trip.spans[o.at]
  const station = trip.stations[o.arm.to]
  if (!span || !station) return 0
  trip.spans.length = o.at + 1
  return trip.serve(trip, { at: o.at, span, station, outcome: o.outcome, lookup: o.asking.lookup })
}

/** Served so that the answer comes within the timeout: drawn again, at last shrunk, when it would not. */
function within(trip: Trip, o: Serving): void {
  let time = serveOnce(trip, o)
  for (let n = 1; n < TRIES && time > o.room && trip.patience > 0; n += 1) {
    trip.patience -= 1
    time = serveOnce(trip, o)
  }
  const span = trip.spans[o.at]
  if (!span || time <= o.room) return
  scaleSpans(trip.spans, { first: o.at, from: span.start, factor: (o.room * 0.999) / time })
}

/** Served, but after the timeout: drawn again, at last with a longer wait, when it would come in time. */
function after(trip: Trip, o: Serving): void {
  let time = serveOnce(trip, o)
  for (let n = 1; n < TRIES && time <= o.room && trip.patience > 0; n += 1) {
    trip.patience -= 1
    time = serveOnce(trip, o)
  }
  const span = trip.spans[o.at]
  if (!span || time > o.room) return
  const more = o.room - time + exponential(Math.max(0.001, o.room * 0.1), trip.draw)
  span.wait += more
  span.duration += more
  shiftSpans(trip.spans, o.at + 1, more)
}

/** One call and its retries, whose final outcome is known: writes the spans, returns the time it took the caller (s). */
export function callOnce(
  trip: Trip,
  call: WalkCall,
  o: { outcome: Outcome; parent: number; start: number; lookup?: Span['note'] },
): number {
  const { draw, spans } = trip
  const { outcome, parent } = o
  const way = wayOf(call, outcome, draw)
  if (!way) return 0
  const many = attemptsOf(way, { call, outcome, draw })
  let time = 0
  for (let n = 1; n <= many; n += 1) {
    const last = n === many
    const asking: Asking = {
      to: call.to,
      timeout: call.timeout,
      outcome: last ? outcome : retriedOutcome(way, draw),
      parent,
      start: o.start + time,
      attempt: n,
      ...(last && o.lookup !== undefined && { lookup: o.lookup }),
    }
    const waits = way.poolChance > 0 && draw.next() < way.poolChance
    const pool = waits ? exponential(way.poolWait, draw) : 0
    time += pool + attempt(trip, way.arms, pool > 0 ? { ...asking, start: asking.start + pool } : asking)
    if (!last) time += pauseBefore(n, call.backoff, 0) * (1 - call.jitter * draw.next())
  }
  if (many === 0)
    spans.push({
      component: call.to,
      cell: -1,
      node: 0,
      version: -1,
      parent,
      start: o.start,
      duration: 0,
      wait: 0,
      status: codeOf(outcome),
      attempt: 1,
      note: call.breaker ? 'breaker-open' : 'held-back',
    })
  return time
}

/** The way a call went that ended with `outcome`. */
function wayOf(call: WalkCall, outcome: Outcome, draw: Draws): WalkWay | undefined {
  if (call.ways.length === 1) return call.ways[0]
  const weights = call.ways.map((way) =>
    outcome === GOOD ? way.share * (1 - way.failed) : way.share * way.failed * (way.status[outcome] ?? 0),
  )
  return call.ways[Math.max(0, pick(weights, draw))]
}

/** Share of real attempts over some arms that end with `outcome`. */
const endingWith = (arms: readonly WalkArm[], outcome: Outcome): number =>
  arms.reduce((sum, arm) => sum + arm.weight * (arm.answer.status[outcome] ?? 0), 0)

/**
 * How many attempts a call sent that ended with `outcome`: after a good end as many as failures worth retrying come before it, otherwise
 * as many as are left of the mean. None: the caller did not send it at all.
 */
function attemptsOf(way: WalkWay, o: { call: WalkCall; outcome: Outcome; draw: Draws }): number {
  const { call, outcome, draw } = o
  const most = 1 + call.retries
  const weights: number[] = []
  let share = 1
  for (let n = 0; n < most; n += 1) {
    weights.push(share)
    share *= way.again
  }
  if (outcome === GOOD) return 1 + Math.max(0, pick(weights, draw))
  let sum = 0
  let mean = 0
  weights.forEach((weight, n) => {
    sum += weight
    mean += weight * (n + 1)
  })
  const left = (way.attempts - (1 - way.failed) * (mean / sum)) / Math.max(1e-9, way.failed)
  const many = Math.min(most, wholeOf(Math.max(0, left), draw))
  // What no called cell answers is the caller's own answer.
  return many > 0 && way.arms.some((arm) => arm.weight > 0) && endingWith(way.arms, outcome) < 1e-9 ? 0 : many
}

/** How an attempt ended that was followed by another one. */
function retriedOutcome(way: WalkWay, draw: Draws): Outcome {
  const weights = [0, 0, ...[2, 3, 4].map((s) => endingWith(way.arms, s))]
  const found = pick(weights, draw)
  return found < 0 ? UNAVAILABLE : found
}
