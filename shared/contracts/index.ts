import { z } from 'zod'
import { alerts } from './alerts.ts'
import { comms } from './comms.ts'
import { faults } from './faults.ts'
import { hints } from './hints.ts'
import { hotwash } from './hotwash.ts'
import { incident } from './incident.ts'
import { injects } from './injects.ts'
import { lifecycle } from './lifecycle.ts'
import { mitigations } from './mitigations.ts'
import { notes } from './notes.ts'
import { objectives } from './objectives.ts'
import { playbooks } from './playbooks.ts'
import { response } from './response.ts'
import { seats } from './seats.ts'
import { system } from './system.ts'
import { timeline } from './timeline.ts'

/** What each mechanic says to the world: commands it takes, facts it states, what a role (and one seat) sees of it. */
export interface Contract {
  readonly commands: Readonly<Record<string, z.ZodType>>
  readonly facts: Readonly<Record<string, z.ZodType>>
  readonly view: z.ZodType
  readonly mine?: z.ZodType
}

/** Every mechanic's contract, in the order in which they react to one another's facts. */
export const contracts = {
  lifecycle,
  seats,
  incident,
  system,
  objectives,
  alerts,
  mitigations,
  playbooks,
  injects,
  faults,
  hints,
  comms,
  response,
  notes,
  hotwash,
  timeline,
} satisfies Record<string, Contract>

export type Contracts = typeof contracts
export type MechanicName = keyof Contracts
export const MECHANICS = Object.keys(contracts) as readonly MechanicName[]

// An empty strict object is inferred as "any key, never a value", which would forbid the tag itself.
type Body<S> = S extends z.ZodType ? (string extends keyof z.infer<S> ? unknown : z.infer<S>) : never
type Tagged<M extends MechanicName, P extends 'commands' | 'facts'> = {
  [K in keyof Contracts[M][P] & string]: { type: `${M}.${K}` } & Body<Contracts[M][P][K]>
}[keyof Contracts[M][P] & string]

/** What a person may ask of one mechanic: `{ type: 'alerts.acknowledge', alert }`. */
export type CommandOf<M extends MechanicName> = Tagged<M, 'commands'>
export type Command = { [M in MechanicName]: CommandOf<M> }[MechanicName]
/** What happened, in one mechanic's words: `{ type: 'alerts.acknowledged', … }`. */
export type FactOf<M extends MechanicName> = Tagged<M, 'facts'>
export type Fact = { [M in MechanicName]: FactOf<M> }[MechanicName]

export type ViewOf<M extends MechanicName> = z.infer<Contracts[M]['view']>
export type MineOf<M extends MechanicName> = Contracts[M] extends { readonly mine: z.ZodType }
  ? z.infer<Contracts[M]['mine']>
  : never
type WithMine = {
  [M in MechanicName]: Contracts[M] extends { readonly mine: z.ZodType } ? M : never
}[MechanicName]

/** What a role may know: a part is missing where the role sees nothing of it. */
export type RoleView = { readonly [M in MechanicName]?: ViewOf<M> }
/** What one seat alone may know. */
export type SeatView = { readonly [M in WithMine]?: MineOf<M> }

export type Parsed =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly code: 'malformed' | 'unknown-command'; readonly where: string }

/** Reads a command off the wire. Never throws; says where it is wrong, never echoes the input. */
export function parseCommand(raw: unknown): Parsed {
  const tagged = z.looseObject({ type: z.string().max(64) }).safeParse(raw)
  if (!tagged.success) return { ok: false, code: 'malformed', where: 'type' }
  const { type, ...rest } = tagged.data
  const [mechanic = '', name = '', more] = type.split('.')
  const commands: Readonly<Record<string, z.ZodType>> = Object.hasOwn(contracts, mechanic)
    ? contracts[mechanic as MechanicName].commands
    : {}
  const schema = more === undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!schema) return { ok: false, code: 'unknown-command', where: 'type' }
  const body = schema.safeParse(rest)
  if (!body.success) {
    return { ok: false, code: 'malformed', where: body.error.issues[0]?.path.join('.').slice(0, 80) ?? '' }
  }
  // The tag and its body were just parsed by the schema that belongs to it.
  return { ok: true, command: { type, ...(body.data as object) } as Command }
}
