import { useId } from 'react'
import { Status } from '../../ui/Status.tsx'
import { componentColour, type Ground } from '../palette.ts'
import { Sparkline } from '../Sparkline.tsx'
import { latestOf, normalOf, recentOf } from '../telemetryNow.ts'
import type { Components } from '../useComponents.ts'
import type { BoardPanel } from './Chart.tsx'
import { reading } from './reading.ts'
import { statVerdict } from './statVerdict.ts'
import styles from './figures.module.css'
import boards from './boards.module.css'

const QUARTER_HOUR = 15 * 60_000

/** A panel of one line per series: what it reads now, what is usual, how it got here in a quarter of an hour. */
export function TableFigure({
  panel,
  ground,
  components,
}: {
  readonly panel: BoardPanel
  readonly ground: Ground
  readonly components: Components
}) {
  const title = useId()
  const { unit, threshold } = panel
  return (
    <figure className={boards.figure} style={{ gridColumn: `span ${panel.width}` }} aria-labelledby={title}>
      <figcaption className={boards.caption}>
        <span id={title} className={boards.title}>
          {panel.title}
        </span>
      </figcaption>
      <div className={styles.scroll} tabIndex={0} role="region" aria-labelledby={title}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Series</th>
              <th scope="col">Now</th>
              <th scope="col">Usual</th>
              <th scope="col">State</th>
              <th scope="col">15 minutes</th>
            </tr>
          </thead>
          <tbody>
            {panel.series.map((s) => {
              const value = latestOf(s.metric)
              const normal = normalOf(s.metric)
              const verdict = statVerdict({ value, unit, threshold, normal })
              return (
                <tr key={s.metric}>
                  <th scope="row">{s.title}</th>
                  <td>{value === null ? 'no data' : reading(value, unit)}</td>
                  <td>
                    {normal ? `${reading(normal.low, unit)} – ${reading(normal.high, unit)}` : 'not known'}
                  </td>
                  <td>
                    <Status level={verdict.level} word={verdict.word} />
                  </td>
                  <td>
                    <Sparkline
                      values={recentOf(s.metric, QUARTER_HOUR)}
                      colour={componentColour(
                        components.order(components.componentOfMetric(s.metric)),
                        ground,
                      )}
                      width={80}
                      height={18}
                    />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </figure>
  )
}
