import { useTelemetry } from '../../store/telemetry.ts'
import { useView } from '../../store/table.ts'
import { Status } from '../../ui/Status.tsx'
import { latestOf, words } from './latestOf.ts'
import styles from './truth.module.css'

const LEVELS = [
  { level: 'good', word: 'Healthy' },
  { level: 'warning', word: 'Strained' },
  { level: 'bad', word: 'In trouble' },
] as const
const UNKNOWN = { level: 'unknown', word: 'Unknown' } as const
const SHOWN = [
  { metric: 'rps', title: 'rate' },
  { metric: 'error_ratio', title: 'errors' },
  { metric: 'latency_p95', title: 'p95' },
] as const

/** How every component is doing, as the simulation knows it, seen by the players or not. */
export function Health() {
  const system = useView('system')
  const telemetry = useTelemetry()
  if (!system) return null
  return (
    <table className={styles.health}>
      <thead>
        <tr>
          <th scope="col">Component</th>
          <th scope="col">Health</th>
          {SHOWN.map((s) => (
            <th key={s.metric} scope="col" className={styles.number}>
              {s.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {system.components.map((c) => {
          const health = latestOf(
            { metrics: system.metrics, columns: telemetry.columns },
            `${c.metrics}.health`,
          )
          const { level, word } = (health.value === null ? undefined : LEVELS[health.value]) ?? UNKNOWN
          return (
            <tr key={c.id}>
              <th scope="row" title={c.description}>
                {c.title}
              </th>
              <td>
                <Status level={level} word={word} />
              </td>
              {SHOWN.map((s) => {
                const { value, unit } = latestOf(
                  { metrics: system.metrics, columns: telemetry.columns },
                  `${c.metrics}.${s.metric}`,
                )
                return (
                  <td key={s.metric} className={styles.number}>
                    {unit === null ? '' : words(value, unit)}
                  </td>
                )
              })}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
