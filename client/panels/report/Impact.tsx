import type { ExerciseRecord } from '../../../shared/record.ts'
import { duration, number } from '../../ui/format.ts'
import styles from './report.module.css'

/** What users felt, against the best found and a table that does nothing. */
export function Impact({ record }: { readonly record: ExerciseRecord }) {
  const { table, idle, par } = record.outcomes
  const rows = [{ title: 'This table', outcome: table }]
  if (par) rows.push({ title: par.label, outcome: par })
  if (idle) rows.push({ title: idle.label, outcome: idle })
  return (
    <section aria-labelledby="impact-title">
      <h2 id="impact-title">Impact on users</h2>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label="Impact compared">
        <table>
          <thead>
            <tr>
              <th scope="col">Who played</th>
              <th scope="col" className={styles.number}>
                Failed requests
              </th>
              <th scope="col" className={styles.number}>
                Time with impact
              </th>
              <th scope="col" className={styles.number}>
                Error budget spent
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ title, outcome }) => (
              <tr key={title}>
                <th scope="row">{title}</th>
                <td className={styles.number}>{number(outcome.failedRequests, 'count')}</td>
                <td className={styles.number}>{duration(outcome.impactMs)}</td>
                <td className={styles.number}>{number(outcome.budgetSpent, 'ratio')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
