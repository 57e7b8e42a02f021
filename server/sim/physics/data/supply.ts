import { arriveInMix } from '../classes/classes.ts'
import { moveRun, startRun, startsAt } from './jobs.ts'
import type { CellModel, Model } from '../model/model.ts'
import { S, X } from '../model/slots.ts'
import { DUST, type PhysicsState, type Station, sumOf } from '../state.ts'
import type { Workspace } from '../workspace.ts'

interface Ctx {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}

/** Pieces of work a cell could take now, if it can be reached. */
function wants(ctx: Ctx, c: CellModel): number {
  const { w, state } = ctx
  if (w.alive[c.index] !== 1) return 0
  const room = (w.capacity[c.index] ?? 0) + (w.slots[c.index] ?? 0) - (state.stations[c.index]?.inSystem ?? 0)
  return Math.max(0, room) * (1 - (w.p[c.slot + S.partition] ?? 0))
}

/** Share of a queue's cells that can be reached and is not cut off. */
function reachable(ctx: Ctx, queue: CellModel): number {
  const { model, w } = ctx
  let most = 0
  for (const i of model.components[queue.component]?.cells ?? [])
    if (w.alive[i] === 1) most = Math.max(most, 1 - (w.p[(model.cells[i]?.slot ?? 0) + S.partition] ?? 0))
  return most
}

/** The part of what there is that a cell takes: cells are visited from the last to the first, and each leaves the others their part. */
function partOf(ctx: Ctx, c: CellModel, o: { open: number; there: number }): number {
  const mine = wants(ctx, c) * o.open
  if (c.alone) return mine
  let all = mine
  for (const i of ctx.model.components[c.component]?.cells ?? []) {
    const other = ctx.model.cells[i]
    if (other && i < c.index) all += wants(ctx, other) * o.open
  }
  return all > 0 ? Math.min(mine, (o.there * mine) / all) : 0
}

const got = { taken: 0, at: 0 }
/** Takes up to `most` of the oldest messages out of a queue; tells how many there were to take, and the mean second in which they came. */
function takeMessages(queue: Station, most: number): typeof got {
  let rest = most
  let taken = 0
  let ages = 0
  while (rest > 1e-12 && queue.messages.length > 0) {
    const here = queue.messages[0] ?? 0
    const take = here - rest < DUST ? here : rest
    taken += take
    ages += take * (queue.messageAt[0] ?? 0)
    rest -= take
    if (take >= here) {
      queue.messages.shift()
      queue.messageAt.shift()
    } else queue.messages[0] = here - take
  }
  got.taken = taken
  got.at = taken > 0 ? ages / taken : 0
  return got
}

/** A worker takes messages as its slots get free, while their queue can be reached; a job takes pieces of its run. */
export function pull(ctx: Ctx, c: CellModel): void {
  const { model, w, state } = ctx
  if (c.supply === 'run') {
    const job = state.jobs[c.component]
    if (!job || job.left <= 0) return
    const taken = Math.min(job.left, partOf(ctx, c, { open: 1, there: job.left }))
    job.left -= taken
    w.arrivals[c.index] = taken
    return
  }
  const source = model.cells[c.consumes]
  const queue = state.stations[c.consumes]
  const open = source ? reachable(ctx, source) : 0
  if (!queue || open <= 0) return
  const { taken, at } = takeMessages(queue, partOf(ctx, c, { open, there: sumOf(queue.messages) }))
  w.arrivals[c.index] = taken
  w.takenAt[c.index] = taken > 0 ? Math.floor(at) : w.second
  if (!w.classes) return
  const mix = state.classes.messages
  arriveInMix(w.classes, c.index, { sent: taken, mix, from: c.consumes * w.classes.many })
}

/** Begins the runs that are due in this second. */
export function startJobs(ctx: Ctx): void {
  const { model, state, w } = ctx
  for (let n = 0; n < model.scheduled.length; n += 1) {
    const c = model.cells[model.scheduled[n] ?? -1]
    const job = c && state.jobs[c.component]
    if (!c || !job) continue
    const items = w.p[c.slot + X.items] ?? 0
    for (; job.asked > 0; job.asked -= 1) startRun(job, items)
    if (w.p[c.slot + X.suspended] === 1) continue
    const every = w.p[c.slot + X.every] ?? 1
    if (startsAt(w.second, { every, offset: w.p[c.slot + X.offset] ?? 0 })) startRun(job, items)
  }
}

/** Counts what jobs finished in this second. What is lost with an instance has failed. */
export function moveJobs(ctx: Ctx): void {
  const { model, state, w } = ctx
  for (let n = 0; n < model.scheduled.length; n += 1) {
    const c = model.cells[model.scheduled[n] ?? -1]
    const job = c && state.jobs[c.component]
    if (!c || !job) continue
    let done = 0
    let failed = 0
    let inWork = 0
    for (const i of model.components[c.component]?.cells ?? []) {
      let bad = 0
      for (let s = 0; s < 5; s += 1) bad += w.fail[i * 5 + s] ?? 0
      const served = w.served[i] ?? 0
      done += served * Math.max(0, 1 - bad)
      failed += served * Math.min(1, bad) + (w.lost[i] ?? 0)
      inWork += state.stations[i]?.inSystem ?? 0
    }
    moveRun(job, { second: w.second, done, failed, inWork })
  }
}
