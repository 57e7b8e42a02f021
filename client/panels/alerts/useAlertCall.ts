import { useEffect, useRef } from 'react'
import type { AlertView } from '../../../shared/contracts/alerts.ts'
import { announce } from '../../ui/announce.ts'
import { openPages } from './sortAlerts.ts'

const BADGE = /^\(\d+\) /

/** Says new pages to screen readers and counts the open ones in the title of the browser's tab. */
export function useAlertCall(alerts: readonly AlertView[]): void {
  const said = useRef<Set<string> | null>(null)
  const waiting = openPages(alerts)
  useEffect(() => {
    const firing = alerts.filter((a) => a.state === 'firing' && a.severity === 'page')
    if (said.current === null) {
      // What already fired when the page was loaded is on the screen; it is not news.
      said.current = new Set(firing.map((a) => a.id))
      return
    }
    for (const alert of firing) {
      if (said.current.has(alert.id)) continue
      said.current.add(alert.id)
      announce(`Page: ${alert.title}`)
    }
  }, [alerts])
  useEffect(() => {
    const bare = document.title.replace(BADGE, '')
    document.title = waiting.length > 0 ? `(${waiting.length}) ${bare}` : bare
    return () => {
      document.title = document.title.replace(BADGE, '')
    }
  }, [waiting.length])
}
