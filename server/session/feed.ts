import type { Frame, Views } from '../../shared/frames.ts'
import type { SeatId } from '../../shared/ids.ts'
import { diffViews } from '../../shared/patch.ts'

/** Frames a seat's feed remembers; whoever missed more gets a fresh welcome. */
export const FRAMES_KEPT = 128

export type Feed = ReturnType<typeof createFeed>

/** One seat's frames, numbered without gaps. Says nothing when what this seat may know did not change. */
export function createFeed(options: { seat: SeatId; engine: string; first: Views; seq: number }) {
  const { seat, engine } = options
  let { first: views, seq } = options
  const kept: Frame[] = []

  return {
    push(next: Views): Frame | undefined {
      const patch = diffViews(views, next)
      if (!patch) return undefined
      views = next
      const frame: Frame = { kind: 'update', seq: ++seq, patch }
      kept.push(frame)
      if (kept.length > FRAMES_KEPT) kept.shift()
      return frame
    },
    /** What to say to somebody who has seen `since`: exactly what they missed, or everything afresh. */
    resume(since: number | undefined): readonly Frame[] {
      if (since === seq) return []
      const oldest = kept[0]?.seq ?? seq + 1
      if (since === undefined || since > seq || since < oldest - 1)
        return [{ kind: 'welcome', seq, seat, views, engine }]
      return kept.filter((frame) => frame.seq > since)
    },
  }
}
