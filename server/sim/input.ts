import { z } from 'zod'
import type { Command, Fact } from '../../shared/contracts/index.ts'
import { Settings } from '../../shared/contracts/lifecycle.ts'
import type { LogLine } from '../../shared/frames.ts'
import { CommandId, SeatId, SimMs, WallMs } from '../../shared/ids.ts'
import type { RefusalCode } from '../../shared/refusals.ts'
import { Role } from '../../shared/roles.ts'
import type { World } from './world.ts'

const atWall = { wall: WallMs }

/** The first entry of every log: from it and the scenario the World is made. */
export const OpenInput = z.strictObject({
  type: z.literal('open'),
  ...atWall,
  name: z.string(),
  joinCode: z.string(),
  seed: z.number().int().min(0).max(0xffffffff),
  settings: Settings,
})
/** The server seats a person who came in by code or by hosting. */
export const JoinInput = z.strictObject({
  type: z.literal('join'),
  ...atWall,
  seat: SeatId,
  name: z.string(),
  roles: z.array(Role).min(1),
})
/** Exercise time moves on. Refused when it would go backwards or when the clock stands. */
export const AdvanceInput = z.strictObject({ type: z.literal('advance'), ...atWall, to: SimMs })
/** A person asks. `command` was parsed by its contract at the edge. */
export const CommandInput = z.strictObject({
  type: z.literal('command'),
  ...atWall,
  seat: SeatId,
  id: CommandId,
  command: z.custom<Command>((c) => typeof c === 'object' && c !== null),
})

/** All that `step` takes. Time is a field, never read from a clock. */
export const Input = z.discriminatedUnion('type', [OpenInput, JoinInput, AdvanceInput, CommandInput])
export type Input = z.infer<typeof Input>
export type OpenInput = z.infer<typeof OpenInput>

/** A fact with when it happened and through whom (null: the world itself). */
export interface TimedFact {
  readonly at: SimMs
  readonly wall: WallMs
  readonly seat: SeatId | null
  readonly fact: Fact
}

/** One row of telemetry: every metric of the model, in the model's order; null is unknown. `n` counts from 0. */
export interface Sample {
  readonly n: number
  readonly at: SimMs
  readonly values: readonly (number | null)[]
}

/**
 * What one input did. `samples`, `logs` and `evidence` (sampled requests and rows of heat maps, a line each) are the telemetry it
 * produced; they are not kept in the World.
 */
export interface Effected {
  readonly ok: true
  readonly world: World
  readonly facts: readonly TimedFact[]
  readonly samples: readonly Sample[]
  readonly logs: readonly LogLine[]
  readonly evidence: readonly string[]
}
export interface Refused {
  readonly ok: false
  readonly code: RefusalCode
  readonly where?: string
}
export type Stepped = Effected | Refused
