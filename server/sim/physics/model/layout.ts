import { type ComponentSpec, written } from '../../scenario/systemSchema.ts'
import type { DividedModel, Slot } from './model.ts'
import { type Parameters, PARAMETERS } from '../parameters.ts'
import { namesOf, S } from './slots.ts'

/** The vector of parameters while it is laid out. */
export interface Layout {
  readonly slots: Slot[]
  readonly base: number[]
  readonly paths: Map<string, number[]>
}
export const layout = (): Layout => ({ slots: [], base: [], paths: new Map() })

/** Whose block of parameters, which names in which order, and where an author's values are. */
export interface Block {
  readonly owner: string
  readonly parameters: Parameters
  readonly names: readonly string[]
  readonly from: object
}

/** Lays one block of parameters without naming its places; returns where it begins. */
function place(to: Layout, block: Block): number {
  const start = to.slots.length
  for (const name of block.names) {
    const param = block.parameters[name]
    if (!param) throw new Error(`no parameter ${name}`)
    to.slots.push({
      path: `${block.owner}.${name}`,
      quantity: param.quantity,
      min: param.min,
      max: param.max,
    })
    to.base.push(written(block.from, name) ?? param.default)
  }
  return start
}

/** Lets paths `<owner>.<name>` speak of the block that begins at `start`, besides any other they speak of; of all but those `skipped`. */
function name(
  to: Layout,
  block: Block,
  start: number,
  skipped: (param: string) => boolean = () => false,
): void {
  block.names.forEach((param, i) => {
    if (block.parameters[param]?.fixed || skipped(param)) return
    const path = `${block.owner}.${param}`
    const known = to.paths.get(path)
    if (known) known.push(start + i)
    else to.paths.set(path, [start + i])
  })
}

/** Lays one block of parameters; returns where it begins. */
export function lay(to: Layout, block: Block, skipped?: (param: string) => boolean): number {
  const start = place(to, block)
  name(to, block, start, skipped)
  return start
}

/** One cell as it is laid out. */
export interface CellDraft {
  readonly slot: number
  readonly zone: string | null
  readonly group: string | null
}

/** How many instances each cell gets: groups their own count as long as there are enough, zones the rest evenly, the first ones what is over. */
export function divideReplicas(
  total: number,
  own: readonly number[],
  zones: number,
): { own: number[]; even: number[] } {
  let rest = Math.max(0, Math.round(total))
  const groups = own.map((count) => {
    const got = Math.min(count, rest)
    rest -= got
    return got
  })
  const each = Math.floor(rest / zones)
  return {
    own: groups,
    even: Array.from({ length: zones }, (_, i) => each + (i < rest - each * zones ? 1 : 0)),
  }
}

/** A component is scaled, rolled out and admitted as a whole. */
const isOfAll = (param: string): boolean => /^(autoscaler|deploy|admission)\./.test(param)

/**
 * Lays out the cells of a component: one for each zone, then one for each group, which takes the zones in turn. Paths of the component
 * speak of all its cells, `<id>.zones.<zone>` of those in a zone, `<id>.groups.<group>` of that group; replicas of the component are divided.
 */
export function layCells(
  to: Layout,
  o: { readonly id: string; readonly index: number; readonly spec: ComponentSpec },
): { cells: CellDraft[]; divided: DividedModel | null } {
  const { id, spec } = o
  const parameters = PARAMETERS[spec.kind]
  const names = namesOf(spec.kind)
  const block: Block = { owner: id, parameters, names, from: spec }
  const zones: readonly (string | null)[] = spec.zones ?? [null]
  const groups = Object.entries(spec.groups ?? {})
  // An autoscaler can be switched on only where the scenario describes one.
  const scaled = 'autoscaler' in spec && spec.autoscaler !== undefined
  const idle = (param: string) => !scaled && param.startsWith('autoscaler.')
  const inZone = (zone: string): Block => ({ ...block, owner: `${id}.zones.${zone}` })
  if (zones.length + groups.length === 1) {
    const slot = lay(to, block, idle)
    const zone = zones[0] ?? null
    if (zone !== null) name(to, inZone(zone), slot, isOfAll)
    return { cells: [{ slot, zone, group: null }], divided: null }
  }
  const whole = lay(to, { ...block, names: ['replicas'] })
  const parts = divideReplicas(
    to.base[whole] ?? 0,
    groups.map(([, n]) => n),
    zones.length,
  )
  const cell = (zone: string | null, group: string | null, replicas: number): CellDraft => {
    const owner =
      group !== null ? `${id}.groups.${group}` : zone !== null ? `${id}.zones.${zone}` : `${id}.others`
    const slot = place(to, { ...block, owner })
    to.base[slot + S.replicas] = replicas
    name(to, block, slot, (param) => param === 'replicas' || idle(param))
    // Replicas of a zone are those that no group has taken.
    if (zone !== null)
      name(
        to,
        inZone(zone),
        slot,
        group === null ? isOfAll : (param) => param === 'replicas' || isOfAll(param),
      )
    if (group !== null) name(to, { ...block, owner: `${id}.groups.${group}` }, slot, isOfAll)
    return { slot, zone, group }
  }
  const even = zones.map((zone, i) => cell(zone, null, parts.even[i] ?? 0))
  const own = groups.map(([group], i) => cell(zones[i % zones.length] ?? null, group, parts.own[i] ?? 0))
  return {
    cells: [...even, ...own],
    divided: {
      slot: whole,
      component: o.index,
      even: even.map((c) => c.slot + S.replicas),
      own: own.map((c, i) => ({ slot: c.slot + S.replicas, count: groups[i]?.[1] ?? 0 })),
    },
  }
}
