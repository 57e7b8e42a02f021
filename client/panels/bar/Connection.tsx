import { useTable } from '../../store/table.ts'
import { Icon } from '../../ui/Icon.tsx'
import styles from './bar.module.css'

/** Says when the line is down; nothing needs saying while it is up. */
export function Connection() {
  const status = useTable((t) => t.status)
  const down = status === 'reconnecting' || status === 'connecting'
  return (
    <span className={styles.connection} role="status">
      {down && (
        <span
          className={styles.down}
          title="What you see is from before. What you do now is sent when the line is back."
        >
          <Icon name="offline" /> Reconnecting…
        </span>
      )}
    </span>
  )
}
