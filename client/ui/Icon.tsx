import { ICONS } from './icons.ts'
import styles from './Icon.module.css'

export type IconName = keyof typeof ICONS

/** A line drawing as tall as the words beside it. Without `label` it is decoration and not read aloud. */
export function Icon({ name, label }: { readonly name: IconName; readonly label?: string }) {
  return (
    <svg
      className={styles.icon}
      viewBox="0 0 24 24"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <path d={ICONS[name]} />
    </svg>
  )
}
