import { Icon } from './Icon.tsx'
import { cx } from './cx.ts'
import styles from './Status.module.css'

export type StatusLevel = 'good' | 'warning' | 'bad' | 'unknown'

/** How something is, by shape, word and colour together. */
export function Status({ level, word }: { readonly level: StatusLevel; readonly word: string }) {
  return (
    <span className={cx(styles.status, styles[level])}>
      <Icon name={level} />
      <span>{word}</span>
    </span>
  )
}
