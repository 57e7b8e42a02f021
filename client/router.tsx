import { useMemo, useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent } from 'react'
import { ExerciseId, SeatId } from '../shared/ids.ts'

export type Route =
  | { readonly screen: 'home' }
  | { readonly screen: 'library'; readonly lead: 'human' | 'automatic' }
  | { readonly screen: 'host'; readonly lead: 'human' | 'automatic'; readonly scenario: string }
  | { readonly screen: 'join'; readonly code: string | null }
  | { readonly screen: 'exercise'; readonly exercise: ExerciseId; readonly seat: SeatId }
  | { readonly screen: 'not-found' }

/** What a path of this site stands for. Never throws. */
export function parseRoute(path: string): Route {
  let parts: string[]
  try {
    parts = path.split('/').filter(Boolean).map(decodeURIComponent)
  } catch {
    return { screen: 'not-found' }
  }
  const [head, one, two, more] = parts
  if (more !== undefined) return { screen: 'not-found' }
  if (head === undefined) return { screen: 'home' }
  if ((head === 'host' || head === 'practise') && two === undefined) {
    const lead = head === 'host' ? 'human' : 'automatic'
    return one === undefined ? { screen: 'library', lead } : { screen: 'host', lead, scenario: one }
  }
  if (head === 'join' && two === undefined) return { screen: 'join', code: one ?? null }
  if (head === 'x') {
    const exercise = ExerciseId.safeParse(one)
    const seat = SeatId.safeParse(two)
    if (exercise.success && seat.success)
      return { screen: 'exercise', exercise: exercise.data, seat: seat.data }
  }
  return { screen: 'not-found' }
}

let moved = false
/** Whether the person went from one page of this site to another since it was loaded. */
export const hasMoved = (): boolean => moved

const listeners = new Set<() => void>()
const changed = () => {
  moved = true
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  const back = () => {
    moved = true
    listener()
  }
  window.addEventListener('popstate', back)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', back)
  }
}

/** Goes to a path of this site. `replace` leaves no step back to where one was. */
export function navigate(path: string, { replace = false }: { replace?: boolean } = {}): void {
  if (replace) history.replaceState(null, '', path)
  else history.pushState(null, '', path)
  window.scrollTo(0, 0)
  changed()
}

/** Where the page is; re-renders when that changes. */
export function useRoute(): Route {
  const path = useSyncExternalStore(subscribe, () => location.pathname)
  return useMemo(() => parseRoute(path), [path])
}

/** A link within this site; with a modifier key it opens apart, as links do. */
export function Link({
  to,
  onClick,
  children,
  ...rest
}: AnchorHTMLAttributes<HTMLAnchorElement> & { readonly to: string }) {
  return (
    <a
      href={to}
      onClick={(e: MouseEvent<HTMLAnchorElement>) => {
        onClick?.(e)
        if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return
        e.preventDefault()
        navigate(to)
      }}
      {...rest}
    >
      {children}
    </a>
  )
}
