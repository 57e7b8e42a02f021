import { callOnce } from './attempt.ts'
import type { Draws } from './draws.ts'
import { pick, wholeOf } from './pick.ts'
import { sinking, sinks } from './sinks.ts'
import type { Service, Trip } from './span.ts'
import { exponential, waitOf, workOf } from './times.ts'
import { GOOD, type Outcome, type WalkCall, type WalkStation } from './walk.ts'

/** The request itself failed, none of its calls. */
const OWN = -1
/** Nothing failed. */
const NOTHING = -2

/** Misses for each request, before it is known how the request ended. */
function missesOf(station: WalkStation, cover: number): number {
  if (cover < 0) return (1 - station.hit) * station.fetches
  const call = station.calls[cover]
  return call ? call.per * missShare(call) : 0
}
const missShare = (call: WalkCall): number => call.failed + (1 - call.failed) * (1 - call.hit) * call.fetches

/** What made a request fail with `outcome`: its place among the calls, or the station itself. */
function causeOf(station: WalkStation, outcome: Outcome, draw: Draws): number {
  if (outcome === GOOD) return NOTHING
  let reach = 1
  for (let s = 0; s < 5; s += 1) reach -= station.own[s] ?? 0
  const weights = [station.own[outcome] ?? 0]
  for (const call of station.calls) {
    const per = call.onMiss ? call.per * missesOf(station, call.cover) : call.per
    const share = sinks(call, per)
    let told = 0
    for (let s = 0; s < 5; s += 1) if (call.passed[s] === outcome) told += call.status[s] ?? 0
    weights.push(reach * share * told)
    reach *= 1 - share
  }
  return Math.max(0, pick(weights, draw)) - 1
}

/** Which version took a request that ended so. */
function versionOf(
  station: WalkStation,
  o: { outcome: Outcome; cause: number; draw: Draws },
): WalkStation['versions'][number] | undefined {
  const { versions } = station
  if (versions.length === 0) return undefined
  const weights = versions.map((v) => {
    if (o.cause === OWN) return v.weight * (v.own[o.outcome] ?? 0)
    let good = 1
    for (let s = 0; s < 5; s += 1) good -= v.own[s] ?? 0
    return v.weight * Math.max(0, good)
  })
  const found = pick(weights, o.draw)
  // Errors no version has of its own are shared by all.
  const any =
    found >= 0
      ? found
      : pick(
          versions.map((v) => v.weight),
          o.draw,
        )
  return versions[any]
}

/** The part a request plays at one station: who takes it, how long it waits and works, which calls it makes. Returns its time (s). */
export function serve(trip: Trip, o: Service): number {
  const { draw } = trip
  const { span, station, outcome } = o
  const cause = causeOf(station, outcome, draw)
  const version = versionOf(station, { outcome, cause, draw })
  span.version = version?.index ?? -1
  span.node = station.nodes > 0 ? 1 + Math.floor(draw.next() * station.nodes) : 0
  span.wait = waitOf(station, draw)
  let time = span.wait + workOf(station.service * (version?.scale ?? 1), station.cv, draw)
  if (station.lockShare > 0 && draw.next() < station.lockShare) time += exponential(station.lockTime, draw)
  const misses = station.calls.map(() => 0)
  let own = 0
  if (station.hit >= 0) {
    own = ownMisses(station, { cause, draw })
    span.note = o.lookup ?? (own > 0 ? 'miss' : draw.next() < hitGiven(station) ? 'hit' : 'shared')
  }
  if (cause !== OWN) {
    for (let k = 0; k < station.calls.length; k += 1) {
      const call = station.calls[k]
      if (!call) continue
      const start = () => span.start + time
      if (call.covered) {
        const looked = lookUps(station, k, { cause, draw })
        for (const look of looked) {
          time += callOnce(trip, call, {
            outcome: look === 'failed' ? statusOf(call, draw) : GOOD,
            parent: o.at,
            start: start(),
            ...(look !== 'failed' && { lookup: look }),
          })
          if (look === 'failed' || look === 'miss') misses[k] = (misses[k] ?? 0) + 1
        }
        continue
      }
      const chances = call.onMiss ? (call.cover < 0 ? own : (misses[call.cover] ?? 0)) : 1
      for (const ended of callsOf(call, { chances, outcome: cause === k ? outcome : GOOD, draw })) {
        time += callOnce(trip, call, { outcome: ended, parent: o.at, start: start() })
        if (ended !== GOOD && cause !== k && call.survived > 0) markFallback(trip, o.at)
      }
      if (cause === k) break
    }
  }
  span.duration = time
  return time
}

