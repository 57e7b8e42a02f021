import { z } from 'zod'
import { SimMs } from '../ids.ts'

/** What a fault can happen to; `part` is some of a component: its instances in one zone or group, one version, or a slice of its requests. */
export const TARGET_KINDS = ['component', 'part', 'call', 'traffic', 'zone'] as const

/** How an amount is said: `share` 0.4 is 40 %, `times` 5 is five times, the others carry their unit. */
export const AMOUNT_UNITS = ['share', 'times', 'seconds', 'count'] as const
export const Amount = z.strictObject({
  title: z.string(),
  unit: z.enum(AMOUNT_UNITS),
  min: z.number(),
  max: z.number(),
  step: z.number(),
  default: z.number(),
})
export type Amount = z.infer<typeof Amount>

export const FaultInfo = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** What happens, in plain words. */
  describe: z.string(),
  /** Null: there is nothing to choose. */
  amount: Amount.nullable(),
  /** Done at once and over: there is nothing to end. */
  instant: z.boolean(),
})
export type FaultInfo = z.infer<typeof FaultInfo>

export const FaultTarget = z.strictObject({
  /** What its parameters' paths begin with: `web`, `web.calls.db`, `traffic.shoppers`. */
  id: z.string(),
  title: z.string(),
  kind: z.enum(TARGET_KINDS),
  /** The component it belongs to, where there is one. */
  component: z.string().nullable(),
  /** Faults that can happen to it. */
  faults: z.array(z.string()),
})
export type FaultTarget = z.infer<typeof FaultTarget>

export const EFFECT_OPS = ['set', 'scale', 'add'] as const
/** One influence on one parameter, in SI base numbers. */
export const Influence = z.strictObject({ path: z.string(), op: z.enum(EFFECT_OPS), value: z.number() })
export type Influence = z.infer<typeof Influence>
const Operated = z.strictObject({
  operation: z.string(),
  component: z.string(),
  args: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})

export const RunningFault = z.strictObject({
  id: z.string(),
  /** Null: a parameter set by hand. */
  fault: z.string().nullable(),
  target: z.string(),
  /** What is done, in words. */
  title: z.string(),
  startedAt: SimMs,
  /** Null: until it is ended by hand. */
  until: SimMs.nullable(),
  /** Exercise ms until it is fully there. */
  over: z.number(),
  /** While it runs, the incident is not resolved. */
  cause: z.boolean(),
  effects: z.array(Influence),
})
export type RunningFault = z.infer<typeof RunningFault>

/** Exercise minutes a fault lasts; null until it is ended by hand. */
const Lasts = z.number().min(0.5).max(240).nullable()
/** Exercise minutes in which it comes on; 0 at once. */
const ComesOn = z.number().min(0).max(60)

/** What the game master does to the system beyond the script: faults and parameters set by hand, each ended without residue. */
export const faults = {
  commands: {
    start: z.strictObject({
      fault: z.string().max(64),
      target: z.string().max(160),
      /** In the unit of the fault's amount; left out, its default. */
      amount: z.number().optional(),
      minutes: Lasts,
      over: ComesOn,
    }),
    end: z.strictObject({ id: z.string().max(32) }),
    set: z.strictObject({
      path: z.string().max(160),
      op: z.enum(EFFECT_OPS),
      /** As written: `40ms`, `900/s`, `40%`; a factor is a plain number. */
      value: z.string().max(40),
      minutes: Lasts,
      over: ComesOn,
      /** Whether the incident counts as unresolved while it holds. */
      cause: z.boolean(),
    }),
  },
  facts: {
    started: z.strictObject({
      id: z.string(),
      fault: z.string().nullable(),
      title: z.string(),
      cause: z.boolean(),
      effects: z.array(Influence),
      operations: z.array(Operated),
      over: z.number(),
      until: SimMs.nullable(),
      instant: z.boolean(),
    }),
    ended: z.strictObject({ id: z.string(), title: z.string(), byHand: z.boolean() }),
  },
  /** Game master only. */
  view: z.strictObject({
    running: z.array(RunningFault),
    catalogue: z.array(FaultInfo),
    targets: z.array(FaultTarget),
  }),
}
