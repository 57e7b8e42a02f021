import { askArm } from '../calls/arms.ts'
import { type Answer, answer } from '../calls/ask.ts'
import { B } from '../classes/classAnswers.ts'
import type { ArmModel, Model } from '../model/model.ts'
import type { PhysicsState } from '../state.ts'
import type { Workspace } from '../workspace.ts'
import type { WalkArm } from './walk.ts'

/** What a walk is read from: the model, its state, and the scratch numbers of the tick that has just passed. */
export interface Reading {
  readonly model: Model
  readonly state: PhysicsState
  readonly w: Workspace
}
/** All classes of requests together. */
export const ALL = -1

const got: Answer = answer()

/** What attempts of one class of requests (or of all) meet on each of some ways in this second. */
export function armsOf(
  { model, state, w }: Reading,
  arms: readonly ArmModel[],
  o: { readonly timeout: number; readonly kind: number },
): WalkArm[] {
  return arms.map((arm) => {
    askArm({ model, state, w }, arm, w.arrivals[arm.to] ?? 0, o.timeout, got)
    const { of, many } = got.classes
    const at = o.kind * B.size
    return {
      to: arm.to,
      weight: w.armWeight[arm.index] ?? 0,
      network: w.armDelay[arm.index] ?? 0,
      loss: w.armLoss[arm.index] ?? 0,
      dry: 0,
      answer:
        o.kind === ALL || many === 0
          ? { ok: got.ok, status: Array.from(got.status), late: got.late }
          : {
              ok: of[at + B.ok] ?? 0,
              status: Array.from(of.subarray(at + B.status, at + B.status + 5)),
              late: of[at + B.late] ?? 0,
            },
    }
  })
}
