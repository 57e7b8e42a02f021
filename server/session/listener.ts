import type { Frame, LogLine, Presence, TelemetryFrame } from '../../shared/frames.ts'

/** One connection of a seat, as a session speaks to it. Never blocks, never throws. */
export interface Listener {
  frame(frame: Frame): void
  telemetry(frame: TelemetryFrame): void
  logs(lines: readonly LogLine[]): void
  presence(presence: Presence): void
  /** The seat was freed: the connection ends. */
  removed(): void
}
