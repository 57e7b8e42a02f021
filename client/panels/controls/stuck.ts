import type { Message } from '../../../shared/contracts/comms.ts'
import type { ViewOf } from '../../../shared/contracts/index.ts'
import type { SeatId } from '../../../shared/ids.ts'

/** Exercise time without any act of the table after which a hint may help. */
export const STUCK_AFTER_MS = 5 * 60_000

interface Table {
  readonly phase: ViewOf<'lifecycle'>['phase']
  readonly now: number
  readonly entries: ViewOf<'timeline'>['entries']
  readonly channel: readonly Message[]
  readonly runs: ViewOf<'mitigations'>['runs']
  readonly players: readonly SeatId[]
  /** When the table could first know that something is wrong; null while nothing says so. */
  readonly knownSince: number | null
  readonly resolved: boolean
}

/**
 * How long nobody at the table has done anything, in exercise ms; null while they act, work is in progress, a request waits for
 * an answer, the clock stands, nothing has fired yet or the incident is over. Reading a playbook and talking count as
 * acting.
 */
export function stuckFor({
  phase,
  now,
  entries,
  channel,
  runs,
  players,
  knownSince,
  resolved,
}: Table): number | null {
  if (phase !== 'running' || players.length === 0 || knownSince === null || resolved) return null
  if (runs.some((r) => r.state === 'in-progress' || r.state === 'proposed')) return null
  const mine = new Set<SeatId | null>(players)
  const acts = [...entries, ...channel].filter((e) => e.seat !== null && mine.has(e.seat)).map((e) => e.at)
  const idle = now - Math.max(knownSince, ...acts)
  return idle >= STUCK_AFTER_MS ? idle : null
}
