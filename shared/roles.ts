import { z } from 'zod'

/** What a seat may be. A seat holds one or more; the first decides which shared view it gets. */
export const ROLES = ['gm', 'commander', 'operations', 'communications', 'scribe', 'observer'] as const
export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>

/** The roles a person can take by join code. The game master's seat is only ever given by hosting. */
export const PLAYER_ROLES = ['commander', 'operations', 'communications', 'scribe', 'observer'] as const
export const PlayerRole = z.enum(PLAYER_ROLES)
export type PlayerRole = z.infer<typeof PlayerRole>

/** The words people read, in one place for both sides. */
export const ROLE_INFO: Readonly<Record<Role, { readonly title: string; readonly does: string }>> = {
  gm: {
    title: 'Game master',
    does: 'Runs the exercise: sees the whole truth, sets the pace, delivers injects.',
  },
  commander: {
    title: 'Incident commander',
    does: 'Coordinates: declares the incident, sets its severity, approves actions. Does not operate.',
  },
  operations: {
    title: 'Operations',
    does: 'Hands on the system: investigates, proposes and carries out mitigations.',
  },
  communications: {
    title: 'Communications',
    does: 'Speaks to customers and stakeholders: status page and updates, on time.',
  },
  scribe: { title: 'Scribe', does: 'Keeps the timeline: what was seen, decided and done, and when.' },
  observer: {
    title: 'Observer',
    does: 'Sees what players see, keeps quiet, speaks to the game master only.',
  },
}

export const PHASES = ['lobby', 'briefing', 'running', 'paused', 'hot-wash', 'closed'] as const
export const Phase = z.enum(PHASES)
export type Phase = z.infer<typeof Phase>
