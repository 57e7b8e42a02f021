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

/** What rings, and where it sends people. Gives alert → playbook step. */
export function lintAlerts(desk: Desk): Record<string, { book: string; step: string | null }> {
  const found: Record<string, { book: string; step: string | null }> = {}
  for (const [id, spec] of Object.entries(desk.spec.alerts)) {
    const at = ['alerts', id]
    notBefore(desk, [...at, 'for'], spec.for)
    knownComponent(desk, [...at, 'component'], spec.component)
    if (spec.playbook === undefined) {
      desk.keyWarning(
        at,
        `The alert \`${id}\` names no playbook.`,
        'Say what to read when it rings: `playbook: cold-cache.md#shed-load`.',
      )
      continue
    }
    const [written = '', anchor] = spec.playbook.split('#', 2)
    const file = written.startsWith('playbooks/') ? written : `playbooks/${written}`
    const files = desk.books.map((b) => b.file.replace(/^playbooks\//, ''))
    if (
      !desk.known([...at, 'playbook'], file.replace(/^playbooks\//, ''), files, {
        one: 'playbook',
        many: 'playbooks',
      })
    )
      continue
    const book = desk.books.find((b) => b.file === file)
    if (!book) continue
    const steps = book.view.steps.map((s) => s.id)
    const step = anchor === undefined || anchor === '' ? null : anchor
    if (
      step !== null &&
      !desk.known([...at, 'playbook'], step, steps, { one: 'step', many: `steps in ${written}` })
    )
      continue
    found[id] = { book: book.view.id, step }
  }
  return found
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
