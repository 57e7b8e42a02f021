import { z } from 'zod'
import { CHANNELS } from '../../../shared/contracts/injects.ts'
import { MitigationClass } from '../../../shared/contracts/mitigations.ts'
import { PANEL_KINDS, Unit } from '../../../shared/contracts/system.ts'
import { Slug } from '../../../shared/ids.ts'
import { PlayerRole, Role } from '../../../shared/roles.ts'
import { AlertingSpec, AlertSpec } from './alertSchema.ts'
import { SystemSpec } from './systemSchema.ts'
import { Milliseconds, Ratio } from './units.ts'

/** The version of the scenario format this engine reads. */
export const FORMAT = 1

const prose = (max: number) => z.string().trim().min(1).max(max)
const Expr = z
  .string()
  .min(1)
  .max(500)
  .describe('A CEL expression over metrics, like `db.cpu > 0.9 && cache.hit_ratio < 0.5`')

/** One influence on a parameter of the system, while its source lasts. Exactly one of set, scale and add. */
export const EffectSpec = z
  .strictObject({
    path: z
      .string()
      .min(3)
      .max(120)
      .describe('A parameter: `web.service_time`, `edge.shed`, `web.calls.db.retries`'),
    set: z
      .union([z.number(), z.string()])
      .optional()
      .describe('The value itself, in the unit of the parameter: 40ms, 900/s, 40%'),
    scale: z.number().optional(),
    add: z.union([z.number(), z.string()]).optional(),
    over: Milliseconds.optional().describe('Reached gradually over this time'),
    param: z.string().optional().describe('Take the value from this parameter of the mitigation'),
  })
  .refine((e) => [e.set, e.scale, e.add, e.param].filter((x) => x !== undefined).length === 1, {
    message: 'needs exactly one of set, scale, add and param',
  })
export type EffectSpec = z.infer<typeof EffectSpec>

/** A one-shot change of state: restart, flush, deploy, rollback, truncate … */
export const OperationSpec = z.strictObject({
  operation: z.string().max(40),
  component: z
    .union([Slug, z.string().regex(/^traffic\.[a-z][a-z0-9]*(-[a-z0-9]+)*$/)])
    .describe('A component, or a source of traffic as `traffic.shoppers`'),
  args: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).default({}),
})
export type OperationSpec = z.infer<typeof OperationSpec>

export const LogSpec = z.strictObject({
  component: Slug,
  level: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  text: prose(300).describe(
    'May hold {placeholders}: {ms}, {id}, {n}, {ip}, {node}, {zone}, {version}, {trace}, {to}',
  ),
  /** Lines per exercise minute. */
  per_minute: z.number().min(0).max(600),
})

export const ChangeSpec = z.strictObject({
  at: Milliseconds.describe('Exercise time; negative lies in the past: -12m'),
  kind: z.enum(['deploy', 'flag', 'config', 'infrastructure']),
  title: prose(120),
  author: prose(60),
  component: Slug.optional(),
})

export const PanelSpec = z.strictObject({
  title: prose(80),
  kind: z.enum(PANEL_KINDS).default('time-series'),
  unit: Unit.optional(),
  metrics: z
    .union([z.array(z.string()).min(1).max(12), z.record(z.string(), z.string())])
    .describe('Metric names, or name → legend'),
  threshold: z.number().optional(),
  width: z.number().int().min(2).max(12).default(6),
})

export const SloSpec = z.strictObject({
  title: prose(80),
  traffic: Slug.describe('The traffic source whose requests are counted'),
  objective: Ratio.describe('Share of good requests promised: 99.9%'),
  latency: Milliseconds.optional().describe('A request slower than this is bad too'),
  period: Milliseconds.describe('The window the error budget belongs to, in exercise time: 30d'),
})
export type SloSpec = z.infer<typeof SloSpec>

export const ParamSpec = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('number'),
    title: prose(60),
    unit: z.string().max(12).default(''),
    min: z.number(),
    max: z.number(),
    step: z.number().positive().default(0.1),
    default: z.number(),
  }),
  z.strictObject({
    kind: z.literal('choice'),
    title: prose(60),
    options: z.record(z.string(), z.string()),
    default: z.string(),
  }),
])

export const MitigationSpec = z.strictObject({
  title: prose(100),
  description: z.string().max(600).default(''),
  class: MitigationClass,
  component: Slug.optional(),
  diagnostic: z.boolean().default(false),
  params: z.record(Slug, ParamSpec).default({}),
  takes: Milliseconds.describe('How long it occupies the person'),
  dc: z
    .number()
    .int()
    .min(1)
    .max(20)
    .default(11)
    .describe('How hard the operation is, never whether it is the answer'),
  roles: z.array(PlayerRole).min(1).default(['operations']),
  needs: Expr.optional().describe('Precondition over what players can see'),
  needs_text: z.string().max(140).default('').describe('What to tell when the precondition does not hold'),
  /** From the moment work starts. */
  effects_during: z.array(EffectSpec).default([]),
  operations_at_start: z.array(OperationSpec).default([]),
  /** From the moment it is done. */
  effects: z.array(EffectSpec).default([]),
  /** How long those effects hold; unset: until reverted. */
  lasts: Milliseconds.optional(),
  operations: z.array(OperationSpec).default([]),
  event: z.string().max(64).optional().describe('Sent to the incident chart when done'),
  change: z.string().max(120).optional().describe('What the change feed says when done'),
  change_kind: z.enum(['deploy', 'flag', 'config', 'infrastructure']).default('config'),
  reveals: z
    .string()
    .max(1000)
    .default('')
    .describe('What a diagnostic action finds; {metric:name} is filled with its value'),
  reverts: z.boolean().default(true).describe('Can be taken back'),
  once: z.boolean().default(false),
})
export type MitigationSpec = z.infer<typeof MitigationSpec>

