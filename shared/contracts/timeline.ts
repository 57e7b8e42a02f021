import { z } from 'zod'
import { SeatId, SimMs, WallMs } from '../ids.ts'
import { typed } from '../text.ts'

export const ENTRY_KINDS = [
  'phase',
  'alert',
  'incident',
  'mitigation',
  'playbook',
  'comms',
  'inject',
  'objective',
  'change',
  'note',
  'truth',
] as const
export const Entry = z.strictObject({
  id: z.string(),
  at: SimMs,
  wall: WallMs,
  kind: z.enum(ENTRY_KINDS),
  seat: SeatId.nullable(),
  text: z.string(),
})
export type Entry = z.infer<typeof Entry>

/** What happened, as this role may know it, in one list. The scribe adds what the software cannot see. */
export const timeline = {
  commands: { add: z.strictObject({ text: typed(500) }) },
  facts: { added: z.strictObject({ entry: z.string(), seat: SeatId, text: z.string() }) },
  view: z.strictObject({ entries: z.array(Entry) }),
}
