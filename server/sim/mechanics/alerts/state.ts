import type { AlertView, Silence } from '../../../../shared/contracts/alerts.ts'
import type { SimMs } from '../../../../shared/ids.ts'
import type { ViewCtx } from '../../mechanic.ts'
import type { AlertSpec } from '../../scenario/alertSchema.ts'
import type { Counts } from './burnRate.ts'

/** One firing of one rule. */
export interface Firing {
  readonly id: string
  readonly rule: string
  readonly firedAt: SimMs
  resolvedAt: SimMs | null
  acknowledged: AlertView['acknowledged']
  /** When a notification of it was handed to the path, and when one arrived. */
  sentAt: SimMs | null
  notifiedAt: SimMs | null
  notices: number
  /** Whether a notification of it was lost, and whether it was ever held back by another rule: each is told once. */
  lost: boolean
  held: boolean
  /** The rule that keeps it quiet now. */
  inhibitedBy: string | null
}

export interface RuleState {
  /** Since when it holds, and since when it does not hold any more while it fires, without a break. */
  since: SimMs | null
  clearSince: SimMs | null
  /** When it began or ceased to fire, of late. */
  changes: SimMs[]
  flapping: boolean
  /** Whether on-call was told while it flaps. */
  flapTold: boolean
}

/** What is told together: since it began to fire. */
export interface Group {
  notices: number
  lastSentAt: SimMs | null
  lastNoticeAt: SimMs | null
}

export interface State {
  rules: Record<string, RuleState>
  firings: Firing[]
  groups: Record<string, Group>
  silences: Silence[]
  /** By objective, for those that a burn-rate rule watches. */
  counts: Record<string, Counts>
  /** How the path from a rule to a person is: up, its delay in ms, and whether samples come at all. */
  path: { up: boolean; delay: number; monitored: boolean }
  /** Signs of life on their way, by arrival, and when one last arrived. */
  beats: SimMs[]
  heardAt: SimMs
}

/** The group that a rule's alerts are told with. */
export function groupOf(ctx: ViewCtx, rule: string, spec: AlertSpec): string {
  switch (ctx.scenario.spec.alerting.group_by) {
    case 'component':
      return `component:${spec.component ?? ''}`
    case 'severity':
      return `severity:${spec.severity}`
    case 'none':
      return `rule:${rule}`
  }
}

const SEVERITIES = { page: 'Pages', ticket: 'Tickets', info: 'For information' } as const

/** What a group is called. */
export function groupTitle(ctx: ViewCtx, rule: string, spec: AlertSpec): string {
  const { alerting, system } = ctx.scenario.spec
  if (alerting.group_by === 'severity') return SEVERITIES[spec.severity]
  if (alerting.group_by === 'none') return spec.title
  const component = spec.component === undefined ? undefined : system.components[spec.component]
  return component?.title ?? spec.component ?? 'Without a component'
}

/** The silence that holds for a rule now. */
export const silenceOf = (state: State, o: { rule: string; group: string }): Silence | undefined =>
  state.silences.find((s) => s.of === (s.target === 'rule' ? o.rule : o.group))

export const isOpen = (f: Firing): boolean => f.resolvedAt === null
