import type uPlot from 'uplot'
import type { Ground, SeriesStyle } from '../palette.ts'
import type { TimeWindow } from './boardData.ts'
import { labelRoom, TIME_STEPS, timeLabel } from './timeAxis.ts'

/** Ink for the canvas, which cannot read CSS variables. */
export const INK: Readonly<
  Record<
    Ground,
    { text: string; grid: string; threshold: string; mark: string; markText: string; ground: string }
  >
> = {
  dark: {
    text: '#9aa7b5',
    grid: 'rgba(154,167,181,0.13)',
    threshold: '#ff6b6b',
    mark: '#c4a484',
    markText: '#e2cfb8',
    ground: '#10151c',
  },
  light: {
    text: '#55606c',
    grid: 'rgba(70,80,92,0.14)',
    threshold: '#c62f2f',
    mark: '#7a5a34',
    markText: '#553d20',
    ground: '#ffffff',
  },
}

const FONT = '11px "JetBrains Mono Variable", ui-monospace, monospace'

export interface ChartSetup {
  readonly width: number
  readonly height: number
  readonly ground: Ground
  readonly styles: readonly SeriesStyle[]
  readonly titles: readonly string[]
  /** Writes a value of the panel's unit. */
  readonly format: (value: number) => string
  /** Read at drawing time: the threshold widens the scale so that the line is on it. */
  readonly threshold: number | null
  readonly ratio: boolean
  /** The scale reaches at least this high: what is smaller is no news and must not look like any. */
  readonly least: number
  readonly onZoom: (window: TimeWindow) => void
  readonly onReset: () => void
  /** The sample under the shared cursor, null when it left. */
  readonly onCursor: (index: number | null) => void
  readonly drawUnder: (u: uPlot) => void
  readonly drawOver: (u: uPlot) => void
}

/** What the charts of a page share the cursor by. */
export const SYNC_KEY = 'boards'

/** Whether the label of a time has room before the right edge of the canvas, half of it standing either side. */
const fits = (u: uPlot, seconds: number): boolean =>
  u.valToPos(seconds, 'x') <= u.bbox.width / devicePixelRatio - 16

/** As wide as the longest label of the axis, so that the plot gets the rest. */
const widthOf = (labels: readonly string[] | null): number =>
  Math.ceil(Math.max(4, ...(labels ?? []).map((l) => l.length)) * 6.7) + 12

/** Options for one time-series chart: series first, the hour before as faint dashes after them. */
export function chartOptions(setup: ChartSetup): uPlot.Options {
  const ink = INK[setup.ground]
  const axis = { stroke: ink.text, font: FONT, grid: { stroke: ink.grid, width: 1 }, ticks: { show: false } }
  const { threshold } = setup
  return {
    width: setup.width,
    height: setup.height,
    padding: [14, 8, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false },
      y: {
        range: (_u, low, high) => {
          const top = Math.max(high ?? 0, setup.least, threshold === null ? 0 : threshold * 1.05)
          const bottom = Math.min(low ?? 0, threshold ?? 0)
          // Rates and times start at zero; a ratio that stays near one (an objective) would be a flat line that way.
          if (setup.ratio && bottom > 0.5)
            return [Math.max(0, bottom - (top - bottom) * 0.2 - 0.0005), Math.min(1, top + 0.0005)]
          return [Math.min(0, bottom), top <= 0 ? 1 : top * 1.08]
        },
      },
    },
    axes: [
      {
        ...axis,
        size: 24,
        space: (_u, _axis, from, to) => labelRoom(from, to),
        incrs: [...TIME_STEPS],
        values: (u, splits) => splits.map((s) => (fits(u, s) ? timeLabel(s) : '')),
      },
      {
        ...axis,
        size: (_u, labels) => widthOf(labels),
        space: 28,
        values: (_u, splits) => splits.map((v) => setup.format(v)),
      },
    ],
    series: [
      {},
      ...setup.styles.map((style, i) => ({
        label: setup.titles[i] ?? '',
        stroke: style.colour,
        width: 1.6,
        dash: [...style.dash],
        points: { show: false },
      })),
      ...setup.styles.map((style, i) => ({
        label: `${setup.titles[i] ?? ''}, an hour ago`,
        stroke: `${style.colour}77`,
        width: 1,
        dash: [3, 4],
        points: { show: false },
      })),
    ],
    cursor: {
      sync: { key: SYNC_KEY, setSeries: false },
      drag: { x: true, y: false, setScale: false },
      y: false,
      points: { size: 6 },
      bind: {
        dblclick: () => () => {
          setup.onReset()
          return null
        },
      },
    },
    hooks: {
      drawClear: [setup.drawUnder],
      draw: [setup.drawOver],
      setCursor: [(u) => setup.onCursor((u.cursor.left ?? -1) < 0 ? null : (u.cursor.idx ?? null))],
      setSelect: [
        (u) => {
          const { left, width } = u.select
          if (width < 6) return
          const from = u.posToVal(left, 'x') * 1000
          const to = u.posToVal(left + width, 'x') * 1000
          // The selection reaches every chart of the page; one that was never on the screen has no scale yet.
          if (Number.isFinite(from) && Number.isFinite(to)) setup.onZoom({ from, to })
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
        },
      ],
    },
  }
}
