import type { ButtonHTMLAttributes, Ref } from 'react'
import { cx } from './cx.ts'
import styles from './Button.module.css'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary`: the one thing to do on this screen; `quiet`: without a frame; `danger`: hard to take back. */
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly size?: 'small' | 'medium' | 'large'
  readonly ref?: Ref<HTMLButtonElement>
}

/** A button that says what happens. Never submits a form unless told to. */
export function Button({
  kind = 'plain',
  size = 'medium',
  type = 'button',
  className,
  ...rest
}: ButtonProps) {
  return <button type={type} className={cx(styles.button, styles[kind], styles[size], className)} {...rest} />
}
