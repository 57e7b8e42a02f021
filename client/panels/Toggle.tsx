import type { ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import form from './form.module.css'

/** A small button that stays pressed. */
export function Toggle({
  pressed,
  onPress,
  children,
}: {
  readonly pressed: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}) {
  return (
    <Button size="small" kind="quiet" className={form.toggle} aria-pressed={pressed} onClick={onPress}>
      {children}
    </Button>
  )
}
