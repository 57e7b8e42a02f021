import type { CallSpec, ComponentSpec } from '../../scenario/systemSchema.ts'
import type { CellDraft } from './layout.ts'
import type { PartModel, VersionModel } from './model.ts'

/** Callees before callers. Components in a circle come last, in their own order (the check refuses circles first). */
export function orderOf(ids: readonly string[], specs: Readonly<Record<string, ComponentSpec>>): number[] {
  const done = new Set<string>()
  const order: number[] = []
  const visit = (id: string, trail: readonly string[]) => {
    if (done.has(id) || trail.includes(id) || !specs[id]) return
    for (const [to, call] of Object.entries(specs[id].calls)) {
      visit(to, [...trail, id])
      if (call.via) visit(call.via, [...trail, id])
    }
    done.add(id)
    order.push(ids.indexOf(id))
  }
  for (const id of ids) visit(id, [])
  return order
}

/** The name a component's metrics begin with. */
export const prefixOf = (id: string): string => id.replaceAll('-', '_')

/** A component on its way into the model: its cells, versions and calls are laid out. */
export interface Draft {
  readonly id: string
  readonly index: number
  readonly spec: ComponentSpec
  readonly cells: readonly (CellDraft & { readonly index: number })[]
  readonly versions: readonly VersionModel[]
  readonly calls: readonly { readonly to: string; readonly spec: CallSpec; readonly slot: number }[]
}

/** A component's calls so that a cache is asked before the store its misses go to, with the cache each is caused by. */
export function orderedCalls(c: ComponentSpec): (readonly [string, CallSpec])[] {
  const entries = Object.entries(c.calls)
  return [...entries.filter(([, x]) => x.on === 'always'), ...entries.filter(([, x]) => x.on === 'miss')]
}

/** Parts of a component that have metrics of their own. */
export function partsOf(draft: Draft): PartModel[] {
  if (draft.cells.length < 2) return []
  const prefix = prefixOf(draft.id)
  const part = (kind: string, name: string, own: (c: CellDraft) => boolean): PartModel => ({
    metrics: `${prefix}.${kind}.${prefixOf(name)}`,
    title: `${draft.spec.title} ${name}`,
    cells: draft.cells.filter(own).map((c) => c.index),
  })
  return [
    ...(draft.spec.zones ?? []).map((zone) => part('zones', zone, (c) => c.zone === zone)),
    ...Object.keys(draft.spec.groups ?? {}).map((group) => part('groups', group, (c) => c.group === group)),
  ]
}
