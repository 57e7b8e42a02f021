import { type ComponentSpec, type SystemSpec, written } from '../../scenario/systemSchema.ts'
import type { BackupModel } from '../data/backup.ts'
import type { CallModel, CellModel, SourceModel } from './model.ts'
import { REPLICATION } from '../parameters/replication.ts'

/** What of a call to a database goes over it: all of it, what reads, or what writes. */
export type Part = 'all' | 'reads' | 'writes'

/** A database: who holds its data, who asks for them, and what could be put back. */
export interface DatabaseModel {
  readonly index: number
  readonly component: number
  /** Its cells: first those of one instance that may become primary, then all others. */
  readonly members: readonly number[]
  /** How many may become primary; 0: nothing follows anything. */
  readonly electable: number
  /** Names of the electable ones: the groups they are. */
  readonly names: readonly string[]
  /** Its members are in more than one zone. */
  readonly apart: boolean
  /** Anybody is known to write to it. */
  readonly writes: boolean
  readonly calls: readonly CallModel[]
  readonly sources: readonly SourceModel[]
  readonly backups: readonly BackupModel[]
}

/** At most so many instances are members of their own; those beyond share a cell. */
const MOST_MEMBERS = 9
const replicas = (c: ComponentSpec): number => Math.round(written(c, 'replicas') ?? 1)

/** Whether one instance of a database leads and the others follow: there are several, and the scenario speaks of writes or of replication. */
export function isReplicated(spec: SystemSpec, id: string): boolean {
  const c = spec.components[id]
  if (c?.kind !== 'database' || replicas(c) < 2) return false
  if (Object.keys(REPLICATION).some((name) => name !== 'data.damaged' && written(c, name) !== undefined))
    return true
  return Object.values(spec.components).some((x) => written(x.calls[id] ?? {}, 'writes') !== undefined)
}

/** Groups of one instance are the members the author has named; the rest of the replicas are n1, n2 and so on. */
export function memberGroups(c: ComponentSpec): Record<string, number> {
  const groups: Record<string, number> = { ...c.groups }
  let rest = replicas(c) - Object.values(groups).reduce((a, b) => a + b, 0)
  for (let n = 1; rest > 0 && Object.keys(groups).length < MOST_MEMBERS; n += 1) {
    const name = `n${n}`
    if (name in groups) continue
    groups[name] = 1
    rest -= 1
  }
  return groups
}

/** The spec by which a component is laid out: a replicated database gets a group for each of its members. */
export const laidOut = (spec: SystemSpec, id: string, c: ComponentSpec): ComponentSpec =>
  isReplicated(spec, id) ? { ...c, groups: memberGroups(c) } : c

/** A call to a database that says how much it writes is two: reads and writes are answered and tried again apart. */
export const partsOfCall = (spec: SystemSpec, to: string, call: object): readonly Part[] =>
  spec.components[to]?.kind === 'database' && written(call, 'writes') !== undefined
    ? ['reads', 'writes']
    : ['all']

/** Every database of a system, in the order of its components. */
export function databasesOf(
  spec: SystemSpec,
  laid: {
    readonly cells: readonly CellModel[]
    readonly calls: readonly CallModel[]
    readonly sources: readonly SourceModel[]
  },
): DatabaseModel[] {
  const databases: DatabaseModel[] = []
  Object.entries(spec.components).forEach(([id, c], component) => {
    if (c.kind !== 'database') return
    const cells = laid.cells.filter((cell) => cell.component === component)
    const groups = isReplicated(spec, id) ? memberGroups(c) : {}
    const nodes = cells.filter((cell) => cell.group !== null && groups[cell.group] === 1)
    const others = cells.filter((cell) => !nodes.includes(cell))
    databases.push({
      index: databases.length,
      component,
      members: [...nodes, ...others].map((cell) => cell.index),
      electable: nodes.length,
      names: nodes.map((cell) => cell.group ?? ''),
      apart: new Set(nodes.map((cell) => cell.zone)).size > 1,
      writes: laid.calls.some((call) => call.to === component && call.part !== 'all'),
      calls: laid.calls.filter((call) => call.to === component),
      sources: laid.sources.filter((source) => source.to === component),
      backups: c.backups.map((b) => ({
        name: b.name,
        title: b.title,
        age: b.age,
        works: b.works,
        every: b.every ?? 0,
        size: b.size ?? 0,
      })),
    })
  })
  return databases
}

/** Where a cell stands among databases and the members of its own. */
export function placeOf(
  databases: readonly DatabaseModel[],
  cell: number,
): { database: number; member: number } {
  const database = databases.findIndex((d) => d.members.includes(cell))
  return { database, member: databases[database]?.members.indexOf(cell) ?? -1 }
}
