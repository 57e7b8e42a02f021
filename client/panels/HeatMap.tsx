import { useEffect, useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { clock, number } from '../ui/format.ts'
import { drawHeat, placesOf } from './drawHeat.ts'
import { heatColours } from './heatColours.ts'
import {
  boxOf,
  busiestOf,
  greatestOf,
  rowsInUse,
  type HeatBox,
  type HeatCell,
  type HeatGrid,
} from './heatGrid.ts'
import styles from './heat.module.css'
import type { Ground } from './palette.ts'

/** A cell in words. */
function cellWords(grid: HeatGrid, { column, row }: HeatCell, count: (n: number) => string): string {
  const here = grid.counts[column]?.[row] ?? 0
  const failed = grid.failed?.[column]?.[row] ?? 0
  const times = `${clock(grid.times[column] ?? 0)} – ${clock(grid.times[column + 1] ?? 0)}`
  const durations = `${number(grid.durations[row] ?? 0, 's')} – ${number(grid.durations[row + 1] ?? 0, 's')}`
  const bad = failed > 0 && here > 0 ? `, ${number(failed / here, 'ratio')} failed` : ''
  return `${times}, ${durations}: ${count(here)}${bad}`
}

/** The whole map in a sentence, for those who do not see it. */
function summary(grid: HeatGrid): string {
  const busiest = busiestOf(grid)
  if (!busiest) return 'Nothing was answered in this time.'
  const { first, last } = rowsInUse(grid)
  const edge = (i: number) => number(grid.durations[i] ?? 0, 's')
  return `Durations from ${edge(first)} to ${edge(last + 1)}; most, ${number(busiest.share, 'ratio')}, take ${edge(busiest.row)} to ${edge(busiest.row + 1)}.`
}

/**
 * A heat map of durations over time, drawn on a canvas. The pointer or the arrow keys move a cursor whose cell is told in words; dragging,
 * or the arrow keys with Shift, select a box where `onBox` is given. Escape takes the selection back.
 */
export function HeatMap({
  label,
  grid,
  ground,
  count,
  box = null,
  onBox,
  line,
}: {
  readonly label: string
  readonly grid: HeatGrid
  readonly ground: Ground
  /** A count in words. */
  readonly count: (n: number) => string
  readonly box?: HeatBox | null
  readonly onBox?: (box: HeatBox | null) => void
  readonly line?: readonly { readonly at: number; readonly value: number | null }[]
}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const [cursor, setCursor] = useState<HeatCell | null>(null)
  const [from, setFrom] = useState<HeatCell | null>(null)
  const [byKeys, setByKeys] = useState(false)
  const words = useId()
  const dragged = from && cursor && onBox ? boxOf(grid, from, cursor) : null

  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const resized = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    )
    resized.observe(element)
    return () => resized.disconnect()
  }, [])

  useEffect(() => {
    const element = canvas.current
    const ctx = element?.getContext('2d')
    if (!element || !ctx || size.width === 0) return
    const scale = devicePixelRatio
    element.width = Math.round(size.width * scale)
    element.height = Math.round(size.height * scale)
    ctx.setTransform(scale, 0, 0, scale, 0, 0)
    drawHeat(ctx, { grid, ground, ...size, box: dragged ?? box, cursor, line })
  })

  const cellUnder = (event: PointerEvent<HTMLElement>): HeatCell => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return placesOf(grid, size).cellAt(event.clientX - left, event.clientY - top)
  }
  const release = (event: PointerEvent<HTMLElement>) => {
    if (!from || !onBox) return
    const to = cellUnder(event)
    setFrom(null)
    // A click without a drag takes the selection back.
    onBox(to.column === from.column && to.row === from.row && box ? null : boxOf(grid, from, to))
  }
  const pressed = (event: KeyboardEvent<HTMLElement>) => {
    const { first, last } = rowsInUse(grid)
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key]
    if (event.key === 'Escape' && onBox && (box || from)) {
      event.preventDefault()
      setFrom(null)
      onBox(null)
      return
    }
    if (!step) return
    event.preventDefault()
    const columns = grid.counts.length
    const at = cursor ?? { column: columns - 1, row: Math.round((first + last) / 2) }
    const next = {
      column: Math.min(columns - 1, Math.max(0, at.column + (step[0] ?? 0))),
      row: Math.min(last, Math.max(first, at.row + (step[1] ?? 0))),
    }
    setCursor(next)
    if (!onBox || !event.shiftKey) {
      setFrom(null)
      return
    }
    const start = from ?? at
    setFrom(start)
    onBox(boxOf(grid, start, next))
  }

  const greatest = greatestOf(grid)
  return (
    <div className={styles.heat}>
      {/* An application, so that screen readers leave the arrow keys to it; the cell is read aloud as it is pointed at. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        className={styles.plot}
        role="application"
        tabIndex={0}
        aria-label={label}
        aria-describedby={words}
        data-selects={onBox ? true : undefined}
        onKeyDown={pressed}
        onFocus={(e) => setByKeys(e.currentTarget.matches(':focus-visible'))}
        onBlur={() => setByKeys(false)}
        onPointerDown={(e) => {
          if (!onBox) return
          e.currentTarget.setPointerCapture(e.pointerId)
          setFrom(cellUnder(e))
        }}
        onPointerMove={(e) => setCursor(cellUnder(e))}
        onPointerUp={release}
        onPointerLeave={() => !from && setCursor(null)}
      >
        <canvas ref={canvas} className={styles.canvas} aria-hidden="true" />
      </div>
      <p id={words} className={styles.unseen}>
        {summary(grid)}
      </p>
      <div className={styles.foot}>
        <span className={styles.reading} aria-live="polite">
          {cursor
            ? cellWords(grid, cursor, count)
            : byKeys
              ? `Arrow keys read cells${onBox ? ', with Shift they select' : ''}`
              : onBox
                ? 'Drag a box over what looks different'
                : 'Point at a cell to read it'}
        </span>
        <span className={styles.legend}>
          0
          <span className={styles.steps} aria-hidden="true">
            {heatColours(ground).map((colour) => (
              <span key={colour} style={{ background: colour }} />
            ))}
          </span>
          {count(greatest)}
        </span>
      </div>
    </div>
  )
}
