import { useEffect, useRef, type ReactNode } from 'react'
import { hasMoved, Link } from '../router.tsx'
import { setTheme, usePrefs } from '../store/prefs.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { ThemeSwitch } from '../ui/ThemeSwitch.tsx'
import { cx } from '../ui/cx.ts'
import { openHelp } from '../ui/helpSheet.ts'
import styles from './Page.module.css'

/** The frame of a page outside an exercise: the name of the house, its content, its title in the browser's tab. */
export function Page({
  title,
  narrow = false,
  children,
}: {
  readonly title: string | null
  readonly narrow?: boolean
  readonly children: ReactNode
}) {
  const theme = usePrefs((p) => p.theme)
  useEffect(() => {
    document.title = title === null ? 'Roll for Recovery' : `${title} · Roll for Recovery`
  }, [title])
  const main = useRef<HTMLElement>(null)
  useEffect(() => {
    // The link that led here is gone: without this, a keyboard would start over at the top of the window.
    if (hasMoved() && document.activeElement === document.body) main.current?.focus({ preventScroll: true })
  }, [])
  return (
    <>
      <header className={styles.head}>
        <Link to="/" className={styles.brand}>
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <path d="M16 1.5 29 9v14l-13 7.5L3 23V9Z" className={styles.die} />
            <path
              d="M16 6.5 24.5 21h-17ZM3 9l4.5 12M29 9l-4.5 12M7.5 21 16 30.5 24.5 21M16 1.5v5"
              className={styles.edges}
            />
          </svg>
          Roll for Recovery
        </Link>
        <span className={styles.tools}>
          <ThemeSwitch theme={theme} onTheme={setTheme} />
          <IconButton icon="help" label="Help and keys" onClick={openHelp} />
        </span>
      </header>
      <main ref={main} id="content" tabIndex={-1} className={cx(styles.main, narrow && styles.narrow)}>
        {children}
      </main>
    </>
  )
}
