import { useView } from '../../store/table.ts'
import { Icon } from '../../ui/Icon.tsx'
import { cx } from '../../ui/cx.ts'
import styles from './bar.module.css'

/** What was declared, and who commands. */
export function SeverityLine() {
  const response = useView('response')
  const commanders = useView('seats')?.seats.filter((s) => s.roles.includes('commander')) ?? []
  if (!response) return null
  const { declared, stoodDownAt } = response
  const who = commanders.map((s) => s.name).join(', ')
  return (
    <span className={styles.severity} title={declared?.title}>
      {declared ? (
        <strong className={cx(styles.sev, stoodDownAt !== null && styles.over)}>
          <Icon name="flag" /> {declared.severity}
          {stoodDownAt !== null && ' stood down'}
        </strong>
      ) : (
        <span>No incident</span>
      )}
      <span className={styles.commander}>{who === '' ? 'nobody commands' : `${who} commands`}</span>
    </span>
  )
}
