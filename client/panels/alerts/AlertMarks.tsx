import type { AlertView } from '../../../shared/contracts/alerts.ts'
import type { SeatId } from '../../../shared/ids.ts'
import { Icon } from '../../ui/Icon.tsx'
import { clock } from '../../ui/format.ts'
import styles from './alerts.module.css'

const times = (n: number) => (n === 1 ? '' : `, ${n} times`)

/** Who was told, who took it, and why it may be quiet: one line each. */
export function AlertMarks({
  alert,
  seatName,
}: {
  readonly alert: AlertView
  readonly seatName: (id: SeatId | null) => string
}) {
  const { acknowledged, silenced, inhibitedBy, notifiedAt, notices, severity } = alert
  return (
    <>
      {notifiedAt !== null && severity === 'page' && (
        <p className={styles.mark}>
          <Icon name="bell" /> On-call was paged at {clock(notifiedAt)}
          {times(notices)}
        </p>
      )}
      {acknowledged && (
        <p className={styles.mark}>
          <Icon name="check" /> {seatName(acknowledged.by)} took it at {clock(acknowledged.at)}
        </p>
      )}
      {silenced && (
        <p className={styles.mark}>
          <Icon name="clock" /> {seatName(silenced.by)} silenced it until {clock(silenced.until)}:{' '}
          {silenced.reason}
        </p>
      )}
      {inhibitedBy !== null && (
        <p className={styles.mark}>
          <Icon name="pause" /> Held back while “{inhibitedBy}” fires
        </p>
      )}
      {alert.flapping && (
        <p className={styles.mark}>
          <Icon name="refresh" /> Comes and goes (flapping): told once
        </p>
      )}
    </>
  )
}
