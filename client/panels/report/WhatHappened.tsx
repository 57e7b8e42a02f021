import type { ExerciseRecord } from '../../../shared/record.ts'
import { Markdown } from '../../ui/Markdown.tsx'
import styles from './report.module.css'

/** What really was the matter, questions to talk about, and what the real case did, with its sources. */
export function WhatHappened({ record }: { readonly record: ExerciseRecord }) {
  const { truth, story, questions, realCase, sources } = record.debrief
  return (
    <section className={styles.prose} aria-labelledby="happened-title">
      <h2 id="happened-title">What really happened</h2>
      <Markdown source={truth} />
      <Markdown source={story} />
      <h3>Questions to talk about</h3>
      <ol className={styles.questions}>
        {questions.map((q, i) => (
          <li key={i}>{q}</li>
        ))}
      </ol>
      <h3>What the real case did</h3>
      <Markdown source={realCase} />
      <h3>Sources</h3>
      <ul className={styles.bullets}>
        {sources.map((s) => (
          <li key={s.url}>
            <a href={s.url} target="_blank" rel="noreferrer">
              {s.title}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
