import { useSeatName, useView } from '../../store/table.ts'
import { Icon } from '../../ui/Icon.tsx'
import styles from './bar.module.css'

/** Stands over everything after somebody stopped the exercise for a real incident, until it is resumed. */
export function StoppedLine() {
  const stopped = useView('lifecycle')?.stopped
  const seatName = useSeatName()
  if (!stopped) return null
  return (
    <p className={styles.stopped} role="alert">
      <Icon name="stop" />
      <span>
        <strong>Stopped for a real incident</strong> by {seatName(stopped.by)}.
        {stopped.note !== '' && ` “${stopped.note}”`} The exercise is kept and can be resumed another day.
      </span>
    </p>
  )
}
