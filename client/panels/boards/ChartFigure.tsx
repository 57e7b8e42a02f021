import { useId, useMemo, useState } from 'react'
import { IconButton } from '../../ui/IconButton.tsx'
import { clock } from '../../ui/format.ts'
import { seriesStyles, type Ground } from '../palette.ts'
import type { Components } from '../useComponents.ts'
import type { Annotation } from './annotations.ts'
import { Chart, type BoardPanel, type CursorReading } from './Chart.tsx'
import { ChartTable } from './ChartTable.tsx'
import { chartData, hasData, windowOf } from './boardData.ts'
import { reading } from './reading.ts'
import { useBoardTime } from './boardTime.ts'
import type { ChartRegistry } from './chartRegistry.ts'
import { seriesOf } from '../../store/telemetry.ts'
import { telemetryNow } from '../telemetryNow.ts'
import styles from './boards.module.css'

/** A time-series panel: title, legend with current values in words, the chart, and the same as a table. */
export function ChartFigure({
  panel,
  ground,
  components,
  annotations,
  registry,
}: {
  readonly panel: BoardPanel
  readonly ground: Ground
  readonly components: Components
  readonly annotations: readonly Annotation[]
  readonly registry: ChartRegistry
}) {
  const title = useId()
  const [asTable, setAsTable] = useState(false)
  const [cursor, setCursor] = useState<CursorReading | null>(null)
  const time = useBoardTime((s) => s)
  const series = useMemo(
    () =>
      seriesStyles(
        panel.series.map((s) => components.order(components.componentOfMetric(s.metric))),
        ground,
      ),
    [panel, ground, components],
  )
  const { at } = telemetryNow()
  const window = windowOf({ ...time, newest: at.at(-1) ?? 0 })
  const columns = panel.series.map((s) => seriesOf(s.metric))
  const latest = columns.map((column) => column?.at(-1) ?? null)
  // Only a panel without a current value can be empty, and only then is it worth looking through the window.
  const data =
    asTable || latest.every((v) => v === null) ? chartData({ at, columns, window, compare: false }) : null
  const empty = data !== null && !hasData(data.ys)

  return (
    <figure className={styles.figure} style={{ gridColumn: `span ${panel.width}` }} aria-labelledby={title}>
      <figcaption className={styles.caption}>
        <span id={title} className={styles.title}>
          {panel.title}
        </span>
        {cursor && !asTable && <span className={styles.at}>{clock(cursor.at)}</span>}
        <IconButton
          size="small"
          icon={asTable ? 'chart' : 'table'}
          label={asTable ? `Show ${panel.title} as a chart` : `Show ${panel.title} as a table`}
          onClick={() => setAsTable(!asTable)}
        />
      </figcaption>
      {empty ? (
        <p className={styles.empty}>
          {at.length === 0 ? 'Waiting for the first samples' : 'No data from this source'}
        </p>
      ) : asTable && data ? (
        <ChartTable panel={panel} data={data} />
      ) : (
        <Chart
          panel={panel}
          series={series}
          ground={ground}
          annotations={annotations}
          registry={registry}
          onCursor={setCursor}
        />
      )}
      <ul className={styles.legend}>
        {panel.series.map((s, i) => {
          const value = cursor && !asTable ? cursor.values[i] : latest[i]
          return (
            <li key={s.metric}>
              <svg width="18" height="6" aria-hidden="true">
                <line
                  x1="0"
                  x2="18"
                  y1="3"
                  y2="3"
                  stroke={series[i]?.colour}
                  strokeWidth="2"
                  strokeDasharray={series[i]?.dash.join(' ')}
                />
              </svg>
              <span className={styles.legendName}>{s.title}</span>
              <span className={styles.value}>
                {value === null || value === undefined ? 'no data' : reading(value, panel.unit)}
              </span>
            </li>
          )
        })}
        {panel.threshold !== null && (
          <li>
            <svg width="18" height="6" aria-hidden="true">
              <line x1="0" x2="18" y1="3" y2="3" className={styles.thresholdLine} strokeDasharray="5 3" />
            </svg>
            <span className={styles.legendName}>limit</span>
            <span className={styles.value}>{reading(panel.threshold, panel.unit)}</span>
          </li>
        )}
      </ul>
    </figure>
  )
}
