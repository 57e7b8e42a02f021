import { askArms } from '../calls/arms.ts'
import type { Answer } from '../calls/ask.ts'
import { B } from '../classes/classAnswers.ts'
import type { Model, SourceModel } from '../model/model.ts'
import { noteArms } from '../record.ts'
import { pauseBefore } from './retry.ts'
import { T } from '../model/slots.ts'
import { type Attempts, attemptsOf, kindsOf } from './sources.ts'
import { type PhysicsState, type SourceState, sumOf } from '../state.ts'
import { fail, later, pendingOf } from './streams.ts'
import { waitFor } from './users.ts'
import type { Workspace } from '../workspace.ts'

interface Ctx {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}
/** How one attempt ends, in shares: refused for good, timed out, failed otherwise and worth another try. */
interface Ending {
  final: number
  late: number
  soon: number
}
const ending: Ending = { final: 0, late: 0, soon: 0 }

/** What attempts of one class meet, or of all where they meet the same. */
function endingOf(out: Answer, k: number | undefined): Ending {
  const own = k !== undefined && out.classes.many > 0
  const { of } = out.classes
  const at = own ? k * B.size : 0
  const status = (s: number) => (own ? (of[at + s] ?? 0) : (out.status[s] ?? 0))
  ending.late = own ? (of[at + B.late] ?? 0) : out.late
  ending.soon = Math.max(0, status(2) + status(3) + status(4) - ending.late)
  ending.final = status(0) + status(1)
  return ending
}

/** How the attempts of this second ended: answered, tried again later, or failed. Row 0 of `pending` are timeouts still to be felt. */
export function settle(ctx: Ctx, attempts: Attempts, out: Answer): void {
  const { model, state, w } = ctx
  for (const source of model.sources) {
    const s = state.sources[source.index]
    if (!s) continue
    const timeout = w.p[source.slot + T.timeout] ?? 10
    askArms(ctx, source.arms, { sent: 0, timeout }, out)
    s.timeout = timeout
    let all = 0
    let still = 0
    const kinds = kindsOf(model, source.index)
    for (let n = 0; n < kinds; n += 1) {
      const by = attempts[attemptsOf(model, source.index, n)] ?? []
      const k = model.classes.sources[source.index]?.classes[n]
      all += sumOf(by)
      still += settleOne(ctx, source, { s, n, k, by, out })
    }
    noteArms(ctx, source.arms, all)
    // Of those who asked in this second, as many wait on into the next.
    s.out = all > 1e-9 ? Math.min(1, still / all) : s.out
  }
}

/** Settles the attempts of one class; returns how many requests go on beyond this second. */
function settleOne(
  { state, w }: Ctx,
  source: SourceModel,
  o: { s: SourceState; n: number; k: number | undefined; by: readonly number[]; out: Answer },
): number {
  const { p, second } = w
  const { s, by, out } = o
  const { final, late, soon } = endingOf(out, o.k)
  const timeout = p[source.slot + T.timeout] ?? 10
  const retries = Math.round(p[source.slot + T.retries] ?? 0)
  const backoff = p[source.slot + T.backoff] ?? 0
  const jitter = p[source.slot + T.jitter] ?? 0
  const closed = (p[source.slot + T.users] ?? 0) > 0
  const pending = pendingOf(s, o.n)
  const sums = o.k === undefined ? undefined : state.classes.sums[o.k]
  let still = 0
  for (let k = 0; k < by.length; k += 1) {
    const count = by[k] ?? 0
    if (count <= 0) continue
    const bad = count * final
    const lost = count * late
    const failed = count * soon
    const good = Math.max(0, count - bad - lost - failed)
    s.total += good
    s.thanked += good
    s.spoilt += lost + failed
    while (s.goodByAttempt.length <= k) s.goodByAttempt.push(0)
    s.goodByAttempt[k] = (s.goodByAttempt[k] ?? 0) + good
    fail(s, bad)
    const again = k < retries
    if (again) {
      const pause = pauseBefore(k + 1, backoff, 0)
      const [least, most] = [pause * (1 - jitter), pause]
      later(s, pending, { second, count: lost, k: k + 1, from: timeout + least, to: timeout + most })
      later(s, pending, {
        second,
        count: failed,
        k: k + 1,
        from: out.failTime + least,
        to: out.failTime + most,
      })
    } else {
      fail(s, failed)
      later(s, pending, { second, count: lost, k: 0, from: timeout, to: timeout })
    }
    if (sums) {
      sums[0] = (sums[0] ?? 0) + count
      sums[1] = (sums[1] ?? 0) + good
      sums[2] = (sums[2] ?? 0) + bad + (again ? 0 : failed + lost)
    }
    if (!closed) continue
    still += lost + (again ? failed : 0)
    still += waitFor(s.waiting, second, { many: good, delay: out.okTime })
    still += waitFor(s.waiting, second, { many: bad + (again ? 0 : failed), delay: out.failTime })
  }
  return still
}
