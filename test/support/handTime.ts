import { wallMs } from '../../shared/ids.ts'
import type { Time } from '../../server/session/ports.ts'

/** A clock moved by hand: `pass` lets time go by and rings what is due on the way. */
export function handTime(start = 1_700_000_000_000) {
  let now = 0
  const bells = new Set<{ every: number; next: number; ring: () => void }>()
  const time: Time = {
    wall: () => wallMs(start + now),
    mono: () => now,
    every(ms, ring) {
      const bell = { every: ms, next: now + ms, ring }
      bells.add(bell)
      return () => bells.delete(bell)
    },
  }
  return {
    time,
    pass(ms: number) {
      const end = now + ms
      for (;;) {
        const due = [...bells].filter((b) => b.next <= end).sort((a, b) => a.next - b.next)[0]
        if (!due) break
        now = Math.max(now, due.next)
        due.next += due.every
        due.ring()
      }
      now = end
    },
  }
}
