/** Draws one chart from the newest telemetry. */
type Draw = () => void

export interface ChartRegistry {
  /** Adds a chart that is on the screen; the answer takes it away. */
  readonly add: (draw: Draw) => () => void
  /** Asks for one redraw of every chart that is on the screen, at the next frame at most once. */
  readonly ask: () => void
  readonly stop: () => void
}

/** One animation frame for all charts of a page, however many there are and however often data comes. */
export function chartRegistry(): ChartRegistry {
  const charts = new Set<Draw>()
  let frame: number | null = null
  return {
    add: (draw) => {
      charts.add(draw)
      return () => charts.delete(draw)
    },
    ask: () => {
      frame ??= requestAnimationFrame(() => {
        frame = null
        for (const draw of charts) draw()
      })
    },
    stop: () => {
      if (frame !== null) cancelAnimationFrame(frame)
      frame = null
    },
  }
}
