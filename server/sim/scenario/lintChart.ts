import type { ReadChart } from './chartConfig.ts'
import { type Desk, knownComponent } from './lintDesk.ts'
import { lintEffects, lintOperations } from './lintEffects.ts'
import { lintLogs } from './lintPlay.ts'
import type { Findings } from './places.ts'
import { wayOutOf } from './suggest.ts'

/** What is sent to the chart against what it takes, and what its states do to the system against the system. */
export function lintChart(desk: Desk, chart: ReadChart, findings: Findings): void {
  for (const group of ['mitigations', 'injects'] as const) {
    for (const [id, { event }] of Object.entries(desk.spec[group])) {
      if (event !== undefined && !chart.takes.includes(event))
        desk.warning(
          [group, id, 'event'],
          `No state takes the event \`${event}\``,
          wayOutOf(event, chart.takes, 'events'),
        )
    }
  }
  for (const event of Object.keys(desk.spec.incident.conditions)) {
    if (!chart.takes.includes(event))
      desk.keyWarning(
        ['incident', 'conditions', event],
        `No state takes the event \`${event}\``,
        wayOutOf(event, chart.takes, 'events'),
      )
  }
  for (const [id, meta] of Object.entries(chart.stateMeta)) {
    const at = ['incident', 'chart', ...(chart.stateMetaPaths[id] ?? [])]
    lintEffects(desk, [...at, 'effects'], meta.effects, undefined)
    lintOperations(desk, [...at, 'operations'], meta.operations, findings)
    lintLogs(desk, [...at, 'logs'], meta.logs)
    knownComponent(desk, [...at, 'change', 'component'], meta.change?.component)
  }
}
