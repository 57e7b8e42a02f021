import type { AnyStateMachine } from 'xstate'
import type { ViewOf } from '../../../shared/contracts/index.ts'
import type { Playbook } from '../../../shared/contracts/playbooks.ts'
import type { MetricInfo } from '../../../shared/contracts/system.ts'
import type { Model } from '../physics/index.ts'
import type { Expr } from './expression.ts'
import type { ScenarioSpec, StateMeta } from './schema.ts'

/** A scenario as its author wrote it: file name within the folder → text. This is what a log keeps. */
export interface ScenarioSource {
  readonly files: Readonly<Record<string, string>>
}

/** Something wrong (or doubtful) in a scenario: where, what, and a way out. Lines and columns count from 1. */
export interface Finding {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly wayOut: string
}

export interface CompiledPlaybook {
  readonly file: string
  readonly view: Playbook
  /** Step id → its checks. */
  readonly checks: Readonly<Record<string, { readonly when: Expr | null; readonly done: Expr | null }>>
}

/** A scenario ready to be played. Lives in memory only; made from its source by `compileScenario`. */
export interface Scenario {
  readonly source: ScenarioSource
  /** SHA-256 (hex) of the source, given by whoever read it. */
  readonly hash: string
  readonly spec: ScenarioSpec
  readonly briefing: string
  readonly playbooks: readonly CompiledPlaybook[]
  readonly alertPlaybooks: Readonly<Record<string, { readonly book: string; readonly step: string | null }>>
  readonly model: Model
  readonly machine: AnyStateMachine
  readonly chartView: Pick<ViewOf<'incident'>, 'nodes' | 'edges'>
  /** Full state id → what holds while it is active. */
  readonly stateMeta: Readonly<Record<string, StateMeta>>
  /** Full ids of the states tagged `cause-present`. */
  readonly causeStates: readonly string[]
  /** Guard expressions by their text. */
  readonly guards: Readonly<Record<string, Expr>>
  /** The columns of a sample: the model's metrics, then those of each objective, then the scenario's own. */
  readonly metrics: readonly MetricInfo[]
  columnOf(metric: string): number | undefined
  /** Columns that players may see. */
  readonly visible: readonly number[]
  /** Places of the components whose response times a board shows as a heat map. */
  readonly heatMaps: readonly number[]
  readonly customs: readonly { readonly column: number; readonly expr: Expr }[]
  readonly expr: {
    readonly alerts: Readonly<Record<string, Expr>>
    readonly mitigations: Readonly<Record<string, Expr | null>>
    readonly injects: Readonly<Record<string, Expr | null>>
    readonly conditions: Readonly<Record<string, Expr>>
  }
  /** How far back any expression looks, exercise ms. */
  readonly horizonMs: number
}
