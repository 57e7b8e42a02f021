import type { AnyStateMachine } from 'xstate'
import type { ViewOf } from '../../../shared/contracts/index.ts'
import { checkCircles, checkMeaning, checkRaw, checkStates, type ChartContext } from './chartCheck.ts'
import { reportIssues } from './chartIssues.ts'
import { ChartConfig } from './chartSchema.ts'
import { type Path, treeOf, within } from './chartTree.ts'
import { machineOf } from './chartMachine.ts'
import { drawChart } from './chartView.ts'
import type { Expr } from './expression.ts'
import { lintForm } from './lintForm.ts'
import { StateMeta } from './schema.ts'

export interface ChartOptions extends ChartContext {
  readonly chart: unknown
  /** Compiles a condition over the true system; undefined when it cannot be, which it has reported at that place. */
  readonly condition: (text: string, path: Path) => Expr | undefined
}

/** An incident chart ready to run. */
export interface ReadChart {
  readonly machine: AnyStateMachine
  readonly chartView: Pick<ViewOf<'incident'>, 'nodes' | 'edges'>
  /** Full state id → what holds while it is active. */
  readonly stateMeta: Readonly<Record<string, StateMeta>>
  /** Full state id → where its meta stands in the chart. */
  readonly stateMetaPaths: Readonly<Record<string, Path>>
  readonly causeStates: readonly string[]
  readonly guards: Readonly<Record<string, Expr>>
  /** Every event some state takes. */
  readonly takes: readonly string[]
}

/**
 * Reads the JSON subset of an XState v5 machine config: nested and parallel states, `on`, `always`, `after`, guards of type `when`, tags and meta.
 * Everything XState would accept and then do silently wrong is reported instead. Undefined: at least one error was.
 */
export function readChart(options: ChartOptions): ReadChart | undefined {
  const { chart, findings, place, condition } = options
  if (!checkRaw(chart, options)) return undefined
  const parsed = ChartConfig.safeParse(chart)
  if (!parsed.success) {
    reportIssues(parsed.error.issues, options)
    return undefined
  }
  const config = parsed.data
  if (Object.keys(config.context ?? {}).length > 0)
    findings.warning(
      place(['context'], true),
      'the context of the chart is never read: guards see metrics',
      'Leave it out.',
    )
  const root = treeOf(config, 'incident')
  if (!checkStates(root, options)) return undefined
  let ok = checkCircles(root, options)
  checkMeaning(root, options)

  const guards: Record<string, Expr> = {}
  for (const edge of within(root).flatMap((n) => n.edges)) {
    if (edge.guard === null || Object.hasOwn(guards, edge.guard)) continue
    const expr = condition(edge.guard, [...edge.path, 'guard', 'params', 'expr'])
    if (expr) guards[edge.guard] = expr
    else ok = false
  }
  const stateMeta: Record<string, StateMeta> = {}
  const stateMetaPaths: Record<string, Path> = {}
  for (const node of within(root)) {
    if (node.state.meta === undefined) continue
    const path = [...node.path, 'meta']
    const meta = StateMeta.safeParse(node.state.meta)
    if (meta.success) {
      stateMeta[node.id] = meta.data
      stateMetaPaths[node.id] = path
    } else {
      lintForm(meta.error.issues, {
        schema: StateMeta,
        value: node.state.meta,
        place: (inner, key) => place([...path, ...inner], key),
        findings,
        called: 'the meta of a state',
      })
      ok = false
    }
  }
  if (!ok) return undefined
  const machine = machineOf(root, options)
  if (!machine) return undefined
  const nodes = within(root)
  return {
    machine,
    chartView: drawChart(root, stateMeta),
    stateMeta,
    stateMetaPaths,
    causeStates: nodes.filter((n) => n.tags.includes('cause-present')).map((n) => n.id),
    guards,
    takes: [...new Set(nodes.flatMap((n) => n.edges).flatMap((e) => (e.trigger === 'on' ? [e.event] : [])))],
  }
}
