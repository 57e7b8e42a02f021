import { useEffect, useRef } from 'react'
import type { Phase } from '../../../shared/roles.ts'
import { useView } from '../../store/table.ts'
import { toast } from '../../ui/toasts.ts'
import { announce } from '../../ui/announce.ts'

const NEWS: Readonly<Record<Phase, string>> = {
  lobby: 'You are in the lobby.',
  briefing: 'The briefing has begun.',
  running: 'The clock is running.',
  paused: 'The exercise is paused.',
  'hot-wash': 'Play is over. The hot wash has begun.',
  closed: 'The exercise is closed.',
}

/** Says a change of phase aloud, and moves to the top of the new screen. */
export function usePhaseNews(): void {
  const phase = useView('lifecycle')?.phase
  const before = useRef<Phase | undefined>(undefined)
  useEffect(() => {
    if (phase === undefined) return
    if (before.current !== undefined && before.current !== phase) {
      announce(NEWS[phase])
      // Play may end by itself, in the middle of a thought: the new screen says why it is there.
      if (phase === 'hot-wash') toast(NEWS[phase], 'good')
      if (!(phase === 'running' && before.current === 'paused') && phase !== 'paused') window.scrollTo(0, 0)
    }
    before.current = phase
  }, [phase])
}
