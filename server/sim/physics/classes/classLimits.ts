import { letThrough, spentAfter } from '../queue/bucket.ts'
import { type ClassSpace, L, partOf } from './classes.ts'
import type { SliceHere } from '../model/classModel.ts'

/** Share of `arrivals` at cell `i` that its slices turn away, by class in `space.away`; and in all. Notes what its buckets let through. */
export function turnedAwayBySlices(
  space: ClassSpace,
  i: number,
  now: { readonly p: Float64Array; readonly arrivals: number },
): number {
  const list = space.model.here[i]
  const { many, arriving, away } = space
  const from = i * many
  for (let k = 0; k < many; k += 1) away[from + k] = 0
  if (!list || list.length === 0) return 0
  for (let n = 0; n < list.length; n += 1) {
    const here = list[n]
    if (here) turnAway(space, { from, here }, now)
  }
  let all = 0
  for (let k = 0; k < many; k += 1) all += (arriving[from + k] ?? 0) * (away[from + k] ?? 0)
  return Math.min(1, all)
}

function turnAway(
  space: ClassSpace,
  at: { readonly from: number; readonly here: SliceHere },
  now: { readonly p: Float64Array; readonly arrivals: number },
): void {
  const { p } = now
  const { from, here } = at
  const { slice, bucket } = here
  const part = partOf(slice, p)
  const kept = 1 - part * (p[slice.slot + L.shed] ?? 0)
  const { classes } = space.model
  let offered = 0
  for (let k = 0; k < space.many; k += 1)
    if (classes[k]?.slices.includes(slice.index) === true)
      offered += now.arrivals * (space.arriving[from + k] ?? 0) * (1 - (space.away[from + k] ?? 0)) * kept
  const burst = p[slice.slot + L.burst] ?? 0
  const limit = p[slice.slot + L.limit] ?? 0
  const through = letThrough(offered, {
    limit,
    burst,
    spent: space.spent[bucket] ?? 0,
  })
  space.through[bucket] = through
  const passed = offered > 0 ? (kept * through) / offered : kept
  if (passed >= 1) return
  for (let k = 0; k < space.many; k += 1)
    if (classes[k]?.slices.includes(slice.index) === true)
      space.away[from + k] = 1 - (1 - (space.away[from + k] ?? 0)) * passed
}

/** Tokens paid for what the slices of cell `i` let through. */
export function payTokens(space: ClassSpace, i: number, p: Float64Array): void {
  const list = space.model.here[i]
  if (!list) return
  for (let n = 0; n < list.length; n += 1) {
    const here = list[n]
    if (!here) continue
    const { slice, bucket } = here
    space.spent[bucket] = spentAfter(space.through[bucket] ?? 0, {
      limit: p[slice.slot + L.limit] ?? 0,
      burst: p[slice.slot + L.burst] ?? 0,
      spent: space.spent[bucket] ?? 0,
    })
  }
}
