import type { ExerciseRecord } from '../../../shared/record.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import styles from './score.module.css'

/** The score with the formula beside every number; luck stands apart, because it is nobody's doing. */
export function Score({ record }: { readonly record: ExerciseRecord }) {
  const { total, parts } = record.score
  return (
    <section className={styles.score} aria-labelledby="score-title">
      <h2 id="score-title">Score</h2>
      <p className={styles.total}>
        <strong>{Math.round(total)}</strong> of 100
      </p>
      <p className={styles.quiet}>
        Computed from the log alone. It rates how the playbooks served, and ranks nobody.
      </p>
      <dl className={styles.parts}>
        {parts.map((part) => (
          <div key={part.id} className={styles.part}>
            <dt>
              {part.title} <span className={styles.quiet}>weight {part.weight}</span>
            </dt>
            <dd>
              <span className={styles.points}>{Math.round(part.points)}</span>
              <ProgressBar
                value={part.points / 100}
                label={`${part.title}: ${Math.round(part.points)} of 100`}
              />
              <p className={styles.formula}>{part.formula}</p>
            </dd>
          </div>
        ))}
      </dl>
      <Luck luck={record.luck} />
    </section>
  )
}

function Luck({ luck }: { readonly luck: ExerciseRecord['luck'] }) {
  if (luck.rolls === 0) return <p className={styles.luck}>Luck: no dice were rolled.</p>
  const over = luck.actual - luck.expected
  const words =
    Math.abs(over) < 0.5
      ? 'about as the odds said'
      : over > 0
        ? 'better than the odds'
        : 'worse than the odds'
  return (
    <p className={styles.luck}>
      Luck, apart from the score: {luck.actual} of {luck.rolls} {luck.rolls === 1 ? 'roll' : 'rolls'}{' '}
      succeeded, {luck.expected.toFixed(1)} were to be expected: {words}.
    </p>
  )
}
