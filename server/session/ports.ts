import type { WallMs } from '../../shared/ids.ts'

/** The only clock a session reads; real in the server, moved by hand in tests. */
export interface Time {
  /** Wall time, to be written down. */
  wall(): WallMs
  /** Milliseconds that only ever grow, to be subtracted. */
  mono(): number
  /** Calls back again and again until the returned function is called. */
  every(ms: number, call: () => void): () => void
}

/** Unpredictable bytes. */
export type Entropy = (bytes: number) => Uint8Array
