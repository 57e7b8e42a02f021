import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Tabs.module.css'

export interface Tab<V extends string> {
  readonly value: V
  readonly title: ReactNode
  /** Drawn after the title: a count, a mark. */
  readonly mark?: ReactNode
}

/** Pages of which one shows. Arrow keys, Home and End move; the page is drawn by `children`, given the chosen value. */
export function Tabs<V extends string>({
  label,
  tabs,
  value,
  onPick,
  children,
  className,
}: {
  readonly label: string
  readonly tabs: readonly Tab<V>[]
  readonly value: V
  readonly onPick: (value: V) => void
  readonly children: ReactNode
  readonly className?: string
}) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const move = (e: KeyboardEvent) => {
    const at = tabs.findIndex((t) => t.value === value)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[e.key]
    const next = to === undefined ? undefined : tabs.at(to % tabs.length)
    if (!next) return
    e.preventDefault()
    onPick(next.value)
    list.current?.querySelectorAll<HTMLElement>('[role=tab]').item(tabs.indexOf(next)).focus()
  }
  return (
    <div className={cx(styles.tabs, className)}>
      <div className={styles.list} role="tablist" aria-label={label} ref={list} onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.value}
            id={`${id}-${tab.value}`}
            type="button"
            role="tab"
            className={styles.tab}
            aria-selected={tab.value === value}
            aria-controls={`${id}-page`}
            tabIndex={tab.value === value ? 0 : -1}
            onClick={() => onPick(tab.value)}
          >
            {tab.title}
            {tab.mark}
          </button>
        ))}
      </div>
      <div
        id={`${id}-page`}
        className={styles.page}
        role="tabpanel"
        aria-labelledby={`${id}-${value}`}
        tabIndex={0}
      >
        {children}
      </div>
    </div>
  )
}
