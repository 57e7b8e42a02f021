import { useState } from 'react'
import type { AlertView } from '../../../shared/contracts/alerts.ts'
import { useExerciseNow } from '../../store/clock.ts'
import { useMine, useReadOnly, useSeatName, useView } from '../../store/table.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { AlertCard } from './AlertCard.tsx'
import { GroupHead } from './GroupHead.tsx'
import { SilenceForm, type SilenceTarget } from './SilenceForm.tsx'
import { Silences } from './Silences.tsx'
import { groupAlerts, sortAlerts } from './sortAlerts.ts'
import { useAlertCall } from './useAlertCall.ts'
import styles from './alerts.module.css'

const NONE: readonly AlertView[] = []

/** What fires, as it is told: groups, worst and longest first, each alert with its playbook; silences and what is over beneath. */
export function Alerts() {
  const view = useView('alerts')
  const alerts = view?.alerts ?? NONE
  const silences = view?.silences ?? []
  const now = useExerciseNow()
  const seatName = useSeatName()
  const readOnly = useReadOnly()
  const mine = useMine('alerts')
  const [unfolded, setUnfolded] = useState(false)
  const [asking, setAsking] = useState<SilenceTarget | null>(null)
  useAlertCall(alerts)
  const { firing, resolved } = sortAlerts(alerts)
  const together = groupAlerts(firing, view?.groups ?? [])
  const reachable = view?.reachable !== false
  const mayAcknowledge = !readOnly && mine?.mayAcknowledge === true
  const maySilence = !readOnly && mine?.maySilence === true
  const onSilence = maySilence ? setAsking : undefined
  const card = (alert: AlertView) => (
    <AlertCard key={alert.id} {...{ alert, now, seatName, mayAcknowledge, onSilence }} />
  )
  return (
    <section className={styles.alerts} aria-label="Alerts">
      <h2 className={styles.heading}>
        Alerts <span className={styles.count}>{firing.length > 0 ? `${firing.length} firing` : ''}</span>
      </h2>
      {!reachable && (
        <p className={styles.unreachable} role="status">
          <Icon name="unknown" /> The alert manager does not answer. Below is only what notifications said; it
          may be out of date.
        </p>
      )}
      {firing.length === 0 && reachable && (
        <EmptyState icon="check" title="Nothing is firing" text="Alerts appear here, pages first." />
      )}
      {view?.groupBy === 'none' && firing.length > 0 && <ul className={styles.list}>{firing.map(card)}</ul>}
      {view?.groupBy !== 'none' &&
        together.map((part) => (
          <section key={part.group.id} className={styles.together} aria-label={part.group.title}>
            <GroupHead
              together={part}
              mayAcknowledge={mayAcknowledge}
              silenced={silences.some((s) => s.target === 'group' && s.of === part.group.id)}
              onSilence={onSilence}
            />
            <ul className={styles.list}>{part.alerts.map(card)}</ul>
          </section>
        ))}
      <Silences silences={silences} now={now} seatName={seatName} mayEnd={maySilence} />
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
      {unfolded && <ul className={styles.list}>{resolved.map(card)}</ul>}
      {asking && <SilenceForm silence={asking} onClose={() => setAsking(null)} />}
    </section>
  )
}
