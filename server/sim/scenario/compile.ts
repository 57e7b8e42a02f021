import { adviseData, checkSystem, compileSystem } from '../physics/index.ts'
import { readChart } from './chartConfig.ts'
import { columnsOf, HIDDEN_METRICS, metricsIn } from './columns.ts'
import { compileCustoms, compileExpressions } from './compileExpressions.ts'
import type { Expr } from './expression.ts'
import type { Metrics } from './expressionTree.ts'
import { lintBooks } from './lintBooks.ts'
import { type Desk, openDesk } from './lintDesk.ts'
import { lintChart } from './lintChart.ts'
import { lintInjects, lintLogs, lintMitigations, lintSolution, lintTemplates } from './lintPlay.ts'
import { lintAlerting, lintAlerts } from './lintAlerts.ts'
import { lintBoards, lintHistory, lintSlos } from './lintWatch.ts'
import { createFindings, type Findings } from './places.ts'
import { type ReadPlaybook, readPlaybook } from './playbook.ts'
import { readSpec } from './readSpec.ts'
import type { Finding, Scenario, ScenarioSource } from './scenario.ts'
import type { ScenarioSpec } from './schema.ts'
import { readYaml } from './yamlText.ts'

export type CompiledScenario =
  | { readonly ok: true; readonly scenario: Scenario; readonly warnings: readonly Finding[] }
  | { readonly ok: false; readonly findings: readonly Finding[] }

const SPEC = 'scenario.yaml'
const CHART = ['incident', 'chart'] as const
const BRIEFING = 'briefing.md'
const LONGEST_BRIEFING = 20_000
const MOST_BOOKS = 60

/**
 * Checks a scenario and makes it playable: one pass for both, so that what lint accepts is what plays. `hash` is kept as
 * given. Never throws on anything an author can write; findings say where, what, and a way out.
 */
export function compileScenario(source: ScenarioSource, hash: string): CompiledScenario {
  const findings = createFindings()
  const scenario = compile(source, hash, findings)
  const all = findings.all()
  if (!scenario || all.some((f) => f.severity === 'error')) return { ok: false, findings: all }
  return { ok: true, scenario, warnings: all }
}

function compile(source: ScenarioSource, hash: string, findings: Findings): Scenario | undefined {
  const briefing = readBriefing(source, findings)
  const text = source.files[SPEC]
  if (text === undefined) {
    findings.error(
      { file: SPEC, line: 1, column: 1 },
      'There is no scenario.yaml.',
      'A scenario begins with it; copy one that works.',
    )
    return undefined
  }
  const yaml = readYaml(SPEC, text, findings)
  const read = yaml && readSpec(yaml, findings)
  if (!read) return undefined
  const { spec, whole } = read

  const system = checkSystem(spec.system)
  for (const { path, message, wayOut } of system)
    findings.error(yaml.place(['system', ...path]), message, wayOut)
  if (system.length > 0) return undefined
  for (const { path, message, wayOut } of adviseData(spec.system))
    findings.warning(yaml.place(['system', ...path]), message, wayOut)
  const model = compileSystem(spec.system)

  const columns = columnsOf(spec, model.metrics)
  const all = [...columns, ...HIDDEN_METRICS]
  const metrics = metricsIn(all)
  const seen = metricsIn(all, columns.length)
  const books = readBooks(source, seen, findings)
  const unitOf = (name: string) => columns[metrics.columnOf(name) ?? -1]?.unit
  const desk = openDesk({ yaml, findings, spec, model, metrics, seen, books, unitOf })

  const customs = compileCustoms(desk, columns)
  const expr = compileExpressions(desk)
  const alertPlaybooks = lintAll(desk, findings)
  const chart = readChart({
    chart: spec.incident.chart,
    kind: spec.kind,
    sent: eventsOf(spec),
    conditions: Object.keys(spec.incident.conditions),
    findings,
    place: (path, key) => yaml.place([...CHART, ...path], key),
    condition: (text, path) => desk.expression([...CHART, ...path], text, metrics) ?? undefined,
  })
  if (!chart) return undefined
  lintChart(desk, chart, findings)
  if (!whole) return undefined

  const checks = books.flatMap((b) => Object.values(b.checks).flatMap((c) => [c.when, c.done]))
  const expressions: readonly (Expr | null)[] = [
    ...customs.map((c) => c.expr),
    ...Object.values(expr).flatMap((group) => Object.values(group)),
    ...Object.values(chart.guards),
    ...checks,
  ]
  return {
    source,
    hash,
    spec,
    briefing,
    playbooks: books.map(({ file, view, checks: of }) => ({ file, view, checks: of })),
    alertPlaybooks,
    model,
    machine: chart.machine,
    chartView: chart.chartView,
    stateMeta: chart.stateMeta,
    causeStates: chart.causeStates,
    guards: chart.guards,
    metrics: all,
    columnOf: metrics.columnOf,
    visible: columns.map((_, i) => i),
    heatMaps: heatMapsOf(spec, model),
    customs,
    expr,
    horizonMs: Math.max(0, ...expressions.map((e) => e?.horizonMs ?? 0)),
  }
}

