import type { ReactNode, SelectHTMLAttributes } from 'react'
import { Labelled } from './Field.tsx'
import { cx } from './cx.ts'
import styles from './Field.module.css'

/** One of several, the browser's own way. `onPick` is given the value of the option. */
export function Select<V extends string>({
  label,
  hint,
  options,
  value,
  onPick,
  ...rest
}: Omit<SelectHTMLAttributes<HTMLSelectElement>, 'value' | 'onChange'> & {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly options: readonly { readonly value: V; readonly title: string }[]
  readonly value: V
  readonly onPick: (value: V) => void
}) {
  return (
    <Labelled label={label} {...(hint !== undefined && { hint })}>
      {(wiring) => (
        <select
          className={cx(styles.input, styles.select)}
          value={value}
          onChange={(e) => {
            const picked = options.find((o) => o.value === e.target.value)
            if (picked) onPick(picked.value)
          }}
          {...wiring}
          {...rest}
        >
          {options.map((o) => (
            <option key={o.value} value={o.value}>
              {o.title}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}
