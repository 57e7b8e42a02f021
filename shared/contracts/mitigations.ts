import { z } from 'zod'
import { SeatId, SimMs } from '../ids.ts'
import { PlayerRole } from '../roles.ts'
import { line, typedOrEmpty } from '../text.ts'

export const RUN_STATES = [
  'proposed',
  'approved',
  'declined',
  'withdrawn',
  'in-progress',
  'done',
  'failed',
  'reverted',
] as const
export const RunState = z.enum(RUN_STATES)
export type RunState = z.infer<typeof RunState>

/** What stands in the playbook step a player cites. */
export const Cite = z.strictObject({ book: z.string().max(64), step: z.string().max(80) })
export type Cite = z.infer<typeof Cite>

export const ParamValue = z.union([z.number(), z.string().max(64)])
export const Params = z.record(z.string().max(64), ParamValue)
export type Params = z.infer<typeof Params>

export const ParamInfo = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('number'),
    id: z.string(),
    title: z.string(),
    unit: z.string(),
    min: z.number(),
    max: z.number(),
    step: z.number(),
    default: z.number(),
  }),
  z.strictObject({
    kind: z.literal('choice'),
    id: z.string(),
    title: z.string(),
    options: z.array(z.strictObject({ value: z.string(), title: z.string() })).min(1),
    default: z.string(),
  }),
])
export type ParamInfo = z.infer<typeof ParamInfo>

export const Modifier = z.strictObject({ why: z.string(), value: z.number() })
export const Odds = z.strictObject({
  dc: z.number().int(),
  modifiers: z.array(Modifier),
  /** 1 rolls two and keeps the better, -1 the worse. */
  advantage: z.number().int().min(-1).max(1),
  /** Probability of success, 0 to 1, everything counted. */
  chance: z.number().min(0).max(1),
})
export type Odds = z.infer<typeof Odds>
export const Roll = z.strictObject({
  dice: z.array(z.number().int().min(1).max(20)),
  total: z.number(),
  success: z.boolean(),
})
export type Roll = z.infer<typeof Roll>

export const MitigationClass = z.enum(['right', 'neutral', 'tempting', 'wrong'])

export const RunView = z.strictObject({
  id: z.string(),
  mitigation: z.string(),
  title: z.string(),
  params: Params,
  by: SeatId,
  reason: z.string(),
  cite: Cite.nullable(),
  state: RunState,
  proposedAt: SimMs,
  decided: z.strictObject({ by: SeatId.nullable(), at: SimMs, why: z.string() }).nullable(),
  odds: Odds,
  /** Null while unrolled, and for players when the dice are behind the screen. */
  roll: Roll.nullable(),
  startedAt: SimMs.nullable(),
  endsAt: SimMs.nullable(),
  endedAt: SimMs.nullable(),
  result: z.string(),
  revertible: z.boolean(),
})
export type RunView = z.infer<typeof RunView>

export const MitigationInfo = z.strictObject({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  diagnostic: z.boolean(),
  component: z.string().nullable(),
  params: z.array(ParamInfo),
  durationMs: z.number(),
  roles: z.array(PlayerRole),
  /** Null when it can be proposed now; otherwise the visible reason why not. */
  unavailable: z.string().nullable(),
  /** Playbook steps that link here. */
  steps: z.array(Cite),
  /** What the dice would say, uncited, before anybody's bonus. */
  odds: Odds,
  /** What the dice would say for a proposal citing a step. */
  oddsCited: Odds,
  /** Game master only, until the debrief. */
  class: MitigationClass.optional(),
})
export type MitigationInfo = z.infer<typeof MitigationInfo>

/** Actions on the system, from proposal to result. */
export const mitigations = {
  commands: {
    propose: z.strictObject({
      mitigation: z.string().max(64),
      params: Params,
      reason: typedOrEmpty(280),
      cite: Cite.nullable(),
    }),
    approve: z.strictObject({
      run: z.string().max(32),
      dc: z.number().int().min(1).max(30).optional(),
      /** For good reasoning. */
      bonus: z.number().int().min(0).max(2).optional(),
      advantage: z.number().int().min(-1).max(1).optional(),
    }),
    decline: z.strictObject({ run: z.string().max(32), why: line(280) }),
    /** The proposer takes it back before committing. */
    withdraw: z.strictObject({ run: z.string().max(32) }),
    /** The proposer goes: odds are frozen, the die is rolled, work starts. */
    commit: z.strictObject({ run: z.string().max(32) }),
    revert: z.strictObject({ run: z.string().max(32) }),
  },
  facts: {
    proposed: z.strictObject({
      run: z.string(),
      mitigation: z.string(),
      title: z.string(),
      seat: SeatId,
      reason: z.string(),
      params: Params,
      cite: Cite.nullable(),
    }),
    approved: z.strictObject({
      run: z.string(),
      mitigation: z.string(),
      title: z.string(),
      seat: SeatId.nullable(),
    }),
    declined: z.strictObject({
      run: z.string(),
      mitigation: z.string(),
      title: z.string(),
      seat: SeatId,
      why: z.string(),
    }),
    withdrawn: z.strictObject({ run: z.string(), mitigation: z.string(), title: z.string(), seat: SeatId }),
    rolled: z.strictObject({
      run: z.string(),
      mitigation: z.string(),
      title: z.string(),
      seat: SeatId,
      odds: Odds,
      roll: Roll,
    }),
    started: z.strictObject({
      run: z.string(),
      mitigation: z.string(),
      title: z.string(),
      seat: SeatId,
      class: MitigationClass,
      params: Params,
      cite: Cite.nullable(),
    }),
    done: z.strictObject({
      run: z.string(),
      mitigation: z.string(),
      title: z.string(),
      seat: SeatId,
      class: MitigationClass,
      params: Params,
      reveals: z.string(),
    }),
    failed: z.strictObject({
      run: z.string(),
      mitigation: z.string(),
      title: z.string(),
      seat: SeatId,
      class: MitigationClass,
    }),
    reverted: z.strictObject({ run: z.string(), mitigation: z.string(), title: z.string(), seat: SeatId }),
  },
  view: z.strictObject({ catalogue: z.array(MitigationInfo), runs: z.array(RunView) }),
  /** What this seat could do right now with each run; the client draws buttons from it and decides nothing. */
  mine: z.strictObject({
    busyUntil: SimMs.nullable(),
    canPropose: z.array(z.string()),
    canApprove: z.array(z.string()),
    canCommit: z.array(z.string()),
    canWithdraw: z.array(z.string()),
    canRevert: z.array(z.string()),
  }),
}
