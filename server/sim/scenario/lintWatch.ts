import { type Desk, knownComponent, notBefore } from './lintDesk.ts'

/** What is promised: the objectives of service. */
export function lintSlos(desk: Desk): void {
  const { slos, system, kind } = desk.spec
  for (const [id, spec] of Object.entries(slos)) {
    const at = ['slos', id]
    desk.known([...at, 'traffic'], spec.traffic, Object.keys(system.traffic), {
      one: 'traffic source',
      many: 'traffic sources',
    })
    if (spec.objective <= 0 || spec.objective >= 1)
      desk.error(
        [...at, 'objective'],
        'An objective of 0 % or 100 % leaves no error budget to speak of.',
        'Promise a share between, like 99.9%.',
      )
    notBefore(desk, [...at, 'latency'], spec.latency, 1)
    notBefore(desk, [...at, 'period'], spec.period, 1)
  }
  if (kind === 'incident' && Object.keys(slos).length === 0)
    desk.error(
      ['slos'],
      'An incident needs an objective that it can break.',
      'Add one, with its traffic and its objective.',
    )
}

/** What is drawn. */
export function lintBoards(desk: Desk): void {
  for (const [id, board] of Object.entries(desk.spec.boards)) {
    for (const [i, panel] of board.panels.entries()) {
      const at = ['boards', id, 'panels', i]
      const list = Array.isArray(panel.metrics)
      const names = Array.isArray(panel.metrics) ? panel.metrics : Object.keys(panel.metrics)
      const good = names.filter((name, n) =>
        desk.known([...at, 'metrics', list ? n : name], name, desk.seen.names, {
          one: 'metric',
          many: 'metrics',
        }),
      )
      const latencies = good.filter((name) => /^[a-z0-9_]+\.latency_p\d+$/.test(name))
      if (panel.kind === 'heat-map' && (good.length !== 1 || latencies.length !== 1))
        desk.error(
          [...at, 'metrics'],
          'A heat map shows how long the answers of one component take.',
          'Name one latency of a component, like `web.latency_p95`; it is drawn as a line over the map.',
        )
      const units = new Set(good.map((name) => desk.unitOf(name)))
      if (panel.unit === undefined && units.size > 1)
        desk.warning(
          [...at, 'metrics'],
          'The metrics of this panel have different units.',
          'Split the panel, or say its `unit`.',
        )
    }
  }
  if (Object.keys(desk.spec.boards).length === 0)
    desk.warning(['boards'], 'There are no dashboards.', 'Add a board with panels.')
}

/** Past changes, and what the company is called on to remember. */
export function lintHistory(desk: Desk): void {
  for (const [i, change] of desk.spec.history.entries()) {
    if (change.at > 0)
      desk.error(
        ['history', i, 'at'],
        'History lies in the past, but this time is after the start.',
        `Write it as a negative time: -${Math.round(change.at / 60_000)}m.`,
      )
    knownComponent(desk, ['history', i, 'component'], change.component)
  }
}
