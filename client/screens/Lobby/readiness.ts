import type { Seat } from '../../../shared/contracts/seats.ts'
import { PLAYER_ROLES, ROLE_INFO, type PlayerRole } from '../../../shared/roles.ts'
import type { SeatId } from '../../../shared/ids.ts'

/** Places without which a table is slower; observers are guests. */
const WANTED: readonly PlayerRole[] = PLAYER_ROLES.filter((r) => r !== 'observer')

/** What is not yet as it could be, in sentences. None of it keeps anybody from starting. */
export function readiness(seats: readonly Seat[], here: readonly SeatId[]): string[] {
  const players = seats.filter((s) => !s.roles.includes('gm'))
  const missing = WANTED.filter((role) => !seats.some((s) => s.roles.includes(role)))
  const quiet = players.filter((s) => here.includes(s.id) && !s.heard)
  const away = players.filter((s) => !here.includes(s.id))
  const names = (list: readonly Seat[]) => list.map((s) => s.name).join(', ')
  return [
    ...(missing.length > 0
      ? [`No one sits at: ${missing.map((r) => ROLE_INFO[r].title.toLowerCase()).join(', ')}.`]
      : []),
    ...(quiet.length > 0 ? [`Not yet confirmed that they hear everyone: ${names(quiet)}.`] : []),
    ...(away.length > 0 ? [`Away: ${names(away)}.`] : []),
  ]
}
