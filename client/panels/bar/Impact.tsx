import { useView } from '../../store/table.ts'
import { Status } from '../../ui/Status.tsx'
import { impactOf } from './impactOf.ts'
import styles from './bar.module.css'

/** How many requests went wrong in the last minute, as far as anybody can see. */
export function Impact() {
  const slos = useView('objectives')?.slos
  if (!slos || slos.length === 0) return null
  const { level, word } = impactOf(slos)
  return (
    <span
      className={styles.impact}
      title="User impact: bad requests in the last minute, of the objective hit worst"
    >
      <span className={styles.label}>impact</span> <Status level={level} word={word} />
    </span>
  )
}