/** The request went on without an answer: said at the call that gave none. */
function markFallback(trip: Trip, parent: number): void {
  const last = trip.spans.findLast((s) => s.parent === parent)
  if (last && last.note === '') last.note = 'fallback'
}

const hitGiven = (station: WalkStation): number => {
  const rest = station.hit + (1 - station.hit) * (1 - station.fetches)
  return rest > 0 ? station.hit / rest : 1
}

/** Share of requests that survive a miss caused by `cover`. */
function survives(station: WalkStation, cover: number): number {
  let left = 1
  for (const call of station.calls)
    if (call.onMiss && call.cover === cover && !call.covered) left *= 1 - sinks(call, call.per)
  return left
}

/** How likely a miss was, given how the request ended. */
function missGiven(share: number, o: { station: WalkStation; cover: number; cause: number }): number {
  const cause = o.station.calls[o.cause]
  // A call that failed before the misses were asked for says nothing about them.
  if (o.cause !== NOTHING && !cause?.onMiss) return share
  const left = survives(o.station, o.cover)
  return (share * left) / Math.max(1e-12, share * left + 1 - share)
}

/** Whether a cache with misses of its own missed: 1 or 0. */
function ownMisses(station: WalkStation, o: { cause: number; draw: Draws }): number {
  const cause = station.calls[o.cause]
  if (cause?.onMiss && cause.cover === -1) return 1
  const share = (1 - station.hit) * station.fetches
  return o.draw.next() < missGiven(share, { station, cover: -1, cause: o.cause }) ? 1 : 0
}

type Look = 'hit' | 'miss' | 'shared' | 'failed'

/** The look-ups of one request in the cache behind call `k`, and how each ended. */
function lookUps(station: WalkStation, k: number, o: { cause: number; draw: Draws }): Look[] {
  const call = station.calls[k]
  if (!call) return []
  const { draw } = o
  const cause = station.calls[o.cause]
  const forced = cause?.onMiss === true && cause.cover === k
  const many = Math.max(forced ? 1 : 0, wholeOf(call.per, draw))
  const share = missShare(call)
  const missed = missGiven(share, { station, cover: k, cause: o.cause })
  const other = (1 - call.failed) * (1 - call.hit) * (1 - call.fetches)
  return Array.from({ length: many }, (_, n): Look => {
    if ((forced && n === 0) || draw.next() < missed)
      return pick([call.failed, share - call.failed], draw) === 0 ? 'failed' : 'miss'
    return pick([(1 - call.failed) * call.hit, other], draw) === 1 ? 'shared' : 'hit'
  })
}

/** How a failed call ended. */
const statusOf = (call: WalkCall, draw: Draws): Outcome => Math.max(0, pick(call.status, draw))

/** The calls one request makes, each with its outcome; with `outcome` not good, one of them is why the request fails. */
function callsOf(call: WalkCall, o: { chances: number; outcome: Outcome; draw: Draws }): Outcome[] {
  const { chances, outcome, draw } = o
  const lost = sinking(call)
  const survivedFailure = lost < 1 ? (call.failed * call.survived) / (1 - lost) : 0
  let many = 0
  const whole = Math.floor(call.per)
  const part = call.per - whole
  for (let n = 0; n < Math.max(chances, outcome === GOOD ? 0 : 1); n += 1) {
    const chance = outcome === GOOD ? (part * (1 - lost)) / Math.max(1e-12, 1 - part * lost) : part
    many += whole + (draw.next() < chance ? 1 : 0)
  }
  if (outcome !== GOOD) many = Math.max(1, many)
  const sunk = outcome === GOOD ? -1 : Math.floor(draw.next() * many)
  return Array.from({ length: many }, (_, n): Outcome => {
    if (n === sunk) return endedAs(call, outcome, draw)
    return draw.next() < survivedFailure ? statusOf(call, draw) : GOOD
  })
}

/** How a call ended whose caller answered with `outcome` because of it. */
function endedAs(call: WalkCall, outcome: Outcome, draw: Draws): Outcome {
  const weights = call.status.map((share, s) => (call.passed[s] === outcome ? share : 0))
  const found = pick(weights, draw)
  return found < 0 ? outcome : found
}
