import type { RoleView, ViewOf } from '../../../shared/contracts/index.ts'
import { ROLE_INFO, type PlayerRole } from '../../../shared/roles.ts'

/** A line of the run sheet; `at` is the exercise time it belongs to, when it has one. */
export interface SheetLine {
  readonly text: string
  readonly at: number | null
}
/** What a game master needs for the next minutes. */
export interface RunSheet {
  readonly say: readonly SheetLine[]
  readonly watch: readonly SheetLine[]
  readonly next: readonly SheetLine[]
}

/** More lines than these nobody reads while people play. */
const MOST = 4

/** The first few lines, and how many there are besides. */
const few = (lines: readonly SheetLine[]): SheetLine[] =>
  lines.length <= MOST
    ? [...lines]
    : [...lines.slice(0, MOST - 1), line(`And ${lines.length - MOST + 1} more.`)]

const line = (text: string, at: number | null = null): SheetLine => ({ text, at })
/** How long after an inject its expected answer is worth watching for, in exercise ms. */
const ANSWER_MS = 10 * 60_000
const WANTED: readonly PlayerRole[] = ['commander', 'operations', 'communications', 'scribe']

/** Hurt, or already beyond the objective although not long enough yet to be called so. */
const hurts = (slo: ViewOf<'objectives'>['slos'][number]): boolean =>
  slo.impact === true || (slo.sli !== null && slo.sli < slo.objective)

/** Marks of the exercise and whether the table has passed them, read from what the game master sees. */
export function marksReached(
  view: RoleView,
): readonly { readonly title: string; readonly at: number | null; readonly reached: boolean }[] {
  const alerts = view.alerts?.alerts ?? []
  const runs = view.mitigations?.runs ?? []
  const right = new Set(view.mitigations?.catalogue.filter((m) => m.class === 'right').map((m) => m.id))
  const started = runs
    .filter((r) => right.has(r.mitigation) && r.startedAt !== null)
    .map((r) => r.startedAt ?? 0)
  const pages = alerts.filter((a) => a.severity === 'page')
  const taken = pages.flatMap((a) => (a.acknowledged ? [a.acknowledged.at] : []))
  const declared = view.response?.declared ?? null
  const resolvedAt = view.incident?.resolvedAt ?? null
  const first = (times: readonly number[]) => (times.length === 0 ? null : Math.min(...times))
  // What fires without a notification is detected by whoever acknowledges it all the same.
  const heard = alerts.flatMap((a) => [a.notifiedAt ?? [], a.acknowledged?.at ?? []].flat())
  const detected = first([...heard, ...(declared ? [declared.at] : [])])
  const mark = (title: string, at: number | null) => ({ title, at, reached: at !== null })
  return [
    mark('Detected', detected),
    mark('Acknowledged', first(taken)),
    mark('Declared', declared?.at ?? null),
    mark('First right mitigation', first(started)),
    // Users feel nothing any more: when that began is the record's to say.
    {
      title: 'Mitigated',
      at: null,
      reached: detected !== null && !(view.objectives?.slos ?? []).some(hurts),
    },
    mark('Resolved', resolvedAt),
  ]
}

/** What to say now, what to watch for and what comes next: read off the views, nothing invented. */
export function runSheet(view: RoleView, now: number): RunSheet {
  const phase = view.lifecycle?.phase
  if (view.lifecycle === undefined || phase === undefined) return { say: [], watch: [], next: [] }
  switch (phase) {
    case 'lobby':
      return lobby(view)
    case 'briefing':
      return {
        say: [
          line('This is an exercise. We test the playbooks, not the people.'),
          line(
            'Read the briefing aloud, then let everybody look at the healthy system: knowing normal is half of detecting.',
          ),
        ],
        watch: notHeard(view),
        next: [line('Start play when everybody has found the dashboards.')],
      }
    case 'running':
    case 'paused':
      return playing(view, now)
    case 'hot-wash':
      return {
        say: [
          line(
            'Everybody writes at once: what to start, stop and continue, and what the playbook got wrong.',
          ),
        ],
        watch: [line('Actions without an owner or a date.')],
        next: [line('Read the report together, rate the goals, then close the exercise.')],
      }
    case 'closed':
      return { say: [line('The exercise is closed.')], watch: [], next: [line('Take the exports along.')] }
  }
}

