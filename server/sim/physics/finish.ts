import { moveLimit } from './queue/adaptive.ts'
import { spentAfter } from './queue/bucket.ts'
import { moveCache } from './data/cache.ts'
import { memoryOfClasses, putMessages } from './classes/classes.ts'
import { payTokens } from './classes/classLimits.ts'
import { moveGuards } from './guards.ts'
import { add } from './fleet/instances.ts'
import { moveLimits } from './data/limits.ts'
import type { CellModel, Model } from './model/model.ts'
import { C, S, X } from './model/slots.ts'
import { A, DUST, type PhysicsState, type Station, sumOf } from './state.ts'
import type { Workspace } from './workspace.ts'

interface Ctx {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}

/** Weight of the last second in the mean number of requests in work. */
const CALMED = 0.4

/** What a second leaves behind: messages queued and worked off, objects grown, caches filled, memory used, breakers moved. */
export function finish(ctx: Ctx, c: CellModel, station: Station): void {
  const { w } = ctx
  const { p, second } = w
  const i = c.index
  station.arrivals = w.arrivals[i] ?? 0
  station.starts = w.starts[i] ?? 0
  // Callers answer to the time held a second later: without the mean, they and this cell would swing against each other.
  station.crowd += CALMED * (station.busy - station.crowd)
  const ok = okShare(w, i)
  const shared = ctx.state.stations[c.first] ?? station
  moveLimits(ctx, c, shared)
  const space = w.classes?.model.carries[i] === true ? w.classes : null
  const mix = ctx.state.classes.messages
  if (c.kind === 'queue') {
    const count = (w.served[i] ?? 0) * ok
    if (space)
      putMessages(space, mix, { i, first: c.first, there: sumOf(shared.messages), count, failed: false })
    put(shared, second, count)
  }
  if (c.consumes >= 0) {
    const queue = ctx.state.stations[c.consumes]
    // Messages in work at an instance that was lost were never acknowledged.
    const failed = (w.served[i] ?? 0) * (1 - ok) + (w.lost[i] ?? 0)
    const count = failed * (p[c.slot + X.redeliver] ?? 0)
    if (queue && space)
      putMessages(space, mix, { i, first: c.consumes, there: sumOf(queue.messages), count, failed: true })
    // They are as old as they were.
    if (queue) putBack(queue, w.takenAt[i] ?? second, count)
  }
  if (c.kind === 'object-store') {
    for (const arm of c.calledBy) {
      const bytes = p[arm.slot + C.appends] ?? 0
      if (bytes > 0)
        shared.size += bytes * (w.armFlow[arm.index] ?? 0) * Math.max(0, 1 - (w.callBad[arm.call] ?? 0))
    }
    shared.size = Math.min(shared.size, Math.max(p[c.slot + X.objectMax] ?? 0, c.objectSize))
    if (shared === station) add(station, A.size, station.size)
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
  if (p[c.slot + S.adaptive] === 1 && w.alive[i] === 1) {
    const hold = (w.holdMean[i] ?? 0) + ((w.holdLo[i] ?? 0) + (w.holdHi[i] ?? 0)) / 2
    const wait = (w.waitMean[i] ?? 0) + ((w.waitLo[i] ?? 0) + (w.waitHi[i] ?? 0)) / 2
    moveLimit(station, { slots: w.allSlots[i] ?? 0, hold, time: hold + wait })
  } else if (station.limit > 0) station.limit = station.fastest = 0
  if (space) {
    const busy = station.inSystem > 0 ? Math.min(1, station.busy / station.inSystem) : 1
    w.memoryScale[i] = (w.memoryScale[i] ?? 1) * memoryOfClasses(space, i, busy)
    payTokens(space, i, p)
  }
  pay(ctx, c, station)
  station.memory = memoryOf(ctx, c, station)
  add(station, A.memory, station.memory)
  for (let n = 0; n < c.calls.length; n += 1) {
    const call = c.calls[n]
    const memory = ctx.state.calls[call?.index ?? -1]
    if (!call || !memory) continue
    const k = call.index
    memory.flow = w.flow[k] ?? 0
    // A call not made in this second says nothing about its retries; one held back by its caller is an attempt all the same.
    memory.attempts = Math.max(1, (w.attempts[k] ?? 1) / Math.max(1e-3, 1 - (w.heldBack[k] ?? 0)))
    moveGuards(w, call, memory)
  }
}

/** Tokens its bucket pays for what its rate limit has let through, where it allows bursts. */
function pay({ w }: Ctx, c: CellModel, station: Station): void {
  const { p } = w
  const burst = p[c.slot + S.rate_burst] ?? 0
  const limit = p[c.slot + S.rate_limit] ?? 0
  station.spent = burst > 0 ? spentAfter(w.passed[c.index] ?? 0, { limit, burst, spent: station.spent }) : 0
}

const okShare = (w: Workspace, i: number): number => {
  let ok = 1
  for (let s = 0; s < 5; s += 1) ok -= w.fail[i * 5 + s] ?? 0
  return Math.max(0, ok)
}

/** Messages join a queue; one cohort for each second, old ones joined in pairs when there are many. */
function put(queue: Station, second: number, count: number): void {
  if (count < DUST) return
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

/** Messages go back among those of their age. */
function putBack(queue: Station, second: number, count: number): void {
  if (count < DUST) return
  const { messageAt, messages } = queue
  let n = 0
  while (n < messageAt.length && (messageAt[n] ?? 0) < second) n += 1
  if (n === messageAt.length) put(queue, second, count)
  else if (messageAt[n] === second) messages[n] = (messages[n] ?? 0) + count
  else {
    messageAt.splice(n, 0, second)
    messages.splice(n, 0, count)
  }
}

/** Memory of one instance against its limit. */
function memoryOf({ model, state, w }: Ctx, c: CellModel, station: Station): number {
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
      if (
        !call ||
        model.cells[call.arms[0]?.to ?? -1]?.kind !== 'object-store' ||
        (p[call.slot + C.appends] ?? 0) > 0
      )
        continue
      // A request that reads an object holds it in memory while in work.
      const readers =
        (station.busy / station.ready) *
        Math.min(1, (w.perRequest[call.index] ?? 0) * (1 - (w.callFailed[call.index] ?? 0)))
      used += readers * factor * (state.stations[model.components[call.to]?.cells[0] ?? -1]?.size ?? 0)
    }
  }
  return used / (p[c.slot + S['memory.limit']] ?? 1)
}
