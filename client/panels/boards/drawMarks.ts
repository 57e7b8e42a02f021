import type uPlot from 'uplot'
import type { Ground, SeriesStyle } from '../palette.ts'
import { placeLabels, type Annotation } from './annotations.ts'
import { INK } from './chartOptions.ts'

/** The faint bands of what was normal before the exercise, under the series. */
export function drawBands(
  u: uPlot,
  bands: readonly ({ low: number; high: number } | null)[],
  styles: readonly SeriesStyle[],
): void {
  const { ctx, bbox } = u
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  bands.forEach((band, i) => {
    if (!band) return
    const top = u.valToPos(band.high, 'y', true)
    const bottom = u.valToPos(band.low, 'y', true)
    ctx.globalAlpha = 0.1
    ctx.fillStyle = styles[i]?.colour ?? '#888888'
    // A metric that never moved still had a normal: two pixels show it.
    ctx.fillRect(bbox.left, Math.min(top, bottom - 2), bbox.width, Math.max(2, bottom - top))
  })
  ctx.restore()
}

/** The line of an objective or a limit. */
export function drawThreshold(u: uPlot, threshold: number | null, ground: Ground): void {
  if (threshold === null) return
  const { ctx, bbox } = u
  const y = Math.round(u.valToPos(threshold, 'y', true)) + 0.5
  if (y < bbox.top || y > bbox.top + bbox.height) return
  ctx.save()
  ctx.strokeStyle = INK[ground].threshold
  ctx.lineWidth = devicePixelRatio
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio])
  ctx.beginPath()
  ctx.moveTo(bbox.left, y)
  ctx.lineTo(bbox.left + bbox.width, y)
  ctx.stroke()
  ctx.restore()
}

/** Vertical lines where something changed, with as many labels as fit side by side. */
export function drawAnnotations(u: uPlot, annotations: readonly Annotation[], ground: Ground): void {
  const { ctx, bbox } = u
  const scale = devicePixelRatio
  const ink = INK[ground]
  const from = (u.scales['x']?.min ?? 0) * 1000
  const to = (u.scales['x']?.max ?? 0) * 1000
  ctx.save()
  ctx.font = `${10 * scale}px "Inter Variable", system-ui, sans-serif`
  ctx.textBaseline = 'top'
  ctx.textAlign = 'left'
  const placed = annotations
    .filter((a) => a.at >= from && a.at <= to)
    .map((annotation) => ({
      annotation,
      x: u.valToPos(annotation.at / 1000, 'x', true) - bbox.left,
      width: ctx.measureText(annotation.label).width + 6 * scale,
    }))
  const widths = new Map(placed.map((p) => [p.annotation, p.width]))
  for (const { annotation, x, labelled } of placeLabels(placed, bbox.width)) {
    const left = Math.round(bbox.left + x) + 0.5
    ctx.strokeStyle = annotation.marked ? ink.threshold : ink.mark
    ctx.lineWidth = (annotation.marked ? 2 : 1) * scale
    ctx.setLineDash(annotation.kind === 'change' ? [2 * scale, 3 * scale] : [])
    ctx.beginPath()
    ctx.moveTo(left, bbox.top - 4 * scale)
    ctx.lineTo(left, bbox.top + bbox.height)
    ctx.stroke()
    if (!labelled) continue
    const width = widths.get(annotation) ?? 0
    const textLeft = Math.min(left, bbox.left + bbox.width - width)
    ctx.globalAlpha = 0.85
    ctx.fillStyle = ink.ground
    ctx.fillRect(textLeft, bbox.top - 13 * scale, width, 12 * scale)
    ctx.globalAlpha = 1
    ctx.fillStyle = ink.markText
    ctx.fillText(annotation.label, textLeft + 3 * scale, bbox.top - 12 * scale)
  }
  ctx.restore()
}
