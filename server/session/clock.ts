import { type SimMs, simMs } from '../../shared/ids.ts'

/** How often a running exercise's clock moves by itself, wall milliseconds. */
export const TICK_MS = 500
// A gap longer than this was not play: the process was held up or the machine slept. Exercise time stood still then.
const LONGEST_GAP_MS = 10_000

/** Turns elapsed wall time into exercise time while the exercise runs. */
export function createClock(mono: () => number) {
  let anchor: { at: number; sim: number; speed: number } | null = null
  let looked = 0

  return {
    /** Told after every step: does the clock run, how fast, and what time is it. */
    follow(state: { readonly running: boolean; readonly speed: number }, now: SimMs) {
      if (!state.running) anchor = null
      else if (anchor?.speed !== state.speed) {
        looked = mono()
        anchor = { at: looked, sim: now, speed: state.speed }
      }
    },
    /** Exercise time goes on from `now`: what passed without being written down did not happen. */
    rebase(now: SimMs) {
      if (anchor) anchor = { ...anchor, at: mono(), sim: now }
    },
    /** The exercise's present; null while its clock stands. */
    present(): SimMs | null {
      if (!anchor) return null
      const at = mono()
      const lost = Math.max(0, at - looked - LONGEST_GAP_MS)
      if (lost > 0) anchor = { ...anchor, at: anchor.at + lost }
      looked = at
      return simMs(anchor.sim + (at - anchor.at) * anchor.speed)
    },
  }
}
