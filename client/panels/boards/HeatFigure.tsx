import { useEffect, useId, useMemo, useState } from 'react'
import { useHeat, watchHeat } from '../../store/requests.ts'
import { seriesOf } from '../../store/telemetry.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { number } from '../../ui/format.ts'
import { HeatMap } from '../HeatMap.tsx'
import type { Ground } from '../palette.ts'
import { telemetryNow } from '../telemetryNow.ts'
import type { Components } from '../useComponents.ts'
import { windowOf } from './boardData.ts'
import { useBoardTime } from './boardTime.ts'
import styles from './boards.module.css'
import type { BoardPanel } from './Chart.tsx'
import { heatGridOf } from './heatData.ts'
import { HeatTable } from './HeatTable.tsx'

const perSecond = (n: number) => number(n, 'per_s')

/** A heat map of how long a component's answers take, with one percentile as a line over it. */
export function HeatFigure({
  panel,
  ground,
  components,
}: {
  readonly panel: BoardPanel
  readonly ground: Ground
  readonly components: Components
}) {
  const title = useId()
  const [asTable, setAsTable] = useState(false)
  const time = useBoardTime((s) => s)
  const [shown] = panel.series
  const metric = shown?.metric ?? ''
  const component = components.componentOfMetric(metric)
  const map = useHeat(component)
  useEffect(() => (component === null ? undefined : watchHeat(component)), [component])
  const { at } = telemetryNow()
  const newest = at.at(-1) ?? 0
  const window = windowOf({ ...time, newest })
  const { from, to } = window
  const grid = useMemo(() => map && heatGridOf(map, { from, to }), [map, from, to])
  const column = seriesOf(metric)
  const line = at.flatMap((ms, i) => (ms >= from && ms <= to ? [{ at: ms, value: column?.[i] ?? null }] : []))
  return (
    <figure className={styles.figure} style={{ gridColumn: `span ${panel.width}` }} aria-labelledby={title}>
      <figcaption className={styles.caption}>
        <span id={title} className={styles.title}>
          {panel.title}
        </span>
        <IconButton
          size="small"
          icon={asTable ? 'chart' : 'table'}
          label={asTable ? `Show ${panel.title} as a heat map` : `Show ${panel.title} as a table`}
          onClick={() => setAsTable(!asTable)}
        />
      </figcaption>
      {!grid ? (
        <p className={styles.empty}>Waiting for the first samples</p>
      ) : asTable ? (
        <HeatTable title={panel.title} grid={grid} />
      ) : (
        <HeatMap label={panel.title} grid={grid} ground={ground} count={perSecond} line={line} />
      )}
      <p className={styles.lineName}>The line is {shown?.title}</p>
    </figure>
  )
}
