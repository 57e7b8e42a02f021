import { SAMPLE_MS } from './engine.ts'
import type { Read } from './scenario/expression.ts'
import type { World } from './world.ts'

/** Telemetry for expressions: the newest sample and how it came there. A column nobody filled is unknown. */
export function readOf(recent: () => World['recent']): Read {
  return {
    latest: (column) => recent().at(-1)?.values[column] ?? null,
    window(column, ms) {
      const samples = recent()
      const count = Math.max(1, Math.round(ms / SAMPLE_MS))
      return samples.slice(-count).map((s) => s.values[column] ?? null)
    },
  }
}
