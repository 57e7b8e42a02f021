import { type ExerciseRecord, MARK_TITLES, MARKS, type Outcome } from '../../shared/record.ts'
import { duration, percent, points } from '../sim/score/words.ts'
import { list, plain, table } from './markdown.ts'
import { nameIn } from './reportPeople.ts'
import { clock, utc } from './times.ts'

const NEVER = 'not reached'
const moment = (m: { at: number; wall: number } | null) =>
  m === null ? [NEVER, ''] : [clock(m.at), utc(m.wall)]
const span = (ms: number | null) => (ms === null ? NEVER : duration(ms))

export const course = (r: ExerciseRecord): string =>
  table(
    ['Exercise time', 'Wall time (UTC)', 'Who', 'What'],
    r.timeline.map((e) => [clock(e.at), utc(e.wall), nameIn(r, e.seat), plain(e.text)]),
    'Nothing happened yet.',
  )

/** The marks, and the table's run beside the best found and beside doing nothing. */
export function times(r: ExerciseRecord): string {
  const { table: ours, idle, par } = r.outcomes
  const marks = table(
    ['Mark', 'Exercise time', 'Wall time (UTC)'],
    MARKS.map((m) => [MARK_TITLES[m], ...moment(r.marks[m])]),
    '',
  )
  const row = (title: string, cell: (o: Outcome) => string) => [
    title,
    ...[ours, par, idle].map((o) => (o ? cell(o) : 'not computed')),
  ]
  const outcomes = table(
    ['From the start of impact', 'This table', 'Best found', 'Nobody acting'],
    [
      row('Time to detect', (o) => span(o.ttd)),
      row('Time to acknowledge', (o) => span(o.tta)),
      row('Time to mitigate', (o) => span(o.ttm)),
      row('Time to resolve', (o) => span(o.ttr)),
      row('User impact', (o) => duration(o.impactMs)),
      row('Failed requests', (o) => String(o.failedRequests)),
      row('Error budget spent', (o) => percent(o.budgetSpent)),
    ],
    '',
  )
  return `${marks}\n\n${outcomes}`
}

export function score(r: ExerciseRecord): string {
  const parts = table(
    ['Part', 'Points', 'Weight', 'How'],
    r.score.parts.map((p) => [p.title, points(p.points), String(p.weight), plain(p.formula)]),
    '',
  )
  return `**${points(r.score.total)} of 100**, the mean of the parts by their weights. It describes this hour under this scenario and ranks nobody.\n\n${parts}`
}

/** What went well, each with the record's own reason. */
export function strengths(r: ExerciseRecord): string {
  const parts = r.score.parts.filter((p) => p.points >= 80).map((p) => `**${p.title}**: ${plain(p.formula)}`)
  const rated = r.goals
    .filter((g) => g.rating === 'P')
    .map((g) => `**${plain(g.title)}**: performed without challenges. ${plain(g.why)}`)
  const kept = r.hotwash.filter((c) => c.kind === 'continue').map((c) => `To be continued: ${plain(c.text)}`)
  return list([...parts, ...rated, ...kept], 'None stand out in the numbers; the hot wash may know better.')
}

/** What could be better, each with its reference in the record. */
export function improvement(r: ExerciseRecord): string {
  const parts = r.score.parts.filter((p) => p.points < 60).map((p) => `**${p.title}**: ${plain(p.formula)}`)
  const rated = r.goals
    .filter((g) => g.rating === 'M' || g.rating === 'U')
    .map((g) => `**${plain(g.title)}**: ${plain(g.why)}`)
  const cards = r.hotwash
    .filter((c) => c.kind === 'start' || c.kind === 'stop')
    .map((c) => `To ${c.kind}: ${plain(c.text)}`)
  return list([...parts, ...rated, ...cards], 'None stand out in the numbers; the hot wash may know better.')
}

/** How the playbooks served, and changes that can be pasted into a tracker. */
export function playbookUse(r: ExerciseRecord): string {
  const { steps, hitRate, timeToRightStep, findings } = r.playbooks
  const touched = steps.filter((s) => s.openedBy.length + s.citedBy.length + s.flags.length > 0)
  const use = table(
    ['Step', 'Opened by', 'Cited for', 'Flags'],
    touched.map((s) => [
      `${plain(s.bookTitle)}${s.step === '' ? '' : ` › ${plain(s.title)}`}`,
      s.openedBy.map((o) => `${nameIn(r, o.seat)} ${clock(o.at)}`).join(', '),
      s.citedBy.map((id) => plain(r.mitigations.find((m) => m.id === id)?.title ?? id)).join(', '),
      s.flags.map((f) => `${f.flag}: ${plain(f.why)}`).join('; '),
    ]),
    'No playbook step was opened.',
  )
  const share =
    hitRate === null
      ? 'No action was started.'
      : `${percent(hitRate)} of the actions started cite a playbook step.`
  const right =
    timeToRightStep === null
      ? 'No step that leads to a right action was opened after the first page.'
      : `From the first page to a step that leads to a right action: ${duration(timeToRightStep)}.`
  const changes = findings.length === 0 ? 'None.' : findings.map((f) => `- [ ] ${plain(f)}`).join('\n')
  return [`${share} ${right}`, use, '### Proposed changes', changes].join('\n\n')
}

/** Who decided on what, from where, with which roll and result. */
export const actions = (r: ExerciseRecord): string =>
  table(
    ['Proposed', 'Who', 'Action', 'Why', 'Playbook step', 'Roll', 'Started', 'Ended', 'Result'],
    r.mitigations.map((m) => {
      const step = r.playbooks.steps.find((s) => s.book === m.cite?.book && s.step === m.cite.step)
      return [
        clock(m.proposedAt),
        nameIn(r, m.seat),
        plain(m.title),
        plain(m.reason),
        step ? `${plain(step.bookTitle)} › ${plain(step.title)}` : '',
        m.roll && m.odds && m.roll.dice.length > 0 ? `${m.roll.total} against ${m.odds.dc}` : '',
        m.startedAt === null ? '' : clock(m.startedAt),
        m.endedAt === null ? '' : clock(m.endedAt),
        m.state,
      ]
    }),
    'No action was proposed.',
  )
