import type { Fact } from '../../../shared/contracts/index.ts'
import type { ExerciseRecord } from '../../../shared/record.ts'
import type { Role } from '../../../shared/roles.ts'
import type { TimedFact } from '../input.ts'

/** How many players were heard, and how many of the roles they held were lived. */
export interface Teamwork {
  readonly players: number
  readonly heard: number
  readonly held: number
  readonly kept: number
}

type Duty = Exclude<Role, 'gm' | 'observer'>
/** What each role leaves in the log when somebody does its part. Reading is free and leaves no voice. */
const OWN: Readonly<Record<Duty, readonly Fact['type'][]>> = {
  commander: [
    'response.declared',
    'response.severity-changed',
    'response.stood-down',
    'mitigations.approved',
    'mitigations.declined',
  ],
  operations: [
    'alerts.acknowledged',
    'alerts.silenced',
    'mitigations.proposed',
    'mitigations.started',
    'mitigations.reverted',
  ],
  communications: ['comms.updated'],
  scribe: ['timeline.added'],
}
const VOICES: readonly Fact['type'][] = [
  ...Object.values(OWN).flat(),
  'comms.said',
  'playbooks.flagged',
  'mitigations.withdrawn',
]
const DUTIES = Object.keys(OWN) as readonly Duty[]

/** Counts over the people who play: neither the game master nor those who only observe. */
export function teamworkOf(facts: readonly TimedFact[], seats: ExerciseRecord['seats']): Teamwork {
  const players = seats.filter((s) => s.roles.some((r) => r !== 'gm' && r !== 'observer'))
  const did = (types: readonly Fact['type'][], ids: readonly string[]) =>
    facts.some((f) => f.seat !== null && ids.includes(f.seat) && types.includes(f.fact.type))
  const holders = (role: Duty) => players.filter((p) => p.roles.includes(role)).map((p) => p.id)
  const held = DUTIES.filter((role) => holders(role).length > 0)
  return {
    players: players.length,
    heard: players.filter((p) => did(VOICES, [p.id])).length,
    held: held.length,
    kept: held.filter((role) => did(OWN[role], holders(role))).length,
  }
}
