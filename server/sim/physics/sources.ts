import { gaussianHashed, hashed, purposeHash } from '../random.ts'
import { type Answer, ask } from './ask.ts'
import { pauseBefore } from './hold.ts'
import { exp } from './math.ts'
import type { Model, SourceModel } from './model.ts'
import { T } from './slots.ts'
import { type PhysicsState, RING, type SourceState } from './state.ts'
import type { Workspace } from './workspace.ts'

const SWING = purposeHash('traffic-swing')
const COUNT = purposeHash('traffic-count')
/** The slow swing of traffic forgets itself in about a minute. */
const KEEP = 0.984
const FRESH = Math.sqrt(1 - KEEP * KEEP)

/** Below this mean a normal count would often be cut off at zero, and so be too many on average. */
const FEW = 20

const ring = (second: number): number => ((second % RING) + RING) % RING

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

/** Attempts of each source in this second by attempt number, in one flat scratch list per source. */
export type Attempts = number[][]

/**
 * What every source sends in this second: fresh requests (open load: clients do not wait for each other) with counts that scatter like
 * a Poisson process, and retries that are due. Retries beyond the budget fail for good.
 */
export function demand(model: Model, state: PhysicsState, w: Workspace, attempts: Attempts): void {
  const { p, second } = w
  for (const source of model.sources) {
    const s = state.sources[source.index]
    if (!s) continue
    const by = (attempts[source.index] ??= [])
    const rate = (p[source.slot + T.rate] ?? 0) * shapeAt(source, second)
    s.swing = KEEP * s.swing + FRESH * gaussianHashed(state.seed, SWING + source.index, second)
    const noise = p[source.slot + T.noise] ?? 0
    const expected = Math.max(0, rate * (1 + noise * s.swing))
    const fresh =
      noise > 0 ? counted(expected, { seed: state.seed, purpose: COUNT + source.index, second }) : expected
    s.begun += fresh
    const retries = Math.round(p[source.slot + T.retries] ?? 0)
    const at = ring(second)
    by.length = 0
    by.push(fresh)
    let due = 0
    for (let k = 1; k < s.pending.length; k += 1) due += s.pending[k]?.[at] ?? 0
    const most = expected * (p[source.slot + T.retry_budget] ?? 0)
    const kept = due > most && due > 0 ? most / due : 1
    for (let k = 1; k < s.pending.length; k += 1) {
      const row = s.pending[k]
      const came = row?.[at] ?? 0
      if (row) row[at] = 0
      // A retry setting lowered meanwhile ends what is beyond it.
      const goes = k <= retries ? came * kept : 0
      by.push(goes)
      fail(s, came - goes)
    }
    const gaveUp = s.pending[0]
    if (gaveUp) {
      fail(s, gaveUp[at] ?? 0)
      gaveUp[at] = 0
    }
    let all = 0
    for (let k = 0; k < by.length; k += 1) all += by[k] ?? 0
    s.sums[0] = (s.sums[0] ?? 0) + all
    w.arrivals[source.to] = (w.arrivals[source.to] ?? 0) + all
  }
}

function fail(s: SourceState, count: number): void {
  if (count <= 0) return
  s.bad += count
  s.total += count
  s.sums[1] = (s.sums[1] ?? 0) + count
}

/** Puts `count` requests on their way into row `k`, to come back in `from` to `to` seconds; never within the same second. */
function later(
  s: SourceState,
  second: number,
  count: number,
  o: { k: number; from: number; to: number },
): void {
  if (count <= 0) return
  while (s.pending.length <= o.k) s.pending.push([])
  const row = s.pending[o.k]
  if (!row) return
  if (row.length === 0) for (let i = 0; i < RING; i += 1) row.push(0)
  if (o.k > 0) {
    s.sums[2] = (s.sums[2] ?? 0) + (count * (o.from + o.to)) / 2
    s.sums[3] = (s.sums[3] ?? 0) + count
  }
  for (let n = 0; n < 3; n += 1) {
    const delay = Math.min(RING - 2, Math.max(1, o.from + ((o.to - o.from) * (n + 0.5)) / 3))
    const whole = Math.floor(delay)
    const part = delay - whole
    const a = ring(second + whole)
    const b = ring(second + whole + 1)
    row[a] = (row[a] ?? 0) + (count / 3) * (1 - part)
    row[b] = (row[b] ?? 0) + (count / 3) * part
  }
}

/** How the attempts of this second ended: answered, tried again later, or failed. Row 0 of `pending` are timeouts still to be felt. */
export function settle(
  ctx: { readonly model: Model; readonly state: PhysicsState; readonly w: Workspace },
  attempts: Attempts,
  out: Answer,
): void {
  const { model, state, w } = ctx
  const { p, second } = w
  for (const source of model.sources) {
    const s = state.sources[source.index]
    const by = attempts[source.index]
    if (!s || !by) continue
    const timeout = p[source.slot + T.timeout] ?? 10
    const retries = Math.round(p[source.slot + T.retries] ?? 0)
    const backoff = p[source.slot + T.backoff] ?? 0
    const jitter = p[source.slot + T.jitter] ?? 0
    ask(ctx, source.to, w.arrivals[source.to] ?? 0, timeout, out)
    const late = out.late
    const soon = Math.max(0, (out.status[2] ?? 0) + (out.status[3] ?? 0) + (out.status[4] ?? 0) - late)
    const final = (out.status[0] ?? 0) + (out.status[1] ?? 0)
    s.timeout = timeout
    for (let k = 0; k < by.length; k += 1) {
      const count = by[k] ?? 0
      if (count <= 0) continue
      const bad = count * final
      const lost = count * late
      const failed = count * soon
      const good = Math.max(0, count - bad - lost - failed)
      s.total += good
      while (s.goodByAttempt.length <= k) s.goodByAttempt.push(0)
      s.goodByAttempt[k] = (s.goodByAttempt[k] ?? 0) + good
      fail(s, bad)
      if (k < retries) {
        const pause = pauseBefore(k + 1, backoff, 0)
        later(s, second, lost, { k: k + 1, from: timeout + pause * (1 - jitter), to: timeout + pause })
        later(s, second, failed, {
          k: k + 1,
          from: out.failTime + pause * (1 - jitter),
          to: out.failTime + pause,
        })
      } else {
        fail(s, failed)
        later(s, second, lost, { k: 0, from: timeout, to: timeout })
      }
    }
  }
}
