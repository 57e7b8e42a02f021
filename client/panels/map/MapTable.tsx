import type { ViewOf } from '../../../shared/contracts/index.ts'
import { Status } from '../../ui/Status.tsx'
import { number } from '../../ui/format.ts'
import { latestOf } from '../telemetryNow.ts'
import { errorsInWords, HEALTH_WORDS, vitalsOf } from './health.ts'
import styles from './map.module.css'

/** The same as the graph in rows: every component, how it feels and what it calls. */
export function MapTable({
  system,
  selected,
  onSelect,
}: {
  readonly system: ViewOf<'system'>
  readonly selected: string | null
  readonly onSelect: (id: string | null) => void
}) {
  const title = (id: string) => system.components.find((c) => c.id === id)?.title ?? id
  return (
    <div className={styles.tableScroll} tabIndex={0} role="region" aria-label="Components">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Component</th>
            <th scope="col">Health</th>
            <th scope="col">Requests</th>
            <th scope="col">Errors</th>
            <th scope="col">95th percentile</th>
            <th scope="col">Calls</th>
          </tr>
        </thead>
        <tbody>
          {system.components.map((c) => {
            const vitals = vitalsOf(c, latestOf)
            return (
              <tr key={c.id} data-selected={c.id === selected || undefined}>
                <th scope="row">
                  <button type="button" aria-pressed={c.id === selected} onClick={() => onSelect(c.id)}>
                    {c.title}
                  </button>
                  <span className={styles.kind}>{c.kind}</span>
                </th>
                <td>
                  <Status level={vitals.health} word={HEALTH_WORDS[vitals.health]} />
                </td>
                <td className={styles.number}>{vitals.rps === null ? '—' : number(vitals.rps, 'per_s')}</td>
                <td className={styles.number}>{errorsInWords(vitals.errorRatio)}</td>
                <td className={styles.number}>{vitals.p95 === null ? '—' : number(vitals.p95, 's')}</td>
                <td>
                  {system.edges
                    .filter((e) => e.from === c.id)
                    .map((e) => (e.label === '' ? title(e.to) : `${title(e.to)} (${e.label})`))
                    .join(', ') || '—'}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
