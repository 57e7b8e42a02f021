import { z } from 'zod'
import { AlertSeverity, GROUPINGS } from '../../../shared/contracts/alerts.ts'
import { Slug } from '../../../shared/ids.ts'
import { Milliseconds } from './units.ts'

const Expr = z
  .string()
  .min(1)
  .max(500)
  .describe('A CEL expression over metrics, like `db.cpu > 0.9 && cache.hit_ratio < 0.5`')

/** A multi-window burn-rate rule (SRE Workbook, ch. 5): it fires while both windows of a pair burn faster than the factor. */
export const BurnRateSpec = z.strictObject({
  slo: Slug.describe('The objective whose error budget is watched'),
  scale: z
    .number()
    .positive()
    .max(10)
    .optional()
    .describe(
      'Multiplies the standard windows: 0.01666 makes a minute of an hour. Unset: the period of the objective / 30 d, so that each window keeps its share of the budget',
    ),
  windows: z
    .array(
      z.strictObject({
        factor: z.number().positive().max(1e6).describe('How many times faster than the budget allows'),
        long: Milliseconds.describe('The window that says it matters, exercise time'),
        short: Milliseconds.describe('The window that says it still goes on, exercise time'),
      }),
    )
    .min(1)
    .max(6)
    .optional()
    .describe(
      'Unset: 14.4 over 1h and 5m, or 6 over 6h and 30m, for a page; 3 over 1d and 2h, or 1 over 3d and 6h, for the rest',
    ),
})
export type BurnRateSpec = z.infer<typeof BurnRateSpec>

export const WatchdogSpec = z.strictObject({
  after: Milliseconds.default(120_000).describe(
    'How long the sign of life may be missing before this alert comes',
  ),
})

/** An alerting rule: exactly one of `expr`, `absent`, `burn_rate` and `watchdog` says when it fires. */
export const AlertSpec = z
  .strictObject({
    title: z.string().trim().min(1).max(100),
    description: z.string().max(500).default(''),
    expr: Expr.optional(),
    absent: z.string().min(1).max(120).optional().describe('Fires while this metric has no value'),
    burn_rate: BurnRateSpec.optional(),
    watchdog: WatchdogSpec.optional().describe(
      'A dead man’s switch: a sign of life goes through monitoring and the alert path all the time; somebody outside tells when it stops',
    ),
    for: Milliseconds.default(0).describe('How long it must hold before it fires'),
    keep_firing_for: Milliseconds.default(0).describe('How long it goes on firing after it no longer holds'),
    severity: AlertSeverity.describe(
      'page: wakes somebody, again until acknowledged; ticket: told once; info: listed only',
    ),
    playbook: z.string().max(140).optional().describe('`cold-cache.md` or `cold-cache.md#shed-load`'),
    component: Slug.optional(),
  })
  .refine((a) => [a.expr, a.absent, a.burn_rate, a.watchdog].filter((x) => x !== undefined).length === 1, {
    message: 'needs exactly one of expr, absent, burn_rate and watchdog',
  })
export type AlertSpec = z.infer<typeof AlertSpec>

/** How alerts become notifications. Words and defaults as in an alert manager. */
export const AlertingSpec = z.strictObject({
  group_by: z.enum(GROUPINGS).default('none').describe('Alerts that share this come as one notification'),
  group_wait: Milliseconds.default(0).describe('How long the first notification of a group waits for more'),
  group_interval: Milliseconds.default(60_000).describe(
    'How long a group that was told waits before it tells of new alerts',
  ),
  repeat: Milliseconds.default(300_000).describe('A page nobody acknowledges comes again after this time'),
  inhibits: z
    .array(z.strictObject({ source: Slug, target: z.array(Slug).min(1).max(40) }))
    .max(40)
    .default([])
    .describe('While the source fires, the targets do not notify'),
  delay: Milliseconds.default(0).describe('How long a notification is on its way when all is well'),
  via: Slug.optional().describe('A component that carries notifications: they come only while it answers'),
})
export type AlertingSpec = z.infer<typeof AlertingSpec>
