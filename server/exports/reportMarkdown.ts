import type { ExerciseRecord } from '../../shared/record.ts'
import { type Exporter, filenameOf } from './exporter.ts'
import { list, plain } from './markdown.ts'
import { closing, disclosure, goals, head, hotWash, people, plan } from './reportPeople.ts'
import { actions, course, improvement, playbookUse, score, strengths, times } from './reportPlay.ts'

type Section = readonly [title: string, body: (record: ExerciseRecord) => string]

/** The after-action report, in the order in which a reader asks. */
const SECTIONS: readonly Section[] = [
  ['What was played', head],
  ['Who took part', people],
  ['Objectives', goals],
  ['What happened', course],
  ['Incident times and user impact', times],
  ['Score', score],
  ['Strengths', strengths],
  ['Areas for improvement', improvement],
  ['Playbook findings', playbookUse],
  ['Decisions and actions', actions],
  ['Improvement plan', plan],
  ['Hot wash', hotWash],
  ['Injects, hints, interventions and luck', disclosure],
  ['Behind the screen', closing],
  [
    'Sources',
    (r) =>
      list(
        r.debrief.sources.map((s) => `${plain(s.title)}: <${s.url.replace(/[<>\s]/g, encodeURIComponent)}>`),
        'No sources are named.',
      ),
  ],
]

/** The after-action report as Markdown. Every section is headed EXERCISE, so that no page of it can be taken for a real incident. */
export const reportMarkdown: Exporter = {
  contentType: 'text/markdown; charset=utf-8',
  filename: (record) => filenameOf(record, 'report.md'),
  write(record) {
    const top = `# EXERCISE · After-action report: ${plain(record.name)}`
    const note =
      '> **EXERCISE.** Everything below happened in a simulation. The report looks at how the system, the playbooks and the setting shaped the hour; nobody in it is at fault.'
    const body = SECTIONS.map(([title, write]) => `## EXERCISE · ${title}\n\n${write(record)}`)
    return `${[top, note, ...body, '**EXERCISE · End of report**'].join('\n\n')}\n`
  },
}
