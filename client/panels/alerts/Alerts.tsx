import { useState } from 'react'
import type { AlertView } from '../../../shared/contracts/alerts.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useExerciseNow } from '../../store/clock.ts'
import { useReadOnly, useSeatName, useView } from '../../store/table.ts'
import { AlertCard } from './AlertCard.tsx'
import { sortAlerts } from './sortAlerts.ts'
import { useAlertCall } from './useAlertCall.ts'
import styles from './alerts.module.css'

const NONE: readonly AlertView[] = []

/** What fires, worst and longest first, each with its playbook; what is over folded beneath. */
export function Alerts() {
  const alerts = useView('alerts')?.alerts ?? NONE
  const now = useExerciseNow()
  const seatName = useSeatName()
  const readOnly = useReadOnly()
  const [unfolded, setUnfolded] = useState(false)
  useAlertCall(alerts)
  const { firing, resolved } = sortAlerts(alerts)
  return (
    <section className={styles.alerts} aria-label="Alerts">
      <h2 className={styles.heading}>
        Alerts <span className={styles.count}>{firing.length > 0 ? `${firing.length} firing` : ''}</span>
      </h2>
      {firing.length === 0 && (
        <EmptyState icon="check" title="Nothing is firing" text="Alerts appear here, pages first." />
      )}
      <ul className={styles.list}>
        {firing.map((alert) => (
          <AlertCard key={alert.id} alert={alert} now={now} seatName={seatName} readOnly={readOnly} />
        ))}
      </ul>
      {resolved.length > 0 && (
        <button
          type="button"
          className={styles.fold}
          aria-expanded={unfolded}
          onClick={() => setUnfolded(!unfolded)}
        >
          {unfolded ? '▾' : '▸'} {resolved.length} resolved
        </button>
      )}
      {unfolded && (
        <ul className={styles.list}>
          {resolved.map((alert) => (
            <AlertCard key={alert.id} alert={alert} now={now} seatName={seatName} readOnly={readOnly} />
          ))}
        </ul>
      )}
    </section>
  )
}
