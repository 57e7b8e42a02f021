import type { Unit } from '../../../shared/contracts/system.ts'
import type { Model } from '../physics/index.ts'
import { compileExpression, type Expr } from './expression.ts'
import type { Metrics } from './expressionTree.ts'
import type { Findings, Place } from './places.ts'
import type { ReadPlaybook } from './playbook.ts'
import type { ScenarioSpec } from './schema.ts'
import { wayOutOf } from './suggest.ts'
import type { YamlText } from './yamlText.ts'

export type Path = readonly PropertyKey[]

/** All that the checks of a scenario work with. */
export interface Desk {
  readonly spec: ScenarioSpec
  readonly model: Model
  /** Everything that is measured. */
  readonly metrics: Metrics
  /** What players can see of it. */
  readonly seen: Metrics
  readonly books: readonly ReadPlaybook[]
  error(path: Path, message: string, wayOut: string): void
  warning(path: Path, message: string, wayOut: string): void
  /** The same at a key instead of its value. */
  keyWarning(path: Path, message: string, wayOut: string): void
  place(path: Path, key?: boolean): Place
  unitOf(metric: string): Unit | undefined
  /** Says that a name refers to nothing, unless it refers to something. */
  known(
    path: Path,
    name: string,
    names: readonly string[],
    what: { readonly one: string; readonly many: string },
  ): boolean
  /** Compiles an expression at a place in the scenario, or says why not. */
  expression(path: Path, text: string, over: Metrics, wants?: 'boolean' | 'number'): Expr | null
}

export interface DeskParts extends Pick<Desk, 'spec' | 'model' | 'metrics' | 'seen' | 'books' | 'unitOf'> {
  readonly yaml: YamlText
  readonly findings: Findings
}

export function openDesk({ yaml, findings, ...parts }: DeskParts): Desk {
  const desk: Desk = {
    ...parts,
    place: yaml.place,
    error: (path, message, wayOut) => findings.error(yaml.place(path), message, wayOut),
    warning: (path, message, wayOut) => findings.warning(yaml.place(path), message, wayOut),
    keyWarning: (path, message, wayOut) => findings.warning(yaml.place(path, true), message, wayOut),
    known(path, name, names, { one, many }) {
      if (names.includes(name)) return true
      desk.error(path, `There is no ${one} \`${name}\`.`, wayOutOf(name, names, many))
      return false
    },
    expression(path, text, over, wants = 'boolean') {
      const compiled = compileExpression(text, { metrics: over, wants })
      if (compiled.ok) return compiled.expr
      const { offset, message, wayOut } = compiled.fault
      findings.error(yaml.placeIn(path, offset), message, wayOut)
      return null
    },
  }
  return desk
}

/** Times that cannot be negative where they stand. */
export function notBefore(desk: Desk, path: Path, ms: number | undefined, least = 0): void {
  if (ms === undefined || ms >= least) return
  desk.error(
    path,
    `\`${String(path.at(-1))}\` is ${ms < 0 ? 'negative' : 'zero'}.`,
    `Give a time ${least > 0 ? 'above zero' : 'from zero on'}, like 2m.`,
  )
}

export const COMPONENT = { one: 'component', many: 'components' } as const
export function knownComponent(desk: Desk, path: Path, id: string | undefined): void {
  if (id !== undefined) desk.known(path, id, Object.keys(desk.spec.system.components), COMPONENT)
}
