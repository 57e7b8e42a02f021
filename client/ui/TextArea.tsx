import type { ReactNode, Ref, TextareaHTMLAttributes } from 'react'
import { Labelled } from './Field.tsx'
import { cx } from './cx.ts'
import styles from './Field.module.css'

/** Several lines of text with their label. Ctrl or ⌘ with Enter submits the form it stands in. */
export function TextArea({
  label,
  hint,
  error,
  onKeyDown,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly error?: ReactNode
  readonly ref?: Ref<HTMLTextAreaElement>
}) {
  return (
    <Labelled label={label} {...(hint !== undefined && { hint })} {...(error !== undefined && { error })}>
      {(wiring) => (
        <textarea
          className={cx(styles.input, styles.area)}
          onKeyDown={(e) => {
            if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) e.currentTarget.form?.requestSubmit()
            onKeyDown?.(e)
          }}
          {...wiring}
          {...rest}
        />
      )}
    </Labelled>
  )
}
