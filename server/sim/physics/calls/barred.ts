import { type Answer, answer, ask } from './ask.ts'
import type { ComponentModel, LookupModel, Model } from '../model/model.ts'
import type { Gauge } from '../instruments.ts'
import { knownShare, knownWeight, moveNames, type NameState } from './names.ts'
import { S, X } from '../model/slots.ts'
import type { PhysicsState } from '../state.ts'
import type { Workspace } from '../workspace.ts'

interface Ctx {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}
/** Resolver libraries wait this long for a name server (resolv.conf: 5 s). */
const LOOKUP_TIMEOUT = 5
const got: Answer = answer()
const NOBODY: NameState = { until: [], known: [], weights: [] }

/**
 * What keeps attempts from leaving at all in this second, so that the called side never hears of them and the caller fails at once:
 * a certificate that has expired, where callers check it, and names that nobody knows. Comes after the arms have been weighed; where
 * callers go by names, they go where their last answer told them.
 */
export function barArms(ctx: Ctx): void {
  const { model, w } = ctx
  const { p, second } = w
  for (let a = 0; a < model.arms.length; a += 1) {
    const arm = model.arms[a]
    if (!arm) continue
    w.armBarred[a] = second >= (p[arm.certificate] ?? 0) && (p[arm.verify] ?? 1) === 1 ? 1 : 0
  }
  for (let n = 0; n < model.lookups.length; n += 1) {
    const lookup = model.lookups[n]
    if (lookup) goByName(ctx, lookup)
  }
  for (let a = 0; a < model.arms.length; a += 1)
    w.armReach[a] = (1 - (w.armLoss[a] ?? 0)) * (1 - (w.armBarred[a] ?? 0))
}

function goByName(ctx: Ctx, lookup: LookupModel): void {
  const { model, state, w } = ctx
  const names = state.names[lookup.index]
  const cells = model.components[lookup.via]?.cells ?? []
  const first = model.cells[cells[0] ?? -1]
  if (!names || !first) return
  const weights = lookup.arms.map((arm) => w.armWeight[arm.index] ?? 0)
  const asked = moveNames(names, {
    second: w.second,
    resolver: {
      ok: state.resolved[lookup.index] ?? 1,
      ttl: w.p[first.slot + X.ttlOfNames] ?? 60,
      stale: w.p[first.slot + X.serveStale] ?? 0,
    },
    weights,
  })
  const unknown = 1 - knownShare(names)
  for (let n = 0; n < lookup.arms.length; n += 1) {
    const a = lookup.arms[n]?.index ?? -1
    w.armBarred[a] = 1 - (1 - (w.armBarred[a] ?? 0)) * (1 - unknown)
    if (lookup.arms.length > 1) w.armWeight[a] = knownWeight(names, n)
  }
  // Each instance asks once when its answer expires; those that know nothing ask for every request.
  const caller = state.stations[lookup.from]
  const flow = state.calls[lookup.call]?.flow ?? state.sources[lookup.source]?.last ?? 0
  const askers = caller ? Math.max(1, caller.ready) : flow
  const lookups = asked * askers + unknown * flow
  for (const i of cells) {
    const lost = w.p[(model.cells[i]?.slot ?? 0) + S.partition] ?? 0
    w.arrivals[i] = (w.arrivals[i] ?? 0) + (lookups / cells.length) * (1 - lost)
  }
}

/** How name servers answered in this second, for those who ask in the next. */
export function answerNames(ctx: Ctx): void {
  const { model, state, w } = ctx
  for (let n = 0; n < model.lookups.length; n += 1) {
    const lookup = model.lookups[n]
    const cells = model.components[lookup?.via ?? -1]?.cells ?? []
    let ok = 0
    for (const i of cells) {
      ask(ctx, i, w.arrivals[i] ?? 0, LOOKUP_TIMEOUT, got)
      ok += (got.ok * (1 - (w.p[(model.cells[i]?.slot ?? 0) + S.partition] ?? 0))) / cells.length
    }
    // Resolver libraries ask a second server when the first fails.
    state.resolved[n] = cells.length > 0 ? 1 - (1 - ok) * (1 - ok) : 1
  }
}

/** What can be measured of a name server: how many of those who go by its names know them. */
export function nameGauges(c: ComponentModel): readonly Gauge[] {
  if (c.kind !== 'dns') return []
  return [
    {
      prefix: c.metrics,
      title: c.title,
      columns: [['known_ratio', 'callers that know the names they need', 'ratio']],
      values: ({ model, state }) => {
        const own = model.lookups.filter((lookup) => lookup.via === c.index)
        const known = own.reduce((sum, { index }) => sum + knownShare(state.names[index] ?? NOBODY), 0)
        return [own.length > 0 ? known / own.length : null]
      },
    },
  ]
}
