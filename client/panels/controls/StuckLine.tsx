import { useState } from 'react'
import { useExerciseNow } from '../../store/clock.ts'
import { useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { useAct } from '../useAct.ts'
import { stuckFor } from './stuck.ts'
import styles from './controls.module.css'

/** Says when the table has not acted for a while; and the next hint, which can be given at any time of play. */
export function StuckLine() {
  const lifecycle = useView('lifecycle')
  const hints = useView('hints')
  const entries = useView('timeline')?.entries ?? []
  const channel = useView('comms')?.channel ?? []
  const runs = useView('mitigations')?.runs ?? []
  const seats = useView('seats')?.seats ?? []
  const alerts = useView('alerts')?.alerts ?? []
  const declared = useView('response')?.declared ?? null
  const resolved = (useView('incident')?.resolvedAt ?? null) !== null
  const now = useExerciseNow()
  const [whole, setWhole] = useState(false)
  const { busy, act } = useAct()
  if (!lifecycle || (lifecycle.phase !== 'running' && lifecycle.phase !== 'paused')) return null
  const players = seats.filter((s) => !s.roles.includes('gm')).map((s) => s.id)
  const signs = [...alerts.flatMap((a) => a.notifiedAt ?? []), ...(declared ? [declared.at] : [])]
  const idle = stuckFor({
    phase: lifecycle.phase,
    now,
    entries,
    channel,
    runs,
    players,
    knownSince: signs.length === 0 ? null : Math.min(...signs),
    resolved,
  })
  const next = hints?.next ?? null
  const number = (hints?.given.length ?? 0) + 1
  return (
    <div className={styles.stuck} data-stuck={idle !== null || undefined}>
      {idle !== null && (
        <p role="status">
          <Icon name="warning" /> The table is stuck: {Math.floor(idle / 60_000)} min without an action.
        </p>
      )}
      {next === null ? (
        <p className={styles.hint}>No hint is left.</p>
      ) : (
        <>
          <button
            type="button"
            className={styles.hint}
            title={next}
            aria-expanded={whole}
            onClick={() => setWhole(!whole)}
          >
            Hint {number}: {next}
          </button>
          <Button
            size="small"
            kind={idle !== null ? 'primary' : 'plain'}
            disabled={busy}
            onClick={() => void act({ type: 'hints.give' })}
          >
            <Icon name="lightbulb" /> Give hint {number}
          </Button>
        </>
      )}
    </div>
  )
}
