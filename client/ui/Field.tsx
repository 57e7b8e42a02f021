import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from 'react'
import styles from './Field.module.css'

interface Worded {
  readonly label: ReactNode
  /** One line below the input. */
  readonly hint?: ReactNode
  /** What is wrong and what to do; announced when it appears. */
  readonly error?: ReactNode
}

/** The words around an input: label, hint and error, tied to it for assistive technology. */
function Labelled({
  label,
  hint,
  error,
  children,
}: Worded & {
  readonly children: (wiring: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode
}) {
  const id = useId()
  const described = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`]
    .filter(Boolean)
    .join(' ')
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        ...(described !== '' && { 'aria-describedby': described }),
        ...(error !== undefined && { 'aria-invalid': true as const }),
      })}
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      <div role="alert">
        {error !== undefined && (
          <p id={`${id}-error`} className={styles.error}>
            {error}
          </p>
        )}
      </div>
    </div>
  )
}

export interface FieldProps extends InputHTMLAttributes<HTMLInputElement>, Worded {
  readonly ref?: Ref<HTMLInputElement>
}

/** One line of text with its label. */
export function Field({ label, hint, error, className, ...rest }: FieldProps) {
  return (
    <Labelled label={label} {...(hint !== undefined && { hint })} {...(error !== undefined && { error })}>
      {(wiring) => (
        <input className={[styles.input, className].filter(Boolean).join(' ')} {...wiring} {...rest} />
      )}
    </Labelled>
  )
}
