import { useId } from 'react'
import { Status } from '../../ui/Status.tsx'
import { latestOf, normalOf } from '../telemetryNow.ts'
import type { BoardPanel } from './Chart.tsx'
import { gaugeTop } from './gaugeScale.ts'
import { reading } from './reading.ts'
import { statVerdict } from './statVerdict.ts'
import styles from './figures.module.css'
import boards from './boards.module.css'

/** A panel of one scale per series: where the value stands, the usual range as a faint stretch, the limit as a line. */
export function GaugeFigure({ panel }: { readonly panel: BoardPanel }) {
  const title = useId()
  const { unit, threshold } = panel
  return (
    <figure className={boards.stat} style={{ gridColumn: `span ${panel.width}` }} aria-labelledby={title}>
      <figcaption id={title} className={boards.title}>
        {panel.title}
      </figcaption>
      {panel.series.map((s) => {
        const value = latestOf(s.metric)
        const normal = normalOf(s.metric)
        const verdict = statVerdict({ value, unit, threshold, normal })
        const top = gaugeTop({ unit, value, threshold, normal })
        const share = (x: number) => `${Math.min(100, Math.max(0, (x / top) * 100))}%`
        const said = value === null ? 'no data' : reading(value, unit)
        return (
          <div key={s.metric} className={styles.gauge}>
            <div className={boards.statRow}>
              {panel.series.length > 1 && <span className={boards.legendName}>{s.title}</span>}
              <span className={boards.big}>{said}</span>
              <Status level={verdict.level} word={verdict.word} />
            </div>
            <div
              className={styles.scale}
              role="meter"
              aria-label={s.title}
              aria-valuemin={0}
              aria-valuemax={top}
              aria-valuenow={value ?? 0}
              aria-valuetext={said}
            >
              {normal && (
                <span
                  className={styles.usual}
                  style={{ left: share(normal.low), right: `calc(100% - ${share(normal.high)})` }}
                />
              )}
              <span className={styles.fill} data-level={verdict.level} style={{ width: share(value ?? 0) }} />
              {threshold !== null && <span className={styles.limit} style={{ left: share(threshold) }} />}
            </div>
            <div className={styles.ends} aria-hidden="true">
              <span>{reading(0, unit)}</span>
              <span>{reading(top, unit)}</span>
            </div>
          </div>
        )
      })}
    </figure>
  )
}
