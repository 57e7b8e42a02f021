import { useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

export type Theme = 'dark' | 'light' | 'system'

export interface Prefs {
  readonly theme: Theme
  /** Widths in pixels of resizable columns, by the column's name. */
  readonly columns: Readonly<Record<string, number>>
  /** The name this person gave last time. */
  readonly name: string
}

const KEPT = 'rfr.prefs'
const opening: Prefs = { theme: 'system', columns: {}, name: '' }

function kept(): Prefs {
  try {
    const raw: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '{}')
    const read = (key: string): unknown =>
      typeof raw === 'object' && raw !== null && key in raw ? Reflect.get(raw, key) : undefined
    const theme = read('theme')
    const columns = read('columns')
    const name = read('name')
    return {
      theme: theme === 'dark' || theme === 'light' ? theme : 'system',
      columns:
        typeof columns === 'object' && columns !== null
          ? Object.fromEntries(
              Object.entries(columns).filter((e): e is [string, number] => typeof e[1] === 'number'),
            )
          : {},
      name: typeof name === 'string' ? name : '',
    }
  } catch {
    // Storage may be forbidden or hold something else: preferences then start afresh.
    return opening
  }
}

/** What this browser remembers of how this person likes it. */
export const prefsStore = createStore<Prefs>(kept)

function apply({ theme }: Prefs): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
apply(prefsStore.getState())

prefsStore.subscribe((prefs) => {
  apply(prefs)
  try {
    localStorage.setItem(KEPT, JSON.stringify(prefs))
  } catch {
    // Private windows may refuse storage; the preferences last as long as the page.
    return
  }
})

export const usePrefs = <T>(select: (prefs: Prefs) => T): T => useStore(prefsStore, select)
export const setTheme = (theme: Theme): void => prefsStore.setState({ theme })
export const rememberName = (name: string): void => prefsStore.setState({ name })

/** The remembered width of a column in pixels, `fallback` until it was dragged, and how to set it. */
export function useColumn(name: string, fallback: number): readonly [number, (width: number) => void] {
  const width = usePrefs((p) => p.columns[name]) ?? fallback
  return [width, (to) => prefsStore.setState((p) => ({ columns: { ...p.columns, [name]: to } }))]
}

/** Whether a media query holds at the moment. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches,
  )
}
