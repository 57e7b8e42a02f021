import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Badge.module.css'

/** A word or a number set apart. */
export function Badge({
  tone = 'plain',
  children,
}: {
  readonly tone?: 'plain' | 'accent' | 'good' | 'warning' | 'bad'
  readonly children: ReactNode
}) {
  return <span className={cx(styles.badge, styles[tone])}>{children}</span>
}
