import { gaussianHashed, hashed, purposeHash } from '../../random.ts'
import { sendOver } from '../calls/arms.ts'
import { noteValues, trafficFactor, weighClasses } from '../classes/classWeights.ts'
import { pollShare, wake } from './herd.ts'
import { exp } from '../math.ts'
import type { ArmModel, Model, SourceModel } from '../model/model.ts'
import { FREE } from './retry.ts'
import { T } from '../model/slots.ts'
import { type PhysicsState, type SourceState, sumOf } from '../state.ts'
import { fail, pendingOf, ring, underWay } from './streams.ts'
import { answered, asking, waitingUsers } from './users.ts'
import type { Workspace } from '../workspace.ts'

const SWING = purposeHash('traffic-swing')
const COUNT = purposeHash('traffic-count')
/** The slow swing of traffic forgets itself in about a minute. */
const KEEP = 0.984
const FRESH = Math.sqrt(1 - KEEP * KEEP)

/**
 * Share of a surplus or lack of requests that the next second makes up for. Counts scatter from second to second, but their sum does not
 * wander: queues have the chance of it in their own law, and would have it twice.
 */
const RETURNS = 0.5

/** Below this mean a normal count would often be cut off at zero, and so be too many on average. */
const FEW = 20

/** Straight lines between the points of a shape, level outside. */
function shapeAt(source: SourceModel, second: number): number {
  const { shape } = source
  let before = shape[0]
  for (const point of shape) {
    if (point.at > second) {
      if (!before || before === point) return point.scale
      return before.scale + ((point.scale - before.scale) * (second - before.at)) / (point.at - before.at)
    }
    before = point
  }
  return before?.scale ?? 1
}

/** A count around `mean` that scatters like a Poisson process: drawn from it when small, normal with its variance when large. */
function counted(mean: number, at: { seed: number; purpose: number; second: number }): number {
  if (mean >= FEW) return Math.max(0, mean + Math.sqrt(mean) * gaussianHashed(at.seed, at.purpose, at.second))
  let rest = hashed(at.seed, at.purpose, at.second)
  let chance = exp(-mean)
  let count = 0
  while (rest >= chance && count < 10 * FEW) {
    rest -= chance
    count += 1
    chance *= mean / count
  }
  return count
}

/** Attempts in this second by attempt number: of each source, or of each class where a source's requests differ. */
export type Attempts = number[][]

/** Where the attempts of a source's `n`th class are in {@link Attempts}: classes come after the sources. */
export const attemptsOf = (model: Model, source: number, n: number): number => {
  const k = model.classes.sources[source]?.classes[n]
  return k === undefined ? source : model.sources.length + k
}

/** How many kinds of requests a source has that may end differently. */
export const kindsOf = (model: Model, source: number): number =>
  Math.max(1, model.classes.sources[source]?.classes.length ?? 0)

/** Seconds of earnings that the buckets of retries hold. */
const SAVED = 10

/** Settles the clients' buckets of retries for the second before: whether they are at least half full (gRPC retry throttling). */
function pays(s: SourceState, o: { earned: number; rate: number }): boolean {
  const most = SAVED * o.rate * o.earned
  s.tokens = o.earned < FREE ? Math.min(most, Math.max(0, s.tokens + s.thanked * o.earned - s.spoilt)) : 0
  s.thanked = s.spoilt = 0
  return o.earned >= FREE || 2 * s.tokens >= most
}

/** The requests a source is expected to begin in this second: at its rate, or those its users ask who are not waiting. */
function expectedOf(
  model: Model,
  source: SourceModel,
  o: { s: SourceState; w: Workspace; swing: number },
): number {
  const { s, w, swing } = o
  const { p, second } = w
  const attributes = model.classes.sources[source.index]
  let scale = shapeAt(source, second)
  if (attributes && attributes.attributes.length > 0) scale *= trafficFactor(attributes, p)
  const users = p[source.slot + T.users] ?? 0
  if (users <= 0) {
    s.waiting.at.length = s.waiting.count.length = 0
    let rate = (p[source.slot + T.rate] ?? 0) * scale * swing
    const every = p[source.slot + T['poll.every']] ?? 0
    if (every > 0) rate *= pollShare(second, { every, jitter: p[source.slot + T['poll.jitter']] ?? 1 })
    return Math.max(0, rate)
  }
  answered(s.waiting, second)
  // Whose last attempt timed out thinks again from now on.
  let waiting = waitingUsers(s.waiting) + underWay(s)
  for (let n = 0; n <= s.streams.length; n += 1) waiting -= pendingOf(s, n)[0]?.[ring(second)] ?? 0
  s.free = Math.max(0, users * scale - waiting)
  const think = (p[source.slot + T.think] ?? 1) / Math.max(0.1, swing)
  return Math.min(s.free, asking({ users: users * scale, waiting, think, out: s.out }))
}

