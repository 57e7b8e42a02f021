import type { AlertView } from '../../../shared/contracts/alerts.ts'

const RANK: Readonly<Record<AlertView['severity'], number>> = { page: 0, ticket: 1, info: 2 }

/** The words of the three severities. */
export const SEVERITY_WORDS: Readonly<Record<AlertView['severity'], string>> = {
  page: 'Page',
  ticket: 'Ticket',
  info: 'Info',
}

/** Firing alerts, pages first and then the longest firing; resolved ones apart, newest first. */
export function sortAlerts(alerts: readonly AlertView[]): { firing: AlertView[]; resolved: AlertView[] } {
  return {
    firing: alerts
      .filter((a) => a.state === 'firing')
      .toSorted((a, b) => RANK[a.severity] - RANK[b.severity] || a.firedAt - b.firedAt),
    resolved: alerts
      .filter((a) => a.state === 'resolved')
      .toSorted((a, b) => (b.resolvedAt ?? b.firedAt) - (a.resolvedAt ?? a.firedAt)),
  }
}

/** Pages that fire and that nobody acknowledged: what the tab's title counts. */
export const openPages = (alerts: readonly AlertView[]): AlertView[] =>
  alerts.filter((a) => a.state === 'firing' && a.severity === 'page' && a.acknowledged === null)
