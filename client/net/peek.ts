import type { Views } from '../../shared/frames.ts'
import type { SeatId } from '../../shared/ids.ts'
import { currentLine } from './line.ts'

const PATIENCE_MS = 5000

/** What another seat sees at this moment; null when it may not be looked at, or the line is down. */
export function peek(seat: SeatId): Promise<Views | null> {
  const line = currentLine()
  if (!line?.connected) return Promise.resolve(null)
  return new Promise((resolve) => {
    line.timeout(PATIENCE_MS).emit('peek', seat, (error, views) => resolve(error ? null : views))
  })
}
