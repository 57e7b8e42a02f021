import { recordData } from './data/dataFailures.ts'
import { partOf } from './calls/callParts.ts'
import { mixedCv } from './classes/classes.ts'
import { add } from './fleet/instances.ts'
import type { ArmModel, CellModel, Model } from './model/model.ts'
import { C, S, V, X } from './model/slots.ts'
import { A, AS, CS, type PhysicsState, type Station } from './state.ts'
import { versionCv } from './times/versionCv.ts'
import type { Workspace } from './workspace.ts'

/** Third pass: writes down how a cell's second went, for the next sample, and how its calls went, for its caches. */
export function record(
  ctx: { readonly model: Model; readonly state: PhysicsState; readonly w: Workspace },
  c: CellModel,
  station: Station,
): void {
  const { model, state, w } = ctx
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
  if (c.database >= 0 || (p[c.slot + S['disk.size']] ?? 0) > 0)
    ok = recordData(ctx, c, { station, ok, alive })
  const slots = w.slots[i] ?? 0
  const service = w.service[i] ?? 0
  add(station, A.seconds, 1)
  add(station, A.ok, alive * Math.max(0, ok))
  add(station, A.abandoned, served - alive)
  add(station, A.served, served)
  add(station, A.queue, Math.max(0, station.inSystem - station.busy))
  add(station, A.busy, station.busy)
  // What is down has instances, but none of them is ready for anything.
  const down = w.alive[i] !== 1
  add(station, A.slots, down ? 0 : slots)
  w.cpu[i] = slots > 0 ? Math.min(1, (served * service) / slots) * (p[c.slot + S.cpu] ?? 0) : 0
  add(station, A.cpu, w.cpu[i] ?? 0)
  add(station, A.ready, down ? 0 : station.ready)
  add(station, A.present, station.ready > 0 ? 1 : 0)
  add(station, A.down, down ? 1 : 0)
  // A write waits until a majority has it.
  const waits = c.database < 0 ? 0 : (w.writeWait[i] ?? 0) * station.writeShare
  add(station, A.service, served * (service + waits))
  add(station, A.cv, served * mixedCv(w.classes, i, versionCv(c.versions, p, p[c.slot + S.cv] ?? 1)))
  if (c.kind === 'database' && (w.lock[i] ?? 0) > 0) {
    const needs = served * (p[c.slot + X.lockShare] ?? 0)
    add(station, A.lockShare, needs)
    add(station, A.lock, needs * (w.lock[i] ?? 0))
  }
  add(station, A.hits, starts * (w.hit[i] ?? 0))
  add(station, A.misses, c.keys ? starts * (1 - (w.hit[i] ?? 0)) : 0)
  if (w.alive[i] === 1) {
    const capacity = w.capacity[i] ?? 0
    add(station, A.waitChance, served * (w.waitChance[i] ?? 0))
    add(station, A.wait, served * (w.waitMean[i] ?? 0))
    // Nobody who is served waits for a backlog when the newest come first.
    const queues = capacity > 0 && p[c.slot + S.lifo] !== 1
    const before = queues ? Math.min(1000, w.waitLo[i] ?? 0) : 0
    const after = queues ? Math.min(1000, w.waitHi[i] ?? 0) : 0
    station.waitLow = station.waitLow < 0 ? Math.min(before, after) : Math.min(station.waitLow, before, after)
    station.waitHigh = Math.max(station.waitHigh, before, after)
  }
  if (c.versions.length > 0) {
    // As the component counts: what nobody waited for and what found no place has failed, too.
    const refused = Math.max(0, (w.passed[i] ?? 0) - (w.admitted[i] ?? 0))
    const good = alive * Math.max(0, ok)
    recordVersions(ctx, c, served + refused > 0 ? 1 - good / (served + refused) : 1 - ok)
  }
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
    sums[CS.healthy] = (sums[CS.healthy] ?? 0) + (w.healthy[k] ?? 1)
    if ((w.poolUsed[k] ?? 0) > 0) {
      sums[CS.pool] = (sums[CS.pool] ?? 0) + (w.poolUsed[k] ?? 0)
      sums[CS.dry] = (sums[CS.dry] ?? 0) + made * (1 - (w.connected[k] ?? 1))
      sums[CS.wait] = (sums[CS.wait] ?? 0) + made * (w.poolWait[k] ?? 0)
      sums[CS.chance] = (sums[CS.chance] ?? 0) + made * (w.poolChance[k] ?? 0)
    }
    noteArms(ctx, call.arms, sent * (w.connected[k] ?? 1))
    if (!call.onMiss) continue
    // A cache is filled only with answers that came in time.
    const cover = call.missesOf < 0 ? undefined : model.calls[call.missesOf]
    const asked = (cover ? starts * (w.perRequest[cover.index] ?? 0) : starts) * partOf(w, call)
    const missed = cover ? (w.misses[cover.index] ?? 0) : (1 - (w.hit[i] ?? 0)) * (w.fetches[i] ?? 1)
    const part = partOf(w, call)
    const per = Math.max(1e-9, (p[call.slot + C.per_request] ?? 1) * missed * part)
    const tried = missed > 0 ? Math.min(1, (w.perRequest[k] ?? 0) / per) : 1
    const ok = tried * (1 - (w.callFailed[k] ?? 0))
    const time = w.callTime[k] ?? 0
    if (!cover) noteFetch(w, i, { asked, ok, time })
    else
      for (const arm of cover.arms)
        noteFetch(w, arm.to, { asked: asked * (w.armWeight[arm.index] ?? 0), ok, time })
  }
}