/** Retries that are due, of one class; those beyond the setting or the budget fail for good. */
function due(
  s: SourceState,
  n: number,
  o: { at: number; retries: number; kept: number; by: number[] },
): void {
  const pending = pendingOf(s, n)
  for (let k = 1; k < pending.length; k += 1) {
    const row = pending[k]
    const came = row?.[o.at] ?? 0
    if (row) row[o.at] = 0
    // A retry setting lowered meanwhile ends what is beyond it.
    const goes = k <= o.retries ? came * o.kept : 0
    o.by.push(goes)
    fail(s, came - goes)
  }
  const gaveUp = pending[0]
  if (gaveUp) {
    fail(s, gaveUp[o.at] ?? 0)
    gaveUp[o.at] = 0
  }
}

/**
 * What every source sends in this second: fresh requests with counts that scatter like a Poisson process, and retries that are due.
 * Open load comes at its rate however slow the answers are; users of a closed load ask when they have had their answer and thought.
 * Retries beyond the budget fail for good.
 */
export function demand(model: Model, state: PhysicsState, w: Workspace, attempts: Attempts): void {
  const { p, second } = w
  for (const source of model.sources) {
    const s = state.sources[source.index]
    if (!s) continue
    s.swing = KEEP * s.swing + FRESH * gaussianHashed(state.seed, SWING + source.index, second)
    const noise = p[source.slot + T.noise] ?? 0
    s.scatters = noise > 0
    const expected = expectedOf(model, source, { s, w, swing: Math.max(0, 1 + noise * s.swing) })
    let fresh = expected
    if (noise > 0) {
      const mean = Math.max(0, expected - RETURNS * s.surplus)
      fresh = counted(mean, { seed: state.seed, purpose: COUNT + source.index, second })
      s.surplus += fresh - expected
    }
    if ((p[source.slot + T.users] ?? 0) > 0) fresh = Math.min(fresh, s.free)
    else if (s.herds.length > 0) fresh += wake(s.herds)
    s.begun += fresh
    const retries = Math.round(p[source.slot + T.retries] ?? 0)
    const at = ring(second)
    const kinds = kindsOf(model, source.index)
    let all = 0
    for (let n = 0; n < kinds; n += 1) {
      const pending = pendingOf(s, n)
      for (let k = 1; k < pending.length; k += 1) all += pending[k]?.[at] ?? 0
    }
    const most = Math.max(expected, fresh) * (p[source.slot + T.retry_budget] ?? 0)
    const budget = all > most && all > 0 ? most / all : 1
    const kept = pays(s, { earned: p[source.slot + T.retry_earned] ?? FREE, rate: expected }) ? budget : 0
    const classes = model.classes.sources[source.index]
    if (classes) noteValues(classes, p, s.values)
    if (w.classes && classes) weighClasses(w.classes, classes, p)
    all = 0
    for (let n = 0; n < kinds; n += 1) {
      const by = (attempts[attemptsOf(model, source.index, n)] ??= [])
      by.length = 0
      by.push(fresh * (w.classes && classes ? (w.classes.weight[classes.classes[n] ?? 0] ?? 1) : 1))
      due(s, n, { at, retries, kept, by })
      for (let k = 0; k < by.length; k += 1) all += by[k] ?? 0
    }
    s.sums[0] = (s.sums[0] ?? 0) + all
    s.last = all
    sendOver(w, source.arms, all)
    if (w.classes) sendClasses({ model, w }, source, attempts)
    if ((p[source.slot + T.users] ?? 0) > 0) restrain(w, source.arms, 1 / (p[source.slot + T.think] ?? 1))
  }
}

/** Notes at what is called that a crowd asks which asks the less the more of it waits: by so much a second for each of them. */
export function restrain(w: Workspace, arms: readonly ArmModel[], by: number): void {
  for (let n = 0; n < arms.length; n += 1) {
    const arm = arms[n]
    if (arm) w.restrained[arm.to] = (w.restrained[arm.to] ?? 0) + by * (w.armFlow[arm.index] ?? 0)
  }
}

/** What a source sends arrives in the mix of its classes. */
function sendClasses(
  { model, w }: { readonly model: Model; readonly w: Workspace },
  source: SourceModel,
  attempts: Attempts,
): void {
  const space = w.classes
  const classes = model.classes.sources[source.index]?.classes ?? []
  if (!space) return
  let all = 0
  for (let n = 0; n < classes.length; n += 1)
    all += sumOf(attempts[model.sources.length + (classes[n] ?? 0)] ?? [])
  if (all <= 0) return
  for (let a = 0; a < source.arms.length; a += 1) {
    const arm = source.arms[a]
    if (!arm || space.model.carries[arm.to] !== true) continue
    const sent = w.armFlow[arm.index] ?? 0
    for (let n = 0; n < classes.length; n += 1) {
      const k = classes[n] ?? 0
      const at = arm.to * space.many + k
      space.came[at] = (space.came[at] ?? 0) + (sent * sumOf(attempts[model.sources.length + k] ?? [])) / all
    }
  }
}
