import { useStore } from 'zustand'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import { cx } from './cx.ts'
import { dismissToast, toastStore } from './toasts.ts'
import styles from './Toasts.module.css'

/** The corner where short notices appear; read aloud as they come. */
export function Toasts() {
  const { toasts } = useStore(toastStore)
  return (
    <div className={styles.corner} role="log" aria-live="assertive" aria-label="Notices">
      {toasts.map((t) => (
        <div key={t.id} className={cx(styles.toast, styles[t.level])}>
          <Icon name={t.level} />
          <p>{t.text}</p>
          <IconButton icon="cross" label="Dismiss" size="small" onClick={() => dismissToast(t.id)} />
        </div>
      ))}
    </div>
  )
}
