import { useMemo } from 'react'
import { ROLE_INFO } from '../../../shared/roles.ts'
import type { ExerciseRecord } from '../../../shared/record.ts'
import { Marks } from '../../panels/marks/Marks.tsx'
import { Disclosure } from '../../panels/report/Disclosure.tsx'
import { GoalsRated } from '../../panels/report/GoalsRated.tsx'
import { Impact } from '../../panels/report/Impact.tsx'
import { MitigationsTable } from '../../panels/report/MitigationsTable.tsx'
import { PlaybookUse } from '../../panels/report/PlaybookUse.tsx'
import { TimelineTable } from '../../panels/report/TimelineTable.tsx'
import { WhatHappened } from '../../panels/report/WhatHappened.tsx'
import { Score } from '../../panels/score/Score.tsx'
import styles from './Debrief.module.css'

const PLACES = [
  ['marks-title', 'Times'],
  ['impact-title', 'Impact'],
  ['score-title', 'Score'],
  ['mitigations-title', 'Actions'],
  ['playbook-title', 'Playbooks'],
  ['disclosure-title', 'Injects and help'],
  ['goals-title', 'Goals'],
  ['happened-title', 'What happened'],
  ['timeline-title', 'Timeline'],
] as const

/** The after-action report on one page: everything in it comes from the record. */
export function Report({ record }: { readonly record: ExerciseRecord }) {
  const seatName = useMemo(() => {
    const names = new Map(record.seats.map((s) => [s.id, s.name]))
    return (id: (typeof record.seats)[number]['id']) => names.get(id) ?? 'somebody who left'
  }, [record])
  const { scenario } = record
  const day = record.startedAt === null ? 'not started' : new Date(record.startedAt).toLocaleString()
  const places = PLACES.filter(([id]) => id !== 'goals-title' || record.goals.length > 0)
  return (
    <article className={styles.report} aria-labelledby="report-title">
      <h2 id="report-title" className={styles.reportTitle}>
        After-action report
      </h2>
      <nav className={styles.places} aria-label="Parts of the report">
        {places.map(([id, title]) => (
          <a key={id} href={`#${id}`}>
            {title}
          </a>
        ))}
      </nav>
      <dl className={styles.facts}>
        <Fact
          title="Scenario"
          text={`${scenario.title} (${scenario.codename}), version ${scenario.version}`}
        />
        <Fact title="Played" text={day} />
        <Fact
          title="Table"
          text={record.seats
            .map((s) => `${s.name} (${s.roles.map((r) => ROLE_INFO[r].title.toLowerCase()).join(', ')})`)
            .join(' · ')}
        />
        <Fact
          title="Seed and content"
          text={`${record.seed} · ${scenario.hash.slice(0, 12)} · engine ${record.engine}`}
        />
      </dl>
      <Marks record={record} />
      <div className={styles.pair}>
        <Impact record={record} />
        <Score record={record} />
      </div>
      <MitigationsTable record={record} seatName={seatName} />
      <PlaybookUse record={record} seatName={seatName} />
      <Disclosure record={record} seatName={seatName} />
      <GoalsRated record={record} />
      <WhatHappened record={record} />
      <TimelineTable record={record} seatName={seatName} />
    </article>
  )
}

function Fact({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{text}</dd>
    </div>
  )
}
