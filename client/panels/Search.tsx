import type { KeyboardEvent } from 'react'
import { cx } from '../ui/cx.ts'
import form from './form.module.css'

/** The search field of a panel; the key `/` goes to it, Escape empties it. */
export function Search({
  label,
  value,
  onChange,
  onKeyDown,
  className,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
  readonly className?: string | undefined
}) {
  return (
    <input
      type="search"
      data-search
      className={cx(form.input, className)}
      placeholder={label}
      aria-label={label}
      value={value}
      onChange={(e) => onChange(e.target.value)}
      onKeyDown={(e) => {
        if (e.key === 'Escape') onChange('')
        onKeyDown?.(e)
      }}
    />
  )
}
