import { z } from 'zod'
import type { SeatId } from '../../shared/ids.ts'
import { addLogs } from '../store/logs.ts'
import { loadTelemetry } from '../store/telemetry.ts'
import { api, ApiError } from './api.ts'

const TelemetryHistory = z.object({
  first: z.number(),
  at: z.array(z.number()),
  values: z.array(z.array(z.number().nullable())),
})
const LogHistory = z.array(
  z.object({
    n: z.number(),
    at: z.number(),
    component: z.string(),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    text: z.string(),
    trace: z.string().optional(),
  }),
)

const RETRY_MS = 3000

export interface History {
  /** Loads the whole past of telemetry again; asked twice while loading, loads once more afterwards. */
  readonly telemetry: () => void
  readonly logs: () => void
  readonly stop: () => void
}

/** Fetches what the socket does not repeat: samples and log lines from before. Tries until it has them. */
export function createHistory(seat: SeatId): History {
  let stopped = false
  const loader = (load: () => Promise<void>) => {
    let state: 'idle' | 'loading' | 'again' = 'idle'
    const run = async (): Promise<void> => {
      if (stopped) return
      if (state !== 'idle') {
        state = 'again'
        return
      }
      state = 'loading'
      try {
        await load()
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        // Not allowed stays not allowed; anything else may pass.
        if (error.code === 'offline' || error.code.startsWith('http-5') || error.code === 'too-fast') {
          setTimeout(() => void run(), RETRY_MS)
          state = 'idle'
          return
        }
      }
      const again = (state as string) === 'again'
      state = 'idle'
      if (again) void run()
    }
    return () => void run()
  }
  return {
    telemetry: loader(async () => {
      const frame = await api.get(`/api/seats/${seat}/telemetry`, TelemetryHistory)
      if (!stopped) loadTelemetry(frame)
    }),
    logs: loader(async () => {
      const lines = await api.get(`/api/seats/${seat}/logs`, LogHistory)
      if (!stopped) addLogs(lines)
    }),
    stop: () => {
      stopped = true
    },
  }
}