/** Look-ups of a cache, with the share answered in time and the time taken where they were misses. */
function noteFetch(w: Workspace, cache: number, o: { asked: number; ok: number; time: number }): void {
  w.fetchWeight[cache] = (w.fetchWeight[cache] ?? 0) + o.asked
  w.fetchOk[cache] = (w.fetchOk[cache] ?? 0) + o.asked * o.ok
  w.fetchTime[cache] = (w.fetchTime[cache] ?? 0) + o.asked * o.time
}

/** Share of the attempts over an arm that fail at once: they cannot leave, or are not let in. */
function quickShare(w: Workspace, a: number, to: number): number {
  const came = w.arrivals[to] ?? 0
  const out = came > 0 ? Math.max(0, 1 - (w.admitted[to] ?? 0) / came) : 0
  return (w.armBarred[a] ?? 0) + (w.armReach[a] ?? 0) * out
}

/** Writes down how `sent` attempts of a call or a source went, by arm. */
export function noteArms(
  { state, w }: { readonly state: PhysicsState; readonly w: Workspace },
  arms: readonly ArmModel[],
  sent: number,
): void {
  const { flow, sums } = state.arms
  for (let n = 0; n < arms.length; n += 1) {
    const a = arms[n]?.index ?? -1
    if (a < 0) continue
    flow[a] = w.armFlow[a] ?? 0
    const here = sent * (w.armWeight[a] ?? 0)
    if (here <= 0) continue
    const at = a * AS.size
    sums[at] = (sums[at] ?? 0) + here
    sums[at + AS.lost] = (sums[at + AS.lost] ?? 0) + here * (w.armLoss[a] ?? 0)
    sums[at + AS.barred] = (sums[at + AS.barred] ?? 0) + here * (w.armBarred[a] ?? 0)
    sums[at + AS.quick] = (sums[at + AS.quick] ?? 0) + here * quickShare(w, a, arms[n]?.to ?? -1)
    sums[at + AS.bad] = (sums[at + AS.bad] ?? 0) + here * (w.armBad[a] ?? 0)
    sums[at + AS.late] = (sums[at + AS.late] ?? 0) + here * (w.armLate[a] ?? 0)
    sums[at + AS.delay] = (sums[at + AS.delay] ?? 0) + here * (w.armDelay[a] ?? 0)
    sums[at + AS.time] = (sums[at + AS.time] ?? 0) + here * (w.armTime[a] ?? 0)
    sums[at + AS.square] = (sums[at + AS.square] ?? 0) + here * (w.armSquare[a] ?? 0)
  }
}

/** Divides a cell's second among its versions: each has its share of the traffic, its own errors and its part of all others. */
function recordVersions(
  ctx: { readonly state: PhysicsState; readonly w: Workspace },
  c: CellModel,
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
    if (c.index === c.first) sums[0] = (sums[0] ?? 0) + (p[v.slot + V.share] ?? 0)
    sums[1] = (sums[1] ?? 0) + came
    sums[2] = (sums[2] ?? 0) + came * bad
  }
}
