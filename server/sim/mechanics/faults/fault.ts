import type { Amount, Influence, TARGET_KINDS } from '../../../../shared/contracts/faults.ts'
import type { ComponentModel, OperationName } from '../../physics/index.ts'
import type { ServerKind } from '../../physics/parameters.ts'

export type TargetKind = (typeof TARGET_KINDS)[number]
/** The value that the scenario gives a parameter of the target, in base units. */
export type Base = (parameter: string) => number

/** One influence of a fault on one parameter of what it happens to. */
export interface FaultChange {
  readonly parameter: string
  readonly op: Influence['op']
  /** From the amount chosen. Factors and additions compose with whatever else holds; a `set` is for what has no measure. */
  readonly value: (amount: number, base: Base) => number
}

/** Something that happens to systems in production, and what it does to the parameters of ours. */
export interface Fault {
  readonly title: string
  /** For people who never saw one: what happens and what follows. */
  readonly describe: string
  /** What is done, once it is done: `{target}` and `{amount}` are filled in. */
  readonly says: string
  readonly on: readonly TargetKind[]
  /** Kinds of components it is for; left out, all. */
  readonly kinds?: readonly ServerKind[]
  readonly amount: Amount | null
  readonly changes: readonly FaultChange[]
  /** Changes of state, done once as it starts. A fault of these alone is over at once. */
  readonly operations?: readonly {
    readonly operation: OperationName
    readonly args: (amount: number, base: Base) => Readonly<Record<string, string | number | boolean>>
  }[]
  /** Whether it would change anything here: a disk can fill only where there is one. */
  readonly fits?: (base: Base, component: ComponentModel | undefined) => boolean
}

/** An amount from nothing to everything; `least` keeps it from doing nothing. */
export const share = (title: string, value: number, least = 0.05, most = 1): Amount => ({
  title,
  unit: 'share',
  min: least,
  max: most,
  step: 0.05,
  default: value,
})
/** A factor above one. */
export const times = (title: string, value: number, most: number): Amount => ({
  title,
  unit: 'times',
  min: 1.5,
  max: most,
  step: 0.5,
  default: value,
})
export const seconds = (
  title: string,
  range: { readonly default: number; readonly min: number; readonly max: number; readonly step: number },
): Amount => ({ title, unit: 'seconds', ...range })
export const count = (title: string, value: number, least: number, most: number): Amount => ({
  title,
  unit: 'count',
  min: least,
  max: most,
  step: 1,
  default: value,
})

const be = (op: Influence['op']) => (parameter: string, value: FaultChange['value']) => ({
  parameter,
  op,
  value,
})
/** The three ways of changing a parameter, as short as the lists that use them want to be. */
export const scale = be('scale')
export const add = be('add')
export const set = be('set')
/** The amount itself, what it leaves, everything and nothing. */
export const amount = (x: number): number => x
export const rest = (x: number): number => 1 - x
export const all = (): number => 1
export const none = (): number => 0

export const SERVERS = ['component', 'part'] as const satisfies readonly TargetKind[]
