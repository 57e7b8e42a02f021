import { z } from 'zod'
import { SeatId, SimMs } from '../ids.ts'

export const AlertSeverity = z.enum(['page', 'ticket', 'info'])
export const AlertView = z.strictObject({
  /** One firing of one rule: `alert-3`. */
  id: z.string(),
  rule: z.string(),
  title: z.string(),
  description: z.string(),
  severity: AlertSeverity,
  state: z.enum(['firing', 'resolved']),
  firedAt: SimMs,
  resolvedAt: SimMs.nullable(),
  acknowledged: z.strictObject({ by: SeatId, at: SimMs }).nullable(),
  playbook: z.strictObject({ book: z.string(), step: z.string().nullable() }).nullable(),
  component: z.string().nullable(),
})
export type AlertView = z.infer<typeof AlertView>

/** Alerting rules over visible telemetry, and who took the page. */
export const alerts = {
  commands: { acknowledge: z.strictObject({ alert: z.string().max(32) }) },
  facts: {
    fired: z.strictObject({
      alert: z.string(),
      rule: z.string(),
      title: z.string(),
      severity: AlertSeverity,
    }),
    resolved: z.strictObject({ alert: z.string(), rule: z.string(), title: z.string() }),
    acknowledged: z.strictObject({ alert: z.string(), rule: z.string(), title: z.string(), seat: SeatId }),
  },
  view: z.strictObject({ alerts: z.array(AlertView) }),
}
