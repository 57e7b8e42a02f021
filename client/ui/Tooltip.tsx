import { useId, useState, type ReactNode } from 'react'
import styles from './Tooltip.module.css'

/** A short explanation beside what it explains: on hover and on focus, gone with Esc, readable under the pointer. */
export function Tooltip({ text, children }: { readonly text: ReactNode; readonly children: ReactNode }) {
  const id = useId()
  const [open, setOpen] = useState(false)
  return (
    <span
      className={styles.around}
      aria-describedby={open ? id : undefined}
      onPointerEnter={() => setOpen(true)}
      onPointerLeave={() => setOpen(false)}
      onFocus={() => setOpen(true)}
      onBlur={() => setOpen(false)}
      onKeyDown={(e) => {
        if (e.key === 'Escape') setOpen(false)
      }}
    >
      {children}
      {open && (
        <span id={id} role="tooltip" className={styles.tip}>
          {text}
        </span>
      )}
    </span>
  )
}