export const InjectSpec = z
  .strictObject({
    title: prose(100),
    at: Milliseconds.optional().describe('Exercise time'),
    when: Expr.optional().describe('Due when this becomes true'),
    unless: z
      .strictObject({
        fact: z.string().max(64).describe('A fact like `alerts.acknowledged`'),
        by: Milliseconds.describe('Exercise time'),
      })
      .optional()
      .describe('Due when nothing of the kind has happened by then'),
    by_hand: z.boolean().default(false).describe('Only ever by the game master'),
    from: prose(60),
    to: z.union([z.literal('all'), Role]).default('all'),
    via: z.enum(CHANNELS).default('channel'),
    text: prose(1500),
    expected: z.string().max(300).default(''),
    objective: Slug.optional(),
    contingency: z.boolean().default(false).describe('Steers back a table that is lost'),
    /** Pressure waits when the outside was told within this time before. */
    pressure: z.boolean().default(false),
    effects: z.array(EffectSpec).default([]),
    event: z.string().max(64).optional(),
  })
  .refine(
    (i) => [i.at, i.when, i.unless, i.by_hand || undefined].filter((x) => x !== undefined).length === 1,
    {
      message: 'needs exactly one trigger: at, when, unless or by_hand: true',
    },
  )
export type InjectSpec = z.infer<typeof InjectSpec>

/** What an incident-chart state may carry in its `meta`. Effects hold while the state is active. */
export const StateMeta = z.strictObject({
  title: z.string().max(80).optional(),
  effects: z.array(EffectSpec).default([]),
  operations: z.array(OperationSpec).default([]),
  logs: z.array(LogSpec).default([]),
  change: ChangeSpec.omit({ at: true }).optional(),
})
export type StateMeta = z.infer<typeof StateMeta>

export const ScenarioSpec = z.strictObject({
  format: z.literal(FORMAT),
  id: Slug,
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'three numbers: 1.0.0'),
  title: prose(80),
  codename: prose(40).describe('What players read; it gives nothing away'),
  company: prose(60),
  kind: z.enum(['incident', 'drill', 'sandbox']).default('incident'),
  summary: prose(400).describe('Without spoilers'),
  level: z.number().int().min(1).max(5),
  minutes: z.number().int().min(10).max(180),
  seats: prose(60).default('2–6 players'),
  topics: z.array(prose(30)).max(8).default([]),
  licence: prose(40),
  authors: z.array(prose(60)).default([]),
  objectives: z.record(Slug, prose(160)).describe('What the exercise trains; each measurable'),
  system: SystemSpec,
  history: z.array(ChangeSpec).default([]).describe('Changes before play, red herrings among them'),
  logs: z.array(LogSpec).default([]).describe('Ordinary lines of a healthy system'),
  log_templates: z
    .record(z.string(), z.array(prose(300)).min(1))
    .default({})
    .describe('Kind of happening → lines'),
  slos: z.record(Slug, SloSpec),
  boards: z.record(Slug, z.strictObject({ title: prose(60), panels: z.array(PanelSpec).min(1).max(24) })),
  alerts: z.record(Slug, AlertSpec),
  alerting: AlertingSpec.prefault({}).describe('How alerts become notifications'),
  incident: z.strictObject({
    truth: prose(1500).describe('What really is the matter, for the game master'),
    conditions: z
      .record(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'an event name in capitals'), Expr)
      .default({})
      .describe('Event → expression over the true system; sent when it becomes true'),
    settle: Milliseconds.default(120_000).describe('How long objectives must hold after the cause is gone'),
    /** An XState v5 machine config; see lint for the subset that loads. */
    chart: z.record(z.string(), z.unknown()),
  }),
  mitigations: z.record(Slug, MitigationSpec),
  injects: z.record(Slug, InjectSpec).default({}),
  handouts: z
    .partialRecord(PlayerRole, z.array(z.strictObject({ title: prose(80), text: prose(2000) })))
    .default({}),
  hints: z.array(prose(400)).default([]),
  /** The author's right path, in order: lint and tests play it. */
  solution: z.array(
    z.strictObject({
      mitigation: Slug,
      params: z.record(Slug, z.union([z.number(), z.string()])).default({}),
      wait: Milliseconds.default(0),
    }),
  ),
  scoring: z
    .strictObject({
      recovery: z.number().min(0).default(30),
      impact: z.number().min(0).default(25),
      procedure: z.number().min(0).default(20),
      communication: z.number().min(0).default(15),
      teamwork: z.number().min(0).default(10),
      /** Stakeholders and the status page should hear within this time of the first page. */
      update_within: Milliseconds.default(600_000),
    })
    .prefault({}),
  debrief: z.strictObject({
    story: prose(4000),
    questions: z.array(prose(300)).min(1),
    real_case: prose(3000),
    sources: z.array(z.strictObject({ title: prose(160), url: z.url() })).min(1),
  }),
})
export type ScenarioSpec = z.infer<typeof ScenarioSpec>
