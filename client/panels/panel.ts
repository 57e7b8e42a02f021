import type { ComponentType } from 'react'
import type { IconName } from '../ui/Icon.tsx'
import type { MiddleTab, RightTab } from './deskState.ts'

type PanelId = MiddleTab | RightTab

/** One tile of a desk: what it is called, the key that turns to it, and what it draws. */
export interface Panel {
  readonly id: PanelId
  readonly title: string
  readonly icon: IconName
  /** The key that turns to it, as the keyboard says it. */
  readonly shortcut: string
  readonly Component: ComponentType
}
