import type { ComponentKind } from '../../../../shared/contracts/system.ts'
import type { Gauge } from '../instruments.ts'
import type { CellModel, ComponentModel, Model } from '../model/model.ts'
import { UNLIMITED } from '../parameters.ts'
import { S } from '../model/slots.ts'
import type { PhysicsState, Station } from '../state.ts'
import type { Workspace } from '../workspace.ts'

interface Ctx {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}

/** Seconds of a day, for certificates. */
const DAY = 86_400

/** Days until a certificate that expires at exercise second `expires` is refused; negative afterwards. */
export const certificateDays = (expires: number, second: number): number => (expires - second) / DAY

/** A used-up quota is an answer (429) where somebody hands it out; where numbers run out inside a store, writing fails (500). */
export const quotaStatus = (kind: ComponentKind): 429 | 500 =>
  kind === 'database' || kind === 'queue' || kind === 'object-store' ? 500 : 429

/** Share of `arrivals` that find nothing left: each uses `each` of what is left of `limit` after `used`. */
export function beyondQuota(o: { used: number; limit: number; each: number; arrivals: number }): number {
  const wanted = o.arrivals * o.each
  if (wanted <= 0) return 0
  const left = Math.max(0, o.limit - o.used)
  return wanted <= left ? 0 : 1 - left / wanted
}

/** Adds what finds its quota used up to the failures of a cell, by the arrivals of the second before. */
export function refuseBeyondQuota(ctx: Ctx, c: CellModel): void {
  const { model, state, w } = ctx
  const limit = w.p[c.slot + S['quota.limit']] ?? UNLIMITED
  if (limit >= UNLIMITED) return
  const used = state.stations[c.first]?.used ?? 0
  let coming = 0
  for (const i of model.components[c.component]?.cells ?? []) coming += state.stations[i]?.arrivals ?? 0
  const each = w.p[c.slot + S['quota.per_request']] ?? 1
  // With nobody there the next one is refused all the same.
  const share =
    coming > 0 ? beyondQuota({ used, limit, each, arrivals: coming }) : used + each > limit ? 1 : 0
  if (share <= 0) return
  const first = c.index * 5
  let kept = 1
  for (let s = 0; s < 5; s += 1) kept -= w.ownFail[first + s] ?? 0
  const at = first + (quotaStatus(c.kind) === 429 ? 1 : 2)
  w.ownFail[at] = (w.ownFail[at] ?? 0) + Math.max(0, kept) * share
}

/** Counts what a second used of a quota (what was served, not what was refused for want of it), and notes limits for the instruments. */
export function moveLimits(ctx: Ctx, c: CellModel, shared: Station): void {
  const { p, served, ownFail } = ctx.w
  shared.expires = p[c.slot + S['certificate.expires']] ?? 0
  const limit = p[c.slot + S['quota.limit']] ?? UNLIMITED
  shared.quota = limit
  const each = p[c.slot + S['quota.per_request']] ?? 1
  let ok = 1
  for (let s = 0; s < 5; s += 1) ok -= ownFail[c.index * 5 + s] ?? 0
  shared.used = Math.min(1e18, shared.used + (served[c.index] ?? 0) * Math.max(0, ok) * each)
}

/** What can be measured of what runs out: days of a certificate, what is left of a quota. */
export function limitGauges(c: ComponentModel): readonly Gauge[] {
  const own = { prefix: c.metrics, title: c.title }
  const days: Gauge = {
    ...own,
    columns: [['certificate_days', 'days until the certificate expires', 'days']],
    values: ({ first, state }) => [certificateDays(first.expires, state.second)],
  }
  const left: Gauge = {
    ...own,
    columns: [['quota_left', 'left of the quota', 'count']],
    values: ({ first }) => [Math.max(0, first.quota - first.used)],
  }
  return [...(c.certified ? [days] : []), ...(c.limited ? [left] : [])]
}
