import { useEffect, useId, useRef, type ReactNode } from 'react'
import { IconButton } from './IconButton.tsx'
import { cx } from './cx.ts'
import styles from './Dialog.module.css'

const FIRST = 'div input:not([type=hidden]), div textarea, div select'

/**
 * A modal question over the page, the browser's own `<dialog>`: focus stays inside, Esc and the cross call `onClose`,
 * focus returns to where it was.
 */
export function Dialog({
  open,
  title,
  onClose,
  wide = false,
  children,
}: {
  readonly open: boolean
  readonly title: ReactNode
  readonly onClose: () => void
  readonly wide?: boolean
  readonly children: ReactNode
}) {
  const ref = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    const dialog = ref.current
    if (!open || !dialog || dialog.open) return
    const before = document.activeElement
    dialog.showModal()
    // The browser would begin at the cross; people begin with what they came to write.
    const first = dialog.querySelector<HTMLElement>(FIRST)
    const chosen = first?.matches('[type=radio]') && dialog.querySelector<HTMLElement>('[type=radio]:checked')
    ;(chosen || first)?.focus()
    return () => {
      dialog.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [open])
  if (!open) return null
  return (
    <dialog
      ref={ref}
      className={cx(styles.dialog, wide && styles.wide)}
      aria-labelledby={heading}
      onKeyDown={(e) => {
        // As everywhere where one writes: Ctrl or Cmd with Enter sends.
        if (e.key !== 'Enter' || !(e.ctrlKey || e.metaKey) || !(e.target instanceof HTMLElement)) return
        const form = e.target.closest('form')
        if (!form || e.defaultPrevented) return
        e.preventDefault()
        form.requestSubmit()
      }}
      onCancel={(e) => {
        if (e.target !== ref.current) return
        e.preventDefault()
        onClose()
      }}
    >
      <header className={styles.head}>
        <h2 id={heading}>{title}</h2>
        <IconButton icon="cross" label="Close" size="small" onClick={onClose} />
      </header>
      <div className={styles.body}>{children}</div>
    </dialog>
  )
}
