import type { Logger } from 'pino'
import type { Library, ScenarioSpoilers } from '../../shared/api.ts'
import type { Exporter } from '../exports/exporter.ts'
import type { Time } from '../session/ports.ts'
import type { Recorded } from '../session/records.ts'
import type { Registry } from '../session/registry.ts'
import type { StoredExercise } from '../store/logStore.ts'

/** All that HTTP and sockets talk to. */
export interface Services {
  readonly registry: Registry
  readonly library: () => Library
  readonly spoilers: (publicId: string) => ScenarioSpoilers | undefined
  /** The record of an exercise, computed from its stored log alone. */
  readonly recordOf: (stored: StoredExercise) => Promise<Recorded>
  readonly exporters: Readonly<Record<string, Exporter>>
  readonly time: Time
  readonly log: Logger
  readonly errorId: () => string
}
