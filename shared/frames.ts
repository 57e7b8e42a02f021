import { z } from 'zod'
import type { RoleView, SeatView } from './contracts/index.ts'
import { CommandId, SeatId } from './ids.ts'
import type { Patch } from './patch.ts'
import type { RefusalCode } from './refusals.ts'

/** Raised when an old client could misread a new server. */
export const PROTOCOL_VERSION = 1
export const SOCKET_PATH = '/socket'

/** Said by the client in the handshake. Who it is comes from the seat's cookie. */
export const Hello = z.strictObject({
  protocol: z.literal(PROTOCOL_VERSION),
  seat: SeatId,
  /** The last frame seen, to resume after it. */
  since: z.number().int().nonnegative().optional(),
})
export type Hello = z.infer<typeof Hello>

export const Envelope = z.strictObject({ id: CommandId, command: z.unknown() })

export interface Views {
  readonly role: RoleView
  readonly mine: SeatView
}

/** One thing said to one seat. `seq` counts this seat's own frames, so a gap can hint at nothing. */
export type Frame =
  | {
      readonly kind: 'welcome'
      readonly seq: number
      readonly seat: SeatId
      readonly views: Views
      readonly engine: string
    }
  | { readonly kind: 'update'; readonly seq: number; readonly patch: Patch }

export type Answer =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: RefusalCode; readonly where?: string; readonly errorId?: string }

/**
 * Samples of telemetry, every role its own columns: `values[i][c]` is metric `c` of the role's `system.metrics`
 * at exercise time `at[i]`; null is unknown. `first` numbers the first sample, so that a gap shows.
 */
export interface TelemetryFrame {
  readonly first: number
  readonly at: readonly number[]
  readonly values: readonly (readonly (number | null)[])[]
}
export interface LogLine {
  readonly n: number
  readonly at: number
  readonly component: string
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly text: string
  /** The sampled request this line tells of. */
  readonly trace?: string | undefined
}
/** Seats with at least one live connection. */
export interface Presence {
  readonly here: readonly SeatId[]
}

export interface ClientEvents {
  command: (envelope: { id: string; command: unknown }, answer: (a: Answer) => void) => void
  /** Game master: what does this seat see? */
  peek: (seat: string, answer: (views: Views | null) => void) => void
}
export interface ServerEvents {
  frame: (frame: Frame) => void
  telemetry: (frame: TelemetryFrame) => void
  logs: (lines: readonly LogLine[]) => void
  presence: (presence: Presence) => void
  /** This seat was freed by the game master; the connection ends after it. */
  removed: () => void
}
