import { useEffect } from 'react'
import { exerciseNow } from '../../store/clock.ts'
import { PHASE_WORDS } from '../../store/phaseWords.ts'
import { tableStore, useTable } from '../../store/table.ts'
import { clock } from '../../ui/format.ts'

function write(): void {
  const { views, status } = tableStore.getState()
  const lifecycle = views?.role.lifecycle
  if (!lifecycle) return
  const { phase, codename } = lifecycle
  const when =
    phase === 'running'
      ? clock(exerciseNow())
      : phase === 'paused'
        ? `Paused ${clock(lifecycle.now)}`
        : PHASE_WORDS[phase]
  const severity =
    phase === 'running' || phase === 'paused' ? views?.role.response?.declared?.severity : undefined
  const parts = [status === 'reconnecting' && 'Reconnecting', when, severity, codename, 'EXERCISE'].filter(
    Boolean,
  )
  document.title = parts.join(' · ')
}

/** Keeps phase, clock and severity in the title of the browser's tab. */
export function useTitle(): void {
  const running = useTable((t) => t.views?.role.lifecycle?.phase === 'running')
  const lifecycle = useTable((t) => t.views?.role.lifecycle)
  const status = useTable((t) => t.status)
  const declared = useTable((t) => t.views?.role.response?.declared)
  useEffect(write, [lifecycle, status, declared])
  useEffect(() => {
    if (!running) return
    const timer = setInterval(write, 1000)
    return () => clearInterval(timer)
  }, [running])
}
