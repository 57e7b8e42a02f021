import { SAMPLE_MS } from './engine.ts'
import type { Read } from './scenario/expression.ts'
import type { World } from './world.ts'

/**
 * Telemetry for expressions: the newest sample and how it came there. A column nobody filled is unknown; so is everything
 * in a sample whose column `unless` is 0, as players find it while monitoring is down.
 */
export function readOf(recent: () => World['recent'], unless?: number): Read {
  const at = (sample: World['recent'][number] | undefined, column: number) =>
    unless !== undefined && sample?.values[unless] === 0 ? null : (sample?.values[column] ?? null)
  return {
    latest: (column) => at(recent().at(-1), column),
    window(column, ms) {
      const samples = recent()
      const count = Math.max(1, Math.round(ms / SAMPLE_MS))
      return samples.slice(-count).map((s) => at(s, column))
    },
  }
}
