import { NEARLY_FULL } from './ask.ts'
import { waitProbability } from './erlang.ts'
import { add } from './instances.ts'
import type { ComponentModel, Model } from './model.ts'
import { spreadOf } from './patience.ts'
import { C, S, V } from './slots.ts'
import { A, CS, type PhysicsState, type Station } from './state.ts'
import type { Workspace } from './workspace.ts'

/** Third pass: writes down how a component's second went, for the next sample, and how its calls went, for its caches. */
export function record(
  ctx: { readonly model: Model; readonly state: PhysicsState; readonly w: Workspace },
  c: ComponentModel,
  station: Station,
): void {
  const { state, w } = ctx
  const { p } = w
  const i = c.index
  const served = w.served[i] ?? 0
  const starts = w.starts[i] ?? 0
  const alive = (1 - (w.dead[i] ?? 0)) * served
  let ok = 1
  for (let s = 0; s < 5; s += 1) {
    const share = w.fail[i * 5 + s] ?? 0
    ok -= share
    add(station, A.status + s, alive * share)
  }
  const held = (w.holdMean[i] ?? 0) + ((w.holdLo[i] ?? 0) + (w.holdHi[i] ?? 0)) / 2
  const slots = w.slots[i] ?? 0
  const service = w.service[i] ?? 0
  add(station, A.seconds, 1)
  add(station, A.ok, alive * Math.max(0, ok))
  add(station, A.abandoned, served - alive)
  add(station, A.served, served)
  add(station, A.queue, Math.max(0, station.inSystem - station.busy))
  add(station, A.busy, station.busy)
  add(station, A.slots, slots)
  add(station, A.cpu, slots > 0 ? Math.min(1, (served * service) / slots) * (p[c.slot + S.cpu] ?? 0) : 0)
  add(station, A.ready, station.ready)
  add(station, A.present, station.ready > 0 ? 1 : 0)
  add(station, A.down, w.alive[i] === 1 ? 0 : 1)
  add(station, A.service, served * service)
  add(station, A.cv, served * (p[c.slot + S.cv] ?? 1))
  add(station, A.hits, starts * (w.hit[i] ?? 0))
  add(station, A.misses, c.keys ? starts * (1 - (w.hit[i] ?? 0)) : 0)
  if (w.alive[i] === 1) {
    const capacity = w.capacity[i] ?? 0
    const use = capacity > 0 ? Math.min(NEARLY_FULL, (w.admitted[i] ?? 0) / capacity) : NEARLY_FULL
    const chance = waitProbability(slots, use)
    add(station, A.waitChance, served * chance)
    add(station, A.wait, (served * chance * held * spreadOf(w, i, held)) / (slots * (1 - use)))
    // Nobody who is served waits for a backlog when the newest come first.
    const waits = capacity > 0 && p[c.slot + S.lifo] !== 1
    const before = waits ? Math.min(1000, (w.backlog[i] ?? 0) / capacity) : 0
    const after = waits ? Math.min(1000, station.backlog / capacity) : 0
    station.waitLow = station.waitLow < 0 ? Math.min(before, after) : Math.min(station.waitLow, before, after)
    station.waitHigh = Math.max(station.waitHigh, before, after)
  }
  if (c.versions.length > 0) recordVersions(ctx, c, 1 - ok)
  for (let n = 0; n < c.calls.length; n += 1) {
    const call = c.calls[n]
    const memory = call && state.calls[call.index]
    if (!call || !memory) continue
    const k = call.index
    const sent = starts * (w.perRequest[k] ?? 0) * (w.attempts[k] ?? 0)
    // What a breaker keeps back is not made.
    const made = starts * (w.perRequest[k] ?? 0) * Math.min(1, w.attempts[k] ?? 0)
    const { sums } = memory
    sums[CS.requests] = (sums[CS.requests] ?? 0) + starts
    sums[CS.calls] = (sums[CS.calls] ?? 0) + made
    sums[CS.attempts] = (sums[CS.attempts] ?? 0) + sent
    sums[CS.late] = (sums[CS.late] ?? 0) + sent * (w.callLate[k] ?? 0)
    sums[CS.failed] = (sums[CS.failed] ?? 0) + made * (w.callFailed[k] ?? 0)
    sums[CS.timeout] = (sums[CS.timeout] ?? 0) + made * (p[call.slot + C.timeout] ?? 1)
    if (!call.onMiss) continue
    // A cache is filled only with answers that came in time.
    const cover = call.missesOf < 0 ? undefined : c.calls.find((x) => x.index === call.missesOf)
    const cache = cover ? cover.to : i
    const asked = cover ? starts * (w.perRequest[cover.index] ?? 0) : starts
    const missed = cover ? (w.misses[cover.index] ?? 0) : (1 - (w.hit[i] ?? 0)) * (w.fetches[i] ?? 1)
    const per = Math.max(1e-9, (p[call.slot + C.per_request] ?? 1) * missed)
    const tried = missed > 0 ? Math.min(1, (w.perRequest[k] ?? 0) / per) : 1
    w.fetchWeight[cache] = (w.fetchWeight[cache] ?? 0) + asked
    w.fetchOk[cache] = (w.fetchOk[cache] ?? 0) + asked * tried * (1 - (w.callFailed[k] ?? 0))
    w.fetchTime[cache] = (w.fetchTime[cache] ?? 0) + asked * (w.callTime[k] ?? 0)
  }
}

/** Divides a component's second among its versions: each has its share of the traffic, its own errors and its part of all others. */
function recordVersions(
  ctx: { readonly state: PhysicsState; readonly w: Workspace },
  c: ComponentModel,
  failed: number,
): void {
  const { state, w } = ctx
  const { p } = w
  const weight = (slot: number) => (p[slot + V.share] ?? 0) * (1 - (p[slot + V.drained] ?? 0))
  const errors = (slot: number) => {
    let own = 0
    for (let s = 0; s < 5; s += 1) own += p[slot + V['errors.404'] + s] ?? 0
    return Math.min(1, own)
  }
  let all = 0
  for (const v of c.versions) all += weight(v.slot)
  let known = 0
  if (all > 0) for (const v of c.versions) known += (weight(v.slot) / all) * errors(v.slot)
  const others = known < 1 ? Math.max(0, failed - known) / (1 - known) : 0
  for (const v of c.versions) {
    const sums = state.versionSums[v.index]
    if (!sums) continue
    const came = all > 0 ? ((w.arrivals[c.index] ?? 0) * weight(v.slot)) / all : 0
    const own = errors(v.slot)
    const bad = w.alive[c.index] === 1 ? own + (1 - own) * others : 1
    sums[0] = (sums[0] ?? 0) + (p[v.slot + V.share] ?? 0)
    sums[1] = (sums[1] ?? 0) + came
    sums[2] = (sums[2] ?? 0) + came * bad
  }
}
