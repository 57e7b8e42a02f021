import { clock, number } from '../ui/format.ts'
import { heatColour, heatStep } from './heatColours.ts'
import { cellsOf, greatestOf, rowsInUse, type HeatBox, type HeatCell, type HeatGrid } from './heatGrid.ts'
import type { Ground } from './palette.ts'

/** Room for the labels of the axes, CSS pixels. */
const LEFT = 58
const BOTTOM = 20
const TOP = 6
const RIGHT = 8
const FONT = '11px "JetBrains Mono Variable", ui-monospace, monospace'
const INK = {
  dark: {
    text: '#9aa7b5',
    grid: 'rgba(154,167,181,0.16)',
    box: '#ff9355',
    failed: '#ff7b75',
    line: '#ffffff',
    halo: 'rgba(0,0,0,0.65)',
  },
  light: {
    text: '#55606c',
    grid: 'rgba(70,80,92,0.18)',
    box: '#b0430c',
    failed: '#b3231c',
    line: '#000000',
    halo: 'rgba(255,255,255,0.8)',
  },
} as const satisfies Record<Ground, Record<string, string>>

/** Where the cells of a heat map lie on a canvas of a given size, in CSS pixels. */
export interface HeatPlaces {
  readonly x: (column: number) => number
  /** The upper edge of a row. */
  readonly y: (row: number) => number
  readonly width: number
  readonly height: number
  readonly first: number
  readonly last: number
  readonly cellAt: (x: number, y: number) => HeatCell
}

/** Lays a grid out on a canvas. */
export function placesOf(grid: HeatGrid, size: { width: number; height: number }): HeatPlaces {
  const { first, last } = rowsInUse(grid)
  const columns = Math.max(1, grid.counts.length)
  const rows = last - first + 1
  const wide = (size.width - LEFT - RIGHT) / columns
  const high = (size.height - TOP - BOTTOM) / rows
  const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value))
  return {
    x: (column) => LEFT + column * wide,
    y: (row) => TOP + (last - row) * high,
    width: wide,
    height: high,
    first,
    last,
    cellAt: (x, y) => ({
      column: clamp(Math.floor((x - LEFT) / wide), columns - 1),
      row: first + clamp(rows - 1 - Math.floor((y - TOP) / high), rows - 1),
    }),
  }
}

export interface HeatDrawing {
  readonly grid: HeatGrid
  readonly ground: Ground
  readonly width: number
  readonly height: number
  readonly box: HeatBox | null
  readonly cursor: HeatCell | null
  /** Drawn over the cells: moments (exercise ms) and durations (s). */
  readonly line?: readonly { readonly at: number; readonly value: number | null }[] | undefined
}

/** Round durations to label, in seconds. */
const LABELS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100]

/** Where on the axis of rows a duration lies, in rows from the bottom of the grid. */
function heightOf(grid: HeatGrid, seconds: number): number {
  const [a = 1, b = 2] = grid.durations
  return Math.log(seconds / a) / Math.log(b / a)
}

/** Draws a heat map: cells, those that mostly failed with a stroke, axes, the selection and the cell under the cursor. */
export function drawHeat(ctx: CanvasRenderingContext2D, o: HeatDrawing): void {
  const { grid, ground, width, height } = o
  const ink = INK[ground]
  const places = placesOf(grid, o)
  const greatest = greatestOf(grid)
  ctx.clearRect(0, 0, width, height)
  ctx.font = FONT
  ctx.lineWidth = 1
  grid.counts.forEach((column, c) => {
    for (let row = places.first; row <= places.last; row += 1) {
      const count = column[row] ?? 0
      const colour = heatColour(heatStep(count, greatest), ground)
      if (!colour) continue
      const x = places.x(c)
      const y = places.y(row)
      // Half a pixel more, so that no seams show between cells.
      ctx.fillStyle = colour
      ctx.fillRect(x, y, places.width + 0.5, places.height + 0.5)
      if ((grid.failed?.[c]?.[row] ?? 0) <= count / 2) continue
      ctx.strokeStyle = ink.failed
      ctx.beginPath()
      ctx.moveTo(x + 1, y + places.height - 1)
      ctx.lineTo(x + places.width - 1, y + 1)
      ctx.stroke()
    }
  })
  drawAxes(ctx, o, places)
  if (o.line) drawLine(ctx, o, places)
  if (o.box) {
    const { from, to } = cellsOf(grid, o.box)
    const low = Math.max(from.row, places.first)
    const high = Math.min(to.row, places.last)
    ctx.strokeStyle = ink.box
    ctx.lineWidth = 2
    ctx.strokeRect(
      places.x(from.column),
      places.y(high),
      (to.column - from.column + 1) * places.width,
      (high - low + 1) * places.height,
    )
  }
  if (o.cursor) {
    ctx.strokeStyle = ink.text
    ctx.lineWidth = 1
    ctx.strokeRect(places.x(o.cursor.column), places.y(o.cursor.row), places.width, places.height)
  }
}

function drawAxes(ctx: CanvasRenderingContext2D, o: HeatDrawing, places: HeatPlaces): void {
  const { grid, width, height } = o
  const ink = INK[o.ground]
  ctx.fillStyle = ink.text
  ctx.strokeStyle = ink.grid
  ctx.textAlign = 'right'
  ctx.textBaseline = 'middle'
  let free = Infinity
  for (const seconds of LABELS) {
    const at = heightOf(grid, seconds)
    if (at < places.first || at > places.last + 1) continue
    const y = TOP + (places.last + 1 - at) * places.height
    if (free - y < 14) continue
    free = y
    ctx.fillText(number(seconds, 's'), LEFT - 6, y)
    ctx.beginPath()
    ctx.moveTo(LEFT, Math.round(y) + 0.5)
    ctx.lineTo(width - RIGHT, Math.round(y) + 0.5)
    ctx.stroke()
  }
  ctx.textBaseline = 'bottom'
  ctx.textAlign = 'center'
  const first = grid.times[0] ?? 0
  const last = grid.times.at(-1) ?? first
  const step = [60, 120, 300, 600, 900, 1800, 3600].find(
    (s) => ((last - first) / 1000 / s) * 76 <= width - LEFT,
  )
  const every = (step ?? 7200) * 1000
  for (let at = Math.ceil(first / every) * every; at <= last; at += every) {
    const x = LEFT + ((at - first) / Math.max(1, last - first)) * (width - LEFT - RIGHT)
    if (x > width - 28) continue
    ctx.fillText(clock(at), x, height - 3)
  }
}

function drawLine(ctx: CanvasRenderingContext2D, o: HeatDrawing, places: HeatPlaces): void {
  const { grid, width } = o
  const first = grid.times[0] ?? 0
  const span = Math.max(1, (grid.times.at(-1) ?? first) - first)
  ctx.beginPath()
  let drawing = false
  for (const { at, value } of o.line ?? []) {
    if (value === null || value <= 0 || at < first) {
      drawing = false
      continue
    }
    const x = LEFT + ((at - first) / span) * (width - LEFT - RIGHT)
    const y = TOP + (places.last + 1 - heightOf(grid, value)) * places.height
    if (drawing) ctx.lineTo(x, y)
    else ctx.moveTo(x, y)
    drawing = true
  }
  // Cells run from the darkest to the brightest: only with a halo does one line show on all of them.
  const ink = INK[o.ground]
  ctx.strokeStyle = ink.halo
  ctx.lineWidth = 4
  ctx.stroke()
  ctx.strokeStyle = ink.line
  ctx.lineWidth = 1.5
  ctx.stroke()
}
