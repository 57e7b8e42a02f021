import { moveCache } from './cache.ts'
import { add } from './instances.ts'
import type { ComponentModel, Model } from './model.ts'
import { C, S, X } from './slots.ts'
import { A, NEVER, type PhysicsState, type Station } from './state.ts'
import type { Workspace } from './workspace.ts'

interface Ctx {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}

/** What a second leaves behind: messages queued and worked off, objects grown, caches filled, memory used, breakers moved. */
export function finish(ctx: Ctx, c: ComponentModel, station: Station): void {
  const { w } = ctx
  const { p, second } = w
  const i = c.index
  station.arrivals = w.arrivals[i] ?? 0
  station.starts = w.starts[i] ?? 0
  const ok = okShare(w, i)
  if (c.kind === 'queue') put(station, second, (w.served[i] ?? 0) * ok)
  if (c.consumes >= 0) {
    const queue = ctx.state.stations[c.consumes]
    // Messages in work at an instance that was lost were never acknowledged.
    const failed = (w.served[i] ?? 0) * (1 - ok) + (w.lost[i] ?? 0)
    if (queue) put(queue, second, failed * (p[c.slot + X.redeliver] ?? 0))
  }
  if (c.kind === 'object-store') {
    for (const call of c.calledBy) {
      const bytes = p[call.slot + C.appends] ?? 0
      if (bytes > 0)
        station.size += bytes * (w.flow[call.index] ?? 0) * Math.max(0, 1 - (w.callBad[call.index] ?? 0))
    }
    station.size = Math.min(station.size, Math.max(p[c.slot + X.objectMax] ?? 0, c.objectSize))
    add(station, A.size, station.size)
  }
  if (c.keys) {
    const weight = w.fetchWeight[i] ?? 0
    if (weight > 0) {
      station.fetchOk = (w.fetchOk[i] ?? 0) / weight
      station.fetchTime = (w.fetchTime[i] ?? 0) / weight
    }
    if (w.alive[i] === 1) {
      const asked = {
        lookups: station.starts,
        ok: station.fetchOk,
        time: station.fetchTime,
        full: station.lruAge > 0,
      }
      add(station, A.evictions, moveCache(station, c.keys, { p, slot: c.slot, second: asked }))
    }
  }
  station.memory = memoryOf(ctx, c, station)
  add(station, A.memory, station.memory)
  for (let n = 0; n < c.calls.length; n += 1) {
    const k = c.calls[n]?.index ?? -1
    const memory = ctx.state.calls[k]
    if (!memory) continue
    memory.flow = w.flow[k] ?? 0
    // A call not made in this second says nothing about its retries.
    memory.attempts = Math.max(1, w.attempts[k] ?? 1)
    moveBreaker(w, c.calls[n]?.slot ?? 0, k, memory)
  }
}

const okShare = (w: Workspace, i: number): number => {
  let ok = 1
  for (let s = 0; s < 5; s += 1) ok -= w.fail[i * 5 + s] ?? 0
  return Math.max(0, ok)
}

/** Messages join a queue; one cohort for each second, old ones joined in pairs when there are many. */
function put(queue: Station, second: number, count: number): void {
  if (count <= 0) return
  const { messageAt, messages } = queue
  const last = messages.length - 1
  if (last >= 0 && messageAt[last] === second) messages[last] = (messages[last] ?? 0) + count
  else {
    messageAt.push(second)
    messages.push(count)
  }
  if (messages.length <= 120) return
  for (let n = 0; n < 40; n += 1) {
    messages[n] = (messages[n] ?? 0) + (messages[n + 1] ?? 0)
    messages.splice(n + 1, 1)
    messageAt.splice(n + 1, 1)
  }
}

/** Memory of one instance against its limit. */
function memoryOf({ model, state, w }: Ctx, c: ComponentModel, station: Station): number {
  const { p } = w
  if (station.ready <= 0) return 0
  let used =
    (p[c.slot + S['memory.base']] ?? 0) +
    (station.inSystem / station.ready) *
      (p[c.slot + S['memory.per_request']] ?? 0) *
      (w.memoryScale[c.index] ?? 1)
  const factor = p[c.slot + S['memory.per_object']] ?? 0
  if (factor > 0) {
    for (let n = 0; n < c.calls.length; n += 1) {
      const call = c.calls[n]
      if (!call || model.components[call.to]?.kind !== 'object-store' || (p[call.slot + C.appends] ?? 0) > 0)
        continue
      // A request that reads an object holds it in memory while in work.
      const readers =
        (station.busy / station.ready) *
        Math.min(1, (w.perRequest[call.index] ?? 0) * (1 - (w.callFailed[call.index] ?? 0)))
      used += readers * factor * (state.stations[call.to]?.size ?? 0)
    }
  }
  return used / (p[c.slot + S['memory.limit']] ?? 1)
}

/** Counts over a sliding window (by exponential forgetting) and opens, tries or closes the breaker of a call. */
function moveBreaker(w: Workspace, slot: number, k: number, memory: PhysicsState['calls'][number]): void {
  const { p, second } = w
  if ((p[slot + C['breaker.enabled']] ?? 0) !== 1) {
    memory.openUntil = NEVER
    memory.seen = memory.failed = 0
    return
  }
  if (memory.openUntil > second) return
  const threshold = p[slot + C['breaker.threshold']] ?? 0.5
  const bad = w.callBad[k] ?? 0
  const flow = memory.flow
  if (memory.openUntil > NEVER) {
    if (flow <= 0) return
    memory.openUntil = bad >= threshold ? second + (p[slot + C['breaker.open']] ?? 5) : NEVER
    memory.seen = memory.failed = 0
    return
  }
  const keep = 1 - 1 / Math.max(1, p[slot + C['breaker.window']] ?? 10)
  memory.seen = memory.seen * keep + flow
  memory.failed = memory.failed * keep + flow * bad
  if (memory.seen >= (p[slot + C['breaker.requests']] ?? 20) && memory.failed / memory.seen >= threshold) {
    memory.openUntil = second + (p[slot + C['breaker.open']] ?? 5)
  }
}
