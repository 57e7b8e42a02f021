import { useExerciseNow } from '../../store/clock.ts'
import { useView } from '../../store/table.ts'
import { Markdown } from '../../ui/Markdown.tsx'
import { Status } from '../../ui/Status.tsx'
import { clock } from '../../ui/format.ts'
import { useComponents } from '../useComponents.ts'
import { effectWords, holds } from '../effectWords.ts'
import { Health } from './Health.tsx'
import { Objectives } from './Objectives.tsx'
import styles from './truth.module.css'

/** What really is the matter, what is being done to the system, and how it is doing: for the game master's eyes. */
export function Truth() {
  const incident = useView('incident')
  const effects = useView('system')?.effects
  const components = useComponents()
  const now = useExerciseNow()
  if (!incident) return null
  const holding = (effects ?? []).filter((e) => holds(e, now))
  return (
    <section className={styles.truth} aria-label="What really is the matter">
      <div className={styles.state}>
        {incident.resolvedAt !== null ? (
          <Status level="good" word={`Resolved at ${clock(incident.resolvedAt)}`} />
        ) : incident.active.length === 0 ? (
          <Status level="unknown" word="Not begun" />
        ) : incident.causePresent ? (
          <Status level="bad" word="The cause is present" />
        ) : (
          <Status level="good" word="No cause present" />
        )}
      </div>
      <Markdown source={incident.truth} />
      <h3>Users</h3>
      <Objectives />
      <h3>Components</h3>
      <Health />
      <h3>In effect now</h3>
      {holding.length === 0 ? (
        <p className={styles.quiet}>Nothing is being done to the system.</p>
      ) : (
        <ul className={styles.effects}>
          {holding.map((e, i) => (
            <li key={i}>
              {effectWords(e, (id) => components.title(id))}
              <span className={styles.quiet}>
                {' '}
                since {clock(e.from)}
                {e.until !== null && `, until ${clock(e.until)}`} · {e.source}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
