import { answer, refused, turnedAway } from './ask.ts'
import { waitProbability } from './erlang.ts'
import { finish } from './finish.ts'
import { hold } from './hold.ts'
import { add, moveInstances } from './instances.ts'
import type { ComponentModel, Model } from './model.ts'
import { type PhysicsEffect, resolve } from './paths.ts'
import { backlogOf, prepare } from './prepare.ts'
import { type Balance, balance, dropExpired, join, leave, left, waitingOf } from './queueing.ts'
import { record } from './record.ts'
import { deadShare, patienceOf, spreadOf } from './patience.ts'
import { S } from './slots.ts'
import { type Attempts, demand, settle } from './sources.ts'
import { A, type PhysicsState, type Station } from './state.ts'
import { type Workspace, workspaceOf } from './workspace.ts'

interface Ctx {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}
const attempts: Attempts = []
const out = answer()
const ended: Balance = { waiting: 0, busy: 0, finished: 0 }
const gone = left()

/**
 * Moves the system on by the exercise second that begins at `second`, under the effects active in it. Changes `state` and nothing else;
 * equal state, second and effects give equal results. Three passes: what everything can do now (callees first), what flows (callers
 * first), how it ended (callees first).
 */
export function tick(
  model: Model,
  state: PhysicsState,
  now: { readonly second: number; readonly effects: readonly PhysicsEffect[] },
): void {
  const w = workspaceOf(model)
  const ctx: Ctx = { model, state, w }
  w.p = resolve(model, now.effects, state.shares)
  w.second = now.second
  state.second = now.second
  moveInstances(model, state, w)
  if (state.rollouts.length > 0) w.p = resolve(model, now.effects, state.shares)
  w.settled = false
  w.arrivals.fill(0)
  w.flow.fill(0)
  for (const i of model.order) {
    const c = model.components[i]
    if (c) prepare(ctx, c)
  }
  demand(model, state, w, attempts)
  for (let n = model.order.length - 1; n >= 0; n -= 1) {
    const c = model.components[model.order[n] ?? -1]
    const station = state.stations[c?.index ?? -1]
    if (!c || !station) continue
    if (c.consumes >= 0) pull(ctx, c, station)
    flow(ctx, c, station)
  }
  w.settled = true
  w.fetchWeight.fill(0)
  w.fetchOk.fill(0)
  w.fetchTime.fill(0)
  for (const i of model.order) {
    const c = model.components[i]
    const station = state.stations[i]
    if (!c || !station) continue
    hold(ctx, c, w.starts[i] ?? 0)
    record(ctx, c, station)
  }
  settle(ctx, attempts, out)
  for (const c of model.components) {
    const station = state.stations[c.index]
    if (station) finish(ctx, c, station)
  }
}

/** A worker takes messages as its slots get free, while their queue can be reached. */
function pull(ctx: Ctx, c: ComponentModel, station: Station): void {
  const { w, state } = ctx
  const queue = state.stations[c.consumes]
  if (!queue || w.alive[c.index] !== 1 || w.alive[c.consumes] !== 1) return
  let rest = Math.max(0, (w.capacity[c.index] ?? 0) + (w.slots[c.index] ?? 0) - station.inSystem)
  let taken = 0
  while (rest > 1e-12 && queue.messages.length > 0) {
    const here = queue.messages[0] ?? 0
    const take = Math.min(rest, here)
    taken += take
    rest -= take
    if (take >= here) {
      queue.messages.shift()
      queue.messageAt.shift()
    } else queue.messages[0] = here - take
  }
  w.arrivals[c.index] = taken
}

/** Every instance that is up is drained: what is in work is ended, what waits finds nobody. */
function endDrained(station: Station, w: Workspace, i: number): void {
  const waiting = waitingOf(station)
  add(station, A.lost, waiting)
  w.lost[i] = (w.lost[i] ?? 0) + waiting
  w.served[i] = Math.max(0, station.inSystem - waiting)
  w.dead[i] = 0
  station.inSystem = 0
  station.since.length = station.until.length = station.waiting.length = 0
}

/** Second pass: lets requests in, works on the queue, sends calls on. */
function flow(ctx: Ctx, c: ComponentModel, station: Station): void {
  const { w } = ctx
  const { p, second } = w
  const i = c.index
  const offered = w.arrivals[i] ?? 0
  add(station, A.offered, offered)
  w.served[i] = w.starts[i] = w.admitted[i] = 0
  gone.length = 0
  if (w.alive[i] !== 1) {
    add(station, A.status + 3, offered)
    if (station.inSystem > 0) endDrained(station, w, i)
    station.backlog = station.busy = 0
    return
  }
  const away = offered * turnedAway(c, p, offered)
  const wanted = offered - away
  const room = { capacity: w.capacity[i] ?? 0, places: w.places[i] ?? 0 }
  const full = wanted * refused((w.backlog[i] ?? 0) + wanted, wanted, room)
  const taken = wanted - full
  add(station, A.status + 1, away)
  add(station, A.shed, away)
  add(station, A.status + 3, full)
  if (p[c.slot + S.drop_expired] === 1 && station.waiting.length > 0) {
    const dropped = dropExpired(
      station,
      second - 1,
      Math.max(0.05, patienceOf(ctx, c, attempts) - 3 * (w.service[i] ?? 0)),
    )
    station.inSystem = Math.max(0, station.inSystem - dropped)
    station.backlog = Math.max(0, station.backlog - dropped)
    add(station, A.abandoned, dropped)
  }
  const waited = waitingOf(station)
  const total = station.inSystem + taken
  const slots = w.slots[i] ?? 1
  const pool = waited + taken
  let starts = pool
  let low = 0
  let high = pool
  let held = hold(ctx, c, starts)
  for (let n = 0; n < 10; n += 1) {
    balance({ slots, hold: held, spread: spreadOf(w, i, held), total }, ended)
    const next = Math.max(0, pool - ended.waiting)
    if (Math.abs(next - starts) <= 1e-4 * (starts + 1e-9) || (c.calls.length === 0 && n > 0)) {
      starts = next
      break
    }
    if (next < starts) high = starts
    else low = starts
    starts = n % 2 === 0 && next >= low && next <= high ? next : (low + high) / 2
    held = hold(ctx, c, starts)
  }
  balance({ slots, hold: held, spread: spreadOf(w, i, held), total }, ended)
  if (ended.waiting > pool) {
    // Fewer slots than are in work: what has been started stays in work, and nothing new begins.
    ended.busy += ended.waiting - pool
    ended.waiting = pool
  }
  starts = pool - ended.waiting
  join(station, taken, second)
  leave(station, { count: starts, second, lifo: p[c.slot + S.lifo] === 1 }, gone)
  w.dead[i] = deadShare(ctx, c, { attempts, held, gone })
  station.inSystem = ended.waiting + ended.busy
  station.busy = ended.busy
  const capacity = slots / held
  station.backlog = backlogOf({
    waiting: ended.waiting,
    arrivals: taken,
    capacity,
    spread: spreadOf(w, i, held),
    chance: (use) => waitProbability(slots, use),
  })
  w.admitted[i] = taken
  w.starts[i] = starts
  w.served[i] = ended.finished
  w.capacity[i] = capacity
  for (let n = 0; n < c.calls.length; n += 1) {
    const call = c.calls[n]
    if (!call) continue
    const sent = starts * (w.perRequest[call.index] ?? 0) * (w.attempts[call.index] ?? 0)
    w.flow[call.index] = sent
    w.arrivals[call.to] = (w.arrivals[call.to] ?? 0) + sent
  }
}
