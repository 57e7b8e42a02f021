import type { AlertView } from '../../../shared/contracts/alerts.ts'
import type { SeatId } from '../../../shared/ids.ts'
import { send } from '../../net/send.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { clock, duration } from '../../ui/format.ts'
import { openPlaybook } from '../deskState.ts'
import { AlertMarks } from './AlertMarks.tsx'
import type { SilenceTarget } from './SilenceForm.tsx'
import { isQuiet, SEVERITY_WORDS } from './sortAlerts.ts'
import styles from './alerts.module.css'

const ICONS = { page: 'bell', ticket: 'warning', info: 'info' } as const

/** One firing of one alerting rule: since when, who was told and took it, where it leads. */
export function AlertCard({
  alert,
  now,
  seatName,
  mayAcknowledge,
  onSilence,
}: {
  readonly alert: AlertView
  readonly now: number
  readonly seatName: (id: SeatId | null) => string
  readonly mayAcknowledge: boolean
  /** Left out: this seat does not silence. */
  readonly onSilence?: ((target: SilenceTarget) => void) | undefined
}) {
  const { playbook, acknowledged, silenced } = alert
  const firing = alert.state === 'firing'
  const quiet = isQuiet(alert)
  const isNew = firing && alert.severity === 'page' && acknowledged === null && !quiet
  return (
    <li
      className={styles.card}
      data-severity={alert.severity}
      data-state={alert.state}
      data-new={isNew || undefined}
      data-quiet={(firing && quiet) || undefined}
    >
      <div className={styles.top}>
        <Icon name={firing ? ICONS[alert.severity] : 'check'} />
        <span className={styles.severity}>{firing ? SEVERITY_WORDS[alert.severity] : 'Resolved'}</span>
        <span className={styles.since} title={`since ${clock(alert.firedAt)}`}>
          {firing
            ? `for ${duration(Math.max(0, now - alert.firedAt))}`
            : `after ${duration((alert.resolvedAt ?? now) - alert.firedAt)}`}
        </span>
      </div>
      <h4 className={styles.title}>{alert.title}</h4>
      {firing && <p className={styles.text}>{alert.description}</p>}
      <AlertMarks alert={alert} seatName={seatName} />
      {firing && (
        <div className={styles.acts}>
          {!acknowledged && mayAcknowledge && (
            <Button
              size="small"
              kind={isNew ? 'primary' : 'plain'}
              onClick={() => void send({ type: 'alerts.acknowledge', alert: alert.id })}
            >
              Acknowledge
            </Button>
          )}
          {playbook && (
            <Button size="small" kind="quiet" onClick={() => openPlaybook(playbook)}>
              <Icon name="book" /> Open its playbook
            </Button>
          )}
          {!playbook && <span className={styles.none}>No playbook is linked</span>}
          {onSilence && !silenced && (
            <Button
              size="small"
              kind="quiet"
              aria-label={`Silence ${alert.title}`}
              onClick={() => onSilence({ target: 'rule', of: alert.rule, title: alert.title })}
            >
              Silence
            </Button>
          )}
        </div>
      )}
    </li>
  )
}
