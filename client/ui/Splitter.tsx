import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import styles from './Splitter.module.css'

export interface SplitterProps {
  /** What is made wider or narrower. */
  readonly label: string
  /** Width in pixels of the column it belongs to, and its limits. */
  readonly width: number
  readonly min: number
  readonly max: number
  /** `left`: the column stands left of the line, so dragging right widens it. */
  readonly side: 'left' | 'right'
  readonly onWidth: (width: number) => void
}

/** The line between two columns: drag it, or move it with the arrow keys, sixteen pixels at a time. */
export function Splitter({ label, width, min, max, side, onWidth }: SplitterProps) {
  const [from, setFrom] = useState<{ x: number; width: number } | null>(null)
  const line = useRef<HTMLDivElement>(null)
  const sign = side === 'left' ? 1 : -1
  const set = (to: number) => onWidth(Math.round(Math.min(max, Math.max(min, to))))
  const drag = (e: PointerEvent) => {
    if (from) set(from.width + sign * (e.clientX - from.x))
  }
  const key = (e: KeyboardEvent) => {
    const to = {
      ArrowLeft: width - 16 * sign,
      ArrowRight: width + 16 * sign,
      Home: min,
      End: max,
    }[e.key]
    if (to === undefined) return
    e.preventDefault()
    set(to)
  }
  return (
    <div
      ref={line}
      className={styles.line}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      data-dragging={from !== null || undefined}
      onPointerDown={(e) => {
        line.current?.setPointerCapture(e.pointerId)
        setFrom({ x: e.clientX, width })
      }}
      onPointerMove={drag}
      onPointerUp={() => setFrom(null)}
      onPointerCancel={() => setFrom(null)}
      onKeyDown={key}
    />
  )
}
