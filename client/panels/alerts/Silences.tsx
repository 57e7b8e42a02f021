import type { Silence } from '../../../shared/contracts/alerts.ts'
import type { SeatId } from '../../../shared/ids.ts'
import { send } from '../../net/send.ts'
import { Button } from '../../ui/Button.tsx'
import { duration } from '../../ui/format.ts'
import styles from './alerts.module.css'

/** What is kept quiet, by whom, why and for how much longer. */
export function Silences({
  silences,
  now,
  seatName,
  mayEnd,
}: {
  readonly silences: readonly Silence[]
  readonly now: number
  readonly seatName: (id: SeatId | null) => string
  readonly mayEnd: boolean
}) {
  if (silences.length === 0) return null
  return (
    <section className={styles.silences} aria-label="Silences">
      <h3 className={styles.groupTitle}>Silences</h3>
      <ul className={styles.list}>
        {silences.map((s) => (
          <li key={s.id} className={styles.silence}>
            <span className={styles.title}>
              {s.title}
              {s.target === 'group' ? ' (group)' : ''}
            </span>
            <p className={styles.mark}>
              {seatName(s.by)}, for another {duration(Math.max(0, s.until - now))}: {s.reason}
            </p>
            {mayEnd && (
              <Button
                size="small"
                kind="quiet"
                aria-label={`End the silence of ${s.title}`}
                onClick={() => void send({ type: 'alerts.unsilence', silence: s.id })}
              >
                End silence
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
