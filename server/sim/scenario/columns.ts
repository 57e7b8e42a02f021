import type { MetricInfo, Unit } from '../../../shared/contracts/system.ts'
import type { Metrics } from './expressionTree.ts'
import type { ScenarioSpec } from './schema.ts'

/** What is measured of each service-level objective, behind `slo.<id>.`; the objectives mechanic fills it in. */
const SLO_METRICS: readonly (readonly [name: string, title: string, unit: Unit])[] = [
  ['sli', 'good requests over one minute', 'ratio'],
  ['burn_rate', 'burn rate', '1'],
  ['budget_left', 'error budget left', 'ratio'],
  ['bad_per_s', 'bad requests', 'per_s'],
  ['total', 'requests so far', 'count'],
  ['bad', 'bad requests so far', 'count'],
]

/** The columns of a sample: the model's metrics, then those of each objective, then the scenario's own. */
export function columnsOf(spec: ScenarioSpec, model: readonly MetricInfo[]): readonly MetricInfo[] {
  const slos = Object.entries(spec.slos).flatMap(([id, slo]) =>
    SLO_METRICS.map(([name, what, unit]) => ({
      name: `slo.${id.replaceAll('-', '_')}.${name}`,
      title: `${slo.title}: ${what}`,
      unit,
      component: null,
    })),
  )
  const customs = Object.entries(spec.system.custom_metrics).map(([name, { title, unit }]) => ({
    name,
    title,
    unit,
    component: null,
  }))
  return [...model, ...slos, ...customs]
}

/** How what watches the system is itself, for the game master's eyes only: the last columns of a sample. */
export const HIDDEN_METRICS: readonly MetricInfo[] = [
  { name: 'monitoring.up', title: 'Monitoring: samples arrive', unit: '1', component: null },
  { name: 'alerting.up', title: 'Alerting: notifications arrive', unit: '1', component: null },
  { name: 'alerting.delay', title: 'Alerting: time a notification takes', unit: 's', component: null },
]

/** Names and columns of metrics, for expressions; `until` leaves out the columns from there on. */
export function metricsIn(columns: readonly MetricInfo[], until = columns.length): Metrics {
  const byName = new Map(columns.slice(0, until).map((m, i) => [m.name, i]))
  return { names: [...byName.keys()], columnOf: (name) => byName.get(name) }
}
