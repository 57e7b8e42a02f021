import { z } from 'zod'
import { SeatId, SimMs } from '../ids.ts'
import { line } from '../text.ts'

export const AlertSeverity = z.enum(['page', 'ticket', 'info'])
export const GROUPINGS = ['component', 'severity', 'none'] as const
export const SILENCE_TARGETS = ['rule', 'group'] as const

export const AlertView = z.strictObject({
  /** One firing of one rule: `alert-3`. */
  id: z.string(),
  rule: z.string(),
  /** The group it is told with. */
  group: z.string(),
  title: z.string(),
  description: z.string(),
  severity: AlertSeverity,
  state: z.enum(['firing', 'resolved']),
  firedAt: SimMs,
  resolvedAt: SimMs.nullable(),
  acknowledged: z.strictObject({ by: SeatId, at: SimMs }).nullable(),
  /** When on-call first heard of it; null: no notification of it has come. */
  notifiedAt: SimMs.nullable(),
  /** How often on-call heard of it. */
  notices: z.number().int(),
  /** The title of the firing rule that keeps this one quiet. */
  inhibitedBy: z.string().nullable(),
  silenced: z
    .strictObject({ id: z.string(), by: SeatId, from: SimMs, until: SimMs, reason: z.string() })
    .nullable(),
  /** Came and went so often lately that it is told once only. */
  flapping: z.boolean(),
  playbook: z.strictObject({ book: z.string(), step: z.string().nullable() }).nullable(),
  component: z.string().nullable(),
})
export type AlertView = z.infer<typeof AlertView>

export const AlertGroup = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** When it was last told, and how often since it began to fire. */
  lastNoticeAt: SimMs.nullable(),
  notices: z.number().int(),
})
export type AlertGroup = z.infer<typeof AlertGroup>

export const Silence = z.strictObject({
  id: z.string(),
  target: z.enum(SILENCE_TARGETS),
  /** The rule or group that is kept quiet. */
  of: z.string(),
  title: z.string(),
  by: SeatId,
  from: SimMs,
  until: SimMs,
  reason: z.string(),
})
export type Silence = z.infer<typeof Silence>

const one = { alert: z.string(), rule: z.string(), title: z.string() }

/** Alerting rules over visible telemetry, how on-call hears of them, and who took the page. */
export const alerts = {
  commands: {
    acknowledge: z.strictObject({ alert: z.string().max(32) }),
    /** Keeps a rule or a group that has fired before from notifying, for some minutes of exercise time. */
    silence: z.strictObject({
      target: z.enum(SILENCE_TARGETS),
      of: z.string().max(80),
      minutes: z.number().int().min(1).max(240),
      reason: line(200),
    }),
    unsilence: z.strictObject({ silence: z.string().max(32) }),
  },
  facts: {
    fired: z.strictObject({ ...one, severity: AlertSeverity }),
    /** `told`: on-call had heard of it. */
    resolved: z.strictObject({ ...one, told: z.boolean().optional() }),
    acknowledged: z.strictObject({ ...one, seat: SeatId }),
    /** A notification reached on-call: the `count`-th since the group began to fire. */
    notified: z.strictObject({
      group: z.string(),
      title: z.string(),
      severity: AlertSeverity,
      alerts: z.array(z.string()),
      titles: z.array(z.string()),
      count: z.number().int(),
      /** Exercise ms since the first of these alerts fired. */
      after: z.number(),
    }),
    /** A notification was sent, and the path did not carry it. */
    lost: z.strictObject(one),
    /** It fires, but stays quiet because of another that fires. */
    inhibited: z.strictObject({ ...one, by: z.string() }),
    flapping: z.strictObject({ rule: z.string(), title: z.string() }),
    silenced: z.strictObject({
      silence: z.string(),
      title: z.string(),
      seat: SeatId,
      until: SimMs,
      reason: z.string(),
    }),
    /** `seat`: who took it back; null: its time was over. */
    unsilenced: z.strictObject({ silence: z.string(), title: z.string(), seat: SeatId.nullable() }),
  },
  view: z.strictObject({
    groupBy: z.enum(GROUPINGS),
    /** False: the alert manager cannot be asked; what is listed is what notifications said. */
    reachable: z.boolean(),
    alerts: z.array(AlertView),
    groups: z.array(AlertGroup),
    silences: z.array(Silence),
    /** Game master only: how the alert path is. */
    path: z.strictObject({ up: z.boolean(), delay: z.number(), monitored: z.boolean() }).optional(),
  }),
  /** What this seat may do about alerts now. */
  mine: z.strictObject({ mayAcknowledge: z.boolean(), maySilence: z.boolean() }),
}