function notHeard(view: RoleView): SheetLine[] {
  const silent = (view.seats?.seats ?? []).filter((s) => !s.heard && !s.roles.includes('gm'))
  return silent.length === 0
    ? []
    : [line(`Not confirmed yet that they can be heard: ${silent.map((s) => s.name).join(', ')}.`)]
}

function lobby(view: RoleView): RunSheet {
  const seats = view.seats?.seats ?? []
  const missing = WANTED.filter((role) => !seats.some((s) => s.roles.includes(role)))
  return {
    say: [
      line(
        `Welcome. Join with the code ${view.lifecycle?.joinCode ?? ''}, pick a seat, and confirm that you can be heard.`,
      ),
    ],
    watch: [
      ...(missing.length > 0
        ? [line(`Nobody sits here yet: ${missing.map((r) => ROLE_INFO[r].title).join(', ')}.`)]
        : []),
      ...notHeard(view),
    ],
    next: [line('The briefing, when everybody is here.')],
  }
}

function playing(view: RoleView, now: number): RunSheet {
  const { lifecycle, injects, mitigations, objectives } = view
  const list = injects?.list ?? []
  const runs = mitigations?.runs ?? []
  const waiting = runs.filter((r) => r.state === 'proposed').length
  const say = [
    ...(lifecycle?.stopped
      ? [line('Stopped for something real. Resume when these people are free again.')]
      : []),
    ...list
      .filter((i) => i.state === 'due')
      .sort((a, b) => (b.plannedAt ?? 0) - (a.plannedAt ?? 0))
      .map((i) =>
        line(`${i.via === 'phone' ? `Call as ${i.from}` : `Speak as ${i.from}`}: ${i.title}`, i.plannedAt),
      ),
    ...(waiting > 0
      ? [line(`Answer ${waiting === 1 ? 'the request' : `${waiting} requests`} of the table.`)]
      : []),
    ...(view.incident?.resolvedAt != null
      ? [line('It is resolved. End play when the table has seen it.')]
      : []),
  ]
  const open = marksReached(view).find((m) => !m.reached)
  const hurt = (objectives?.slos ?? []).filter((s) => s.impact === true)
  const watch = [
    ...(open ? [line(`The next mark: ${open.title.toLowerCase()}.`)] : []),
    ...hurt.map((s) => line(`Users feel it: ${s.title}.`)),
    ...(view.alerts?.path && !view.alerts.path.monitored
      ? [line('Monitoring is down: the table sees nothing measured.')]
      : []),
    ...(view.alerts?.path && !view.alerts.path.up
      ? [line('Notifications do not reach on-call: alerts fire unheard.')]
      : []),
    ...list
      .filter(
        (i) =>
          i.state === 'delivered' &&
          i.expected !== '' &&
          i.deliveredAt !== null &&
          now - i.deliveredAt < ANSWER_MS,
      )
      .sort((a, b) => (b.deliveredAt ?? 0) - (a.deliveredAt ?? 0))
      .slice(0, 3)
      .map((i) => line(`After “${i.title}”: ${i.expected}`, i.deliveredAt)),
  ]
  const coming = list
    .filter((i) => i.state === 'planned' && i.plannedAt !== null && i.plannedAt >= now)
    .sort((a, b) => (a.plannedAt ?? 0) - (b.plannedAt ?? 0))
    .slice(0, 3)
    .map((i) => line(`${i.title}, ${i.from}`, i.plannedAt))
  const ends = (lifecycle?.minutes ?? 0) * 60_000
  return {
    say: few(say),
    watch: few(watch),
    next: [...coming, line(now > ends ? 'The planned end has passed.' : 'Planned end of play.', ends)],
  }
}
