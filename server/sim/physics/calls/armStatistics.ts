import type { ArmModel } from '../model/model.ts'
import { AS, type PhysicsState } from '../state.ts'

/** How attempts over one way went in the last sample: what a sampler of single requests draws from. */
export interface ArmStatistics {
  readonly arm: ArmModel
  /** Share of the attempts of its call or source that went this way. */
  readonly weight: number
  /** Attempts since the sample before, retries among them. */
  readonly attempts: number
  /** Shares of these: lost on the way, failed with a 5xx or a timeout (the lost among them), timed out. */
  readonly lost: number
  readonly bad: number
  readonly late: number
  /** Added round trip, and mean and variance of the time until answered or given up (s, s²). */
  readonly delay: number
  readonly mean: number
  readonly variance: number
}

/** Statistics of some arms in the last sample, in their order; those that carried nothing have weight 0. Read after `takeSample`. */
export function armStatistics(state: PhysicsState, arms: readonly ArmModel[]): ArmStatistics[] {
  const sum = (arm: ArmModel, place: number) => state.arms.happened[arm.index * AS.size + place] ?? 0
  const all = arms.reduce((n, arm) => n + sum(arm, AS.attempts), 0)
  return arms.map((arm) => {
    const attempts = sum(arm, AS.attempts)
    const share = (place: number) => (attempts > 0 ? sum(arm, place) / attempts : 0)
    const mean = share(AS.time)
    return {
      arm,
      weight: all > 0 ? attempts / all : 0,
      attempts,
      lost: share(AS.lost),
      bad: share(AS.bad),
      late: share(AS.late),
      delay: share(AS.delay),
      mean,
      variance: Math.max(0, share(AS.square) - mean * mean),
    }
  })
}
