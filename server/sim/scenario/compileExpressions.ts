import type { MetricInfo } from '../../../shared/contracts/system.ts'
import { metricsIn } from './columns.ts'
import type { Expr } from './expression.ts'
import type { Desk } from './lintDesk.ts'
import type { Scenario } from './scenario.ts'

/** The scenario's own metrics. Each may use those above it: they are reckoned in this order. */
export function compileCustoms(desk: Desk, columns: readonly MetricInfo[]): Scenario['customs'] {
  const written = Object.entries(desk.spec.system.custom_metrics)
  const first = columns.length - written.length
  return written.flatMap(([name, { expr: text }], i) => {
    const column = first + i
    if (columns.findIndex((m) => m.name === name) !== column)
      desk.error(
        ['system', 'custom_metrics', name],
        `\`${name}\` is measured already.`,
        'Give it another name.',
      )
    const expr = desk.expression(
      ['system', 'custom_metrics', name, 'expr'],
      text,
      metricsIn(columns, column),
      'number',
    )
    return expr ? [{ column, expr }] : []
  })
}

/** Compiles `of` of each entry that has one; an entry whose expression is broken was said and is left out. */
function each<T>(
  entries: Readonly<Record<string, T>>,
  of: (entry: T, id: string) => Expr | null,
): Record<string, Expr | null> {
  return Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, of(entry, id)]))
}
const present = (exprs: Readonly<Record<string, Expr | null>>): Record<string, Expr> =>
  Object.fromEntries(Object.entries(exprs).flatMap(([id, expr]) => (expr ? [[id, expr]] : [])))

/** Every expression of alerts, preconditions and injects (over what players see) and of conditions (over the true system). */
export function compileExpressions(desk: Desk): Scenario['expr'] {
  const { spec, seen, metrics } = desk
  const { alerts, mitigations, injects, incident } = spec
  return {
    alerts: present(
      each(alerts, (a, id) =>
        a.expr === undefined ? null : desk.expression(['alerts', id, 'expr'], a.expr, seen),
      ),
    ),
    mitigations: each(mitigations, (m, id) =>
      m.needs === undefined ? null : desk.expression(['mitigations', id, 'needs'], m.needs, seen),
    ),
    injects: each(injects, (i, id) =>
      i.when === undefined ? null : desk.expression(['injects', id, 'when'], i.when, seen),
    ),
    conditions: present(
      each(incident.conditions, (text, event) =>
        desk.expression(['incident', 'conditions', event], text, metrics),
      ),
    ),
  }
}
