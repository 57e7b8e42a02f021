import { cx } from './cx.ts'
import type { StatusLevel } from './Status.tsx'
import styles from './ProgressBar.module.css'

/** A share from 0 to 1 as a bar; `label` says of what. Null is not known and drawn as such. */
export function ProgressBar({
  value,
  label,
  level,
}: {
  readonly value: number | null
  readonly label: string
  readonly level?: StatusLevel
}) {
  const share = value === null ? 0 : Math.min(1, Math.max(0, value))
  return (
    <div
      className={cx(styles.bar, value === null && styles.unknown, level && styles[level])}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(value === null ? { 'aria-valuetext': 'unknown' } : { 'aria-valuenow': Math.round(share * 100) })}
    >
      <span style={{ width: `${share * 100}%` }} />
    </div>
  )
}