/** Components whose response times some board shows as a heat map: those its metrics belong to. */
function heatMapsOf(spec: ScenarioSpec, model: Scenario['model']): number[] {
  const panels = Object.values(spec.boards).flatMap((board) => board.panels)
  const shown = panels.flatMap(({ kind, metrics }) =>
    kind === 'heat-map' ? (Array.isArray(metrics) ? metrics : Object.keys(metrics)) : [],
  )
  const owners = model.metrics.filter((m) => shown.includes(m.name)).map((m) => m.component)
  return model.components.filter((c) => owners.includes(c.id)).map((c) => c.index)
}

function lintAll(desk: Desk, findings: Findings): Scenario['alertPlaybooks'] {
  lintSlos(desk)
  lintBoards(desk)
  lintHistory(desk)
  lintLogs(desk, ['logs'], desk.spec.logs)
  lintTemplates(desk)
  lintMitigations(desk, findings)
  lintInjects(desk)
  lintSolution(desk)
  lintBooks(desk.books, desk.spec, findings)
  lintAlerting(desk)
  return lintAlerts(desk)
}

/** Every event that something can send to the chart. */
const eventsOf = (spec: ScenarioSpec): string[] => [
  ...new Set(
    [...Object.values(spec.mitigations), ...Object.values(spec.injects)]
      .flatMap(({ event }) => event ?? [])
      .concat(Object.keys(spec.incident.conditions)),
  ),
]

function readBriefing(source: ScenarioSource, findings: Findings): string {
  const top = { file: BRIEFING, line: 1, column: 1 }
  const text = source.files[BRIEFING]
  if (text === undefined || text.trim() === '')
    findings.error(
      top,
      'There is no briefing.',
      'Write briefing.md: who you are tonight, what you run, where to begin.',
    )
  else if (text.length > LONGEST_BRIEFING)
    findings.error(top, 'The briefing is longer than 20 kB.', 'Shorten it: it is read aloud.')
  return text ?? ''
}

function readBooks(source: ScenarioSource, metrics: Metrics, findings: Findings): ReadPlaybook[] {
  const files = Object.keys(source.files)
    .filter((f) => f.startsWith('playbooks/') && f.endsWith('.md'))
    .sort()
  if (files.length > MOST_BOOKS) {
    findings.error(
      { file: files[MOST_BOOKS] ?? '', line: 1, column: 1 },
      `There are more than ${MOST_BOOKS} playbooks.`,
      'Keep those this system needs.',
    )
    return []
  }
  return files.flatMap(
    (file) => readPlaybook({ file, text: source.files[file] ?? '', findings, metrics }) ?? [],
  )
}
