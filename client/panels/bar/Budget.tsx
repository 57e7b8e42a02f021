import { useView } from '../../store/table.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { number } from '../../ui/format.ts'
import { budgetOf } from './impactOf.ts'
import styles from './bar.module.css'

/** What is left of the error budget, of the objective hit worst. */
export function Budget() {
  const slos = useView('objectives')?.slos
  if (!slos || slos.length === 0) return null
  const { left, level } = budgetOf(slos)
  return (
    <span className={styles.budget} title="Error budget left, of the objective hit worst">
      <span className={styles.label}>budget</span>
      <ProgressBar value={left} label="Error budget left" level={level} />
      <span className={styles.number}>
        {left === null ? 'unknown' : number(Math.round(left * 100), 'percent')}
      </span>
    </span>
  )
}
