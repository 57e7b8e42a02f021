import { useEffect, useRef } from 'react'
import type { AlertView } from '../../../shared/contracts/alerts.ts'
import { announce } from '../../ui/announce.ts'
import { openPages } from './sortAlerts.ts'

const BADGE = /^\(\d+\) /

/**
 * Says pages to screen readers as their notifications come, and counts the open ones in the title of the browser's tab. What fires
 * without a notification calls nobody: one has to look.
 */
export function useAlertCall(alerts: readonly AlertView[]): void {
  const said = useRef<Map<string, number> | null>(null)
  const waiting = openPages(alerts)
  useEffect(() => {
    const told = alerts.filter((a) => a.severity === 'page' && a.notices > 0)
    if (said.current === null) {
      // What had been told when the page was loaded is on the screen; it is not news.
      said.current = new Map(told.map((a) => [a.id, a.notices]))
      return
    }
    for (const alert of told) {
      const before = said.current.get(alert.id) ?? 0
      if (alert.notices <= before) continue
      said.current.set(alert.id, alert.notices)
      announce(
        before === 0 ? `Page: ${alert.title}` : `Page again: ${alert.title}. Nobody has acknowledged it.`,
      )
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
