import { useId } from 'react'
import { Sparkline } from '../Sparkline.tsx'
import { componentColour, type Ground } from '../palette.ts'
import type { Components } from '../useComponents.ts'
import type { BoardPanel } from './Chart.tsx'
import { reading } from './reading.ts'
import { statVerdict } from './statVerdict.ts'
import { latestOf, normalOf, recentOf } from '../telemetryNow.ts'
import { Status } from '../../ui/Status.tsx'
import styles from './boards.module.css'

const QUARTER_HOUR = 15 * 60_000

/** A panel of one big number per series, its last quarter of an hour, and whether that is within its usual range. */
export function StatFigure({
  panel,
  ground,
  components,
}: {
  readonly panel: BoardPanel
  readonly ground: Ground
  readonly components: Components
}) {
  const title = useId()
  return (
    <figure className={styles.stat} style={{ gridColumn: `span ${panel.width}` }} aria-labelledby={title}>
      <figcaption id={title} className={styles.title}>
        {panel.title}
      </figcaption>
      {panel.series.map((s) => {
        const value = latestOf(s.metric)
        const verdict = statVerdict({
          value,
          unit: panel.unit,
          threshold: panel.threshold,
          normal: normalOf(s.metric),
        })
        return (
          <div key={s.metric} className={styles.statRow}>
            {panel.series.length > 1 && <span className={styles.legendName}>{s.title}</span>}
            <span className={styles.big}>{value === null ? '—' : reading(value, panel.unit)}</span>
            <Status level={verdict.level} word={verdict.word} />
            <Sparkline
              values={recentOf(s.metric, QUARTER_HOUR)}
              colour={componentColour(components.order(components.componentOfMetric(s.metric)), ground)}
            />
          </div>
        )
      })}
    </figure>
  )
}
