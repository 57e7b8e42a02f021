import type { AlertView } from '../../../shared/contracts/alerts.ts'
import type { SeatId } from '../../../shared/ids.ts'
import { send } from '../../net/send.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { clock, duration } from '../../ui/format.ts'
import { openPlaybook } from '../deskState.ts'
import { SEVERITY_WORDS } from './sortAlerts.ts'
import styles from './alerts.module.css'

const ICONS = { page: 'bell', ticket: 'warning', info: 'info' } as const

/** One firing of one alerting rule: since when, who took it, where it leads. */
export function AlertCard({
  alert,
  now,
  seatName,
  readOnly,
}: {
  readonly alert: AlertView
  readonly now: number
  readonly seatName: (id: SeatId | null) => string
  readonly readOnly: boolean
}) {
  const { playbook, acknowledged } = alert
  const firing = alert.state === 'firing'
  const isNew = firing && alert.severity === 'page' && acknowledged === null
  return (
    <li
      className={styles.card}
      data-severity={alert.severity}
      data-state={alert.state}
      data-new={isNew || undefined}
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
      <h3 className={styles.title}>{alert.title}</h3>
      {firing && <p className={styles.text}>{alert.description}</p>}
      {acknowledged && (
        <p className={styles.taken}>
          <Icon name="check" /> {seatName(acknowledged.by)} took it at {clock(acknowledged.at)}
        </p>
      )}
      {firing && (
        <div className={styles.acts}>
          {!acknowledged && !readOnly && (
            <Button
              size="small"
              kind={alert.severity === 'page' ? 'primary' : 'plain'}
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
        </div>
      )}
    </li>
  )
}
