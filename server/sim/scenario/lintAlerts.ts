import type { AlertSpec } from './alertSchema.ts'
import { COMPONENT, type Desk, knownComponent, notBefore, type Path } from './lintDesk.ts'
import { WATCH_OWNERS } from './watchPaths.ts'

const ALERT = { one: 'alert', many: 'alerts' } as const

/** What rings, and where it sends people. Gives alert → playbook step. */
export function lintAlerts(desk: Desk): Record<string, { book: string; step: string | null }> {
  const found: Record<string, { book: string; step: string | null }> = {}
  for (const [id, spec] of Object.entries(desk.spec.alerts)) {
    const at = ['alerts', id]
    lintRule(desk, at, spec)
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

/** What says when a rule fires must refer to something, and its times must make sense. */
function lintRule(desk: Desk, at: Path, spec: AlertSpec) {
  notBefore(desk, [...at, 'for'], spec.for)
  notBefore(desk, [...at, 'keep_firing_for'], spec.keep_firing_for)
  notBefore(desk, [...at, 'watchdog', 'after'], spec.watchdog?.after, 1)
  if (spec.absent !== undefined)
    desk.known([...at, 'absent'], spec.absent, desk.seen.names, { one: 'metric', many: 'metrics' })
  const burn = spec.burn_rate
  if (!burn) return
  const here = [...at, 'burn_rate']
  const slo = Object.hasOwn(desk.spec.slos, burn.slo) ? desk.spec.slos[burn.slo] : undefined
  desk.known([...here, 'slo'], burn.slo, Object.keys(desk.spec.slos), {
    one: 'objective',
    many: 'objectives',
  })
  if (burn.windows && burn.scale !== undefined)
    desk.error(
      [...here, 'scale'],
      '`scale` is for the standard windows; these are taken as written.',
      'Remove `scale`, or `windows`.',
    )
  for (const [i, window] of (burn.windows ?? []).entries()) {
    const where = (field: string) => [...here, 'windows', i, field]
    notBefore(desk, where('long'), window.long, 1)
    notBefore(desk, where('short'), window.short, 1)
    if (window.short > window.long)
      desk.error(
        where('short'),
        'The short window is longer than the long one.',
        'The short one is usually a twelfth of the long one.',
      )
    // Everything failing burns 1 / (1 − objective) times as fast as allowed: no factor beyond that is ever reached.
    if (slo && slo.objective < 1 && window.factor >= 1 / (1 - slo.objective))
      desk.error(
        where('factor'),
        'The budget cannot burn that fast: even with every request failing it does not fire.',
        `Use a factor below ${Math.round(1 / (1 - slo.objective))}.`,
      )
  }
}

/** How alerts become notifications. */
export function lintAlerting(desk: Desk): void {
  const { alerting, alerts, system } = desk.spec
  const at = ['alerting']
  for (const key of ['group_wait', 'group_interval', 'delay'] as const)
    notBefore(desk, [...at, key], alerting[key])
  notBefore(desk, [...at, 'repeat'], alerting.repeat, 1)
  knownComponent(desk, [...at, 'via'], alerting.via)
  const names = Object.keys(alerts)
  for (const [i, { source, target }] of alerting.inhibits.entries()) {
    desk.known([...at, 'inhibits', i, 'source'], source, names, ALERT)
    for (const [n, id] of target.entries()) {
      const here = [...at, 'inhibits', i, 'target', n]
      if (desk.known(here, id, names, ALERT) && id === source)
        desk.error(here, 'An alert cannot hold itself back.', 'Name the alerts that follow from it.')
    }
  }
  for (const id of WATCH_OWNERS)
    if (Object.hasOwn(system.components, id))
      desk.error(
        ['system', 'components', id],
        `A ${COMPONENT.one} cannot be called \`${id}\`: the parameters of what watches the system are.`,
        `Call it \`${id}-server\`, say.`,
      )
}
