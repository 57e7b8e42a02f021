import { useExerciseNow } from '../../store/clock.ts'
import { useView } from '../../store/table.ts'
import { clock } from '../../ui/format.ts'
import { effectWords, holds } from '../effectWords.ts'
import { useComponents } from '../useComponents.ts'
import { sourceWords } from './sources.ts'
import styles from './chaos.module.css'

/** Everything that bears on the system now, whoever it comes from. */
export function InEffect() {
  const effects = useView('system')?.effects ?? []
  const incident = useView('incident')
  const mitigations = useView('mitigations')
  const injects = useView('injects')
  const components = useComponents()
  const now = useExerciseNow()
  const holding = effects.filter((e) => holds(e, now))
  if (holding.length === 0) return <p className={styles.quiet}>Nothing bears on the system.</p>
  const views = {
    ...(incident && { incident }),
    ...(mitigations && { mitigations }),
    ...(injects && { injects }),
  }
  return (
    <ul className={styles.effects}>
      {holding.map((e, i) => (
        <li key={i}>
          {effectWords(e, (id) => components.title(id))}
          <span className={styles.quiet}>
            {' '}
            · {sourceWords(e.source, views)} · since {clock(e.from)}
            {e.until !== null && `, until ${clock(e.until)}`}
          </span>
        </li>
      ))}
    </ul>
  )
}
