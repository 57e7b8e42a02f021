import type { Phase } from '../../shared/roles.ts'

/** What people call a phase. */
export const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  lobby: 'Lobby',
  briefing: 'Briefing',
  running: 'Running',
  paused: 'Paused',
  'hot-wash': 'Hot wash',
  closed: 'Closed',
}
