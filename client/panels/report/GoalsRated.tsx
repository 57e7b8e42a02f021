import type { ExerciseRecord } from '../../../shared/record.ts'
import styles from './report.module.css'

const RATINGS = {
  P: 'Performed without challenges',
  S: 'Performed with some challenges',
  M: 'Performed with major challenges',
  U: 'Unable to be performed',
} as const

/** The goals of the exercise as the game master rated them. */
export function GoalsRated({ record }: { readonly record: ExerciseRecord }) {
  if (record.goals.length === 0) return null
  return (
    <section aria-labelledby="goals-title">
      <h2 id="goals-title">Goals</h2>
      <ul className={styles.goals}>
        {record.goals.map((g) => (
          <li key={g.id}>
            <span className={styles.rating} aria-hidden>
              {g.rating ?? '–'}
            </span>
            <div>
              <p>{g.title}</p>
              <p className={styles.quiet}>
                {g.rating === null ? 'Not rated' : RATINGS[g.rating]}
                {g.why !== '' && `: ${g.why}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
