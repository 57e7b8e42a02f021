import { useView } from '../../store/table.ts'
import { Status } from '../../ui/Status.tsx'
import { words } from './latestOf.ts'
import styles from './truth.module.css'

/** Every service-level objective: kept or not, and what is left of its budget. */
export function Objectives() {
  const slos = useView('objectives')?.slos ?? []
  if (slos.length === 0) return <p className={styles.quiet}>This scenario promises its users nothing.</p>
  return (
    <ul className={styles.rows}>
      {slos.map((s) => (
        <li key={s.id} className={styles.row}>
          <span className={styles.name}>{s.title}</span>
          <span className={styles.number}>
            {words(s.sli, 'ratio')} of {words(s.objective, 'ratio')}
          </span>
          <span className={styles.number}>budget {words(s.budgetLeft, 'ratio')}</span>
          {s.impact === null ? (
            <Status level="unknown" word="Unknown" />
          ) : s.impact ? (
            <Status level="bad" word="Users feel it" />
          ) : s.sli !== null && s.sli < s.objective ? (
            // Called impact only after a minute beyond the objective.
            <Status level="warning" word="Slipping" />
          ) : (
            <Status level="good" word="Kept" />
          )}
        </li>
      ))}
    </ul>
  )
}
