import type { AlertGroup, AlertView } from '../../../shared/contracts/alerts.ts'

const RANK: Readonly<Record<AlertView['severity'], number>> = { page: 0, ticket: 1, info: 2 }

/** The words of the three severities. */
export const SEVERITY_WORDS: Readonly<Record<AlertView['severity'], string>> = {
  page: 'Page',
  ticket: 'Ticket',
  info: 'Info',
}

/** Kept quiet, by somebody or by another alert. */
export const isQuiet = (a: AlertView): boolean => a.silenced !== null || a.inhibitedBy !== null

/** Firing alerts, pages first and then the longest firing, quiet ones last; resolved ones apart, newest first. */
export function sortAlerts(alerts: readonly AlertView[]): { firing: AlertView[]; resolved: AlertView[] } {
  return {
    firing: alerts
      .filter((a) => a.state === 'firing')
      .toSorted(
        (a, b) =>
          Number(isQuiet(a)) - Number(isQuiet(b)) ||
          RANK[a.severity] - RANK[b.severity] ||
          a.firedAt - b.firedAt,
      ),
    resolved: alerts
      .filter((a) => a.state === 'resolved')
      .toSorted((a, b) => (b.resolvedAt ?? b.firedAt) - (a.resolvedAt ?? a.firedAt)),
  }
}

export interface AlertsTogether {
  readonly group: AlertGroup
  readonly alerts: readonly AlertView[]
}

/** Sorted firing alerts by the group they are told with; a group stands where its first alert does. */
export function groupAlerts(
  firing: readonly AlertView[],
  groups: readonly AlertGroup[],
): readonly AlertsTogether[] {
  const ids = [...new Set(firing.map((a) => a.group))]
  return ids.map((id) => ({
    group: groups.find((g) => g.id === id) ?? { id, title: id, lastNoticeAt: null, notices: 0 },
    alerts: firing.filter((a) => a.group === id),
  }))
}

/** Pages that reached on-call and that nobody acknowledged or keeps quiet: what the tab's title counts. */
export const openPages = (alerts: readonly AlertView[]): AlertView[] =>
  alerts.filter(
    (a) =>
      a.state === 'firing' &&
      a.severity === 'page' &&
      a.acknowledged === null &&
      a.notifiedAt !== null &&
      !isQuiet(a),
  )
