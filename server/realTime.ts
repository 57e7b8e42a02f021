import { wallMs } from '../shared/ids.ts'
import type { Time } from './session/ports.ts'

/** The machine's own clocks. */
export const realTime: Time = {
  wall: () => wallMs(Date.now()),
  mono: () => performance.now(),
  every(ms, call) {
    const timer = setInterval(call, ms)
    // A clock alone is no reason to stay alive.
    timer.unref()
    return () => clearInterval(timer)
  },
}
