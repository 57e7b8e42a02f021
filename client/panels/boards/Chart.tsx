import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { number } from '../../ui/format.ts'
import { seriesOf } from '../../store/telemetry.ts'
import { normalOf, telemetryNow } from '../telemetryNow.ts'
import { boardTime } from './boardTime.ts'
import { chartData, windowOf } from './boardData.ts'
import { chartOptions, SYNC_KEY } from './chartOptions.ts'
import { drawAnnotations, drawBands, drawThreshold } from './drawMarks.ts'
import { leastOf } from './reading.ts'
import type { Annotation } from './annotations.ts'
import type { ChartRegistry } from './chartRegistry.ts'
import type { Ground, SeriesStyle } from '../palette.ts'
import type { ViewOf } from '../../../shared/contracts/index.ts'
import styles from './boards.module.css'

export type BoardPanel = ViewOf<'system'>['boards'][number]['panels'][number]

/** What the shared cursor points at on this chart. */
export interface CursorReading {
  /** Exercise ms. */
  readonly at: number
  readonly values: readonly (number | null)[]
}

/** Bands of more series than this would only be mud. */
const MAX_BANDS = 3

/**
 * The canvas of a time-series panel. It redraws outside React: through the registry, once per frame, and only while it
 * is on the screen. Hidden from assistive technology; the figure around it says the values.
 */
export function Chart({
  panel,
  series,
  ground,
  annotations,
  registry,
  onCursor,
}: {
  readonly panel: BoardPanel
  readonly series: readonly SeriesStyle[]
  readonly ground: Ground
  readonly annotations: readonly Annotation[]
  readonly registry: ChartRegistry
  readonly onCursor: (reading: CursorReading | null) => void
}) {
  const host = useRef<HTMLDivElement>(null)
  const marks = useRef(annotations)
  useEffect(() => {
    marks.current = annotations
    registry.ask()
  }, [annotations, registry])

  useEffect(() => {
    const element = host.current
    if (!element) return
    let bands: ({ low: number; high: number } | null)[] = []
    let shown: number | null = null
    const plot: uPlot = new uPlot(
      chartOptions({
        width: Math.max(120, element.clientWidth),
        height: element.clientHeight,
        ground,
        styles: series,
        titles: panel.series.map((s) => s.title),
        format: (value) => number(value, panel.unit),
        threshold: panel.threshold,
        ratio: panel.unit === 'ratio' || panel.unit === 'percent',
        least: leastOf(panel.unit),
        onZoom: (zoom) => boardTime.setState({ zoom }),
        onCursor: (index) => {
          if (index === shown) return
          shown = index
          const data = plot.data
          onCursor(
            index === null
              ? null
              : {
                  at: (data[0][index] ?? 0) * 1000,
                  values: panel.series.map((_, i) => data[i + 1]?.[index] ?? null),
                },
          )
        },
        onReset: () => boardTime.setState({ zoom: null }),
        drawUnder: (u) => panel.series.length <= MAX_BANDS && drawBands(u, bands, series),
        drawOver: (u) => {
          drawThreshold(u, panel.threshold, ground)
          if (boardTime.getState().marks) drawAnnotations(u, marks.current, ground)
        },
      }),
      [[], ...Array.from({ length: series.length * 2 }, () => [])],
      element,
    )
    uPlot.sync(SYNC_KEY).sub(plot)

    const draw = () => {
      const { at } = telemetryNow()
      const columns = panel.series.map((s) => seriesOf(s.metric))
      bands = panel.series.map((s) => normalOf(s.metric))
      const { zoom, range, compare } = boardTime.getState()
      const window = windowOf({ zoom, range, newest: at.at(-1) ?? 0 })
      const data = chartData({ at, columns, window, compare })
      const earlier = compare ? data.earlier : columns.map(() => data.x.map(() => null))
      plot.batch(() => {
        plot.setData([data.x, ...data.ys, ...earlier], false)
        plot.setScale('x', { min: window.from / 1000, max: window.to / 1000 })
      })
    }

    let leave: (() => void) | null = null
    const seen = new IntersectionObserver(([entry]) => {
      leave?.()
      leave = entry?.isIntersecting ? registry.add(draw) : null
      if (leave) registry.ask()
    })
    seen.observe(element)
    const resized = new ResizeObserver(() => {
      plot.setSize({ width: Math.max(120, element.clientWidth), height: element.clientHeight })
    })
    resized.observe(element)
    const unsubscribe = boardTime.subscribe(registry.ask)
    return () => {
      unsubscribe()
      seen.disconnect()
      resized.disconnect()
      leave?.()
      uPlot.sync(SYNC_KEY).unsub(plot)
      plot.destroy()
    }
  }, [panel, series, ground, registry, onCursor])

  return <div ref={host} className={styles.canvas} aria-hidden="true" />
}
