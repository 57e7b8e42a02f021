import { z } from 'zod'
import { SeatId, SimMs } from '../ids.ts'
import { typed } from '../text.ts'

/** Private notes: the game master's, and an observer's to the game master. */
export const notes = {
  commands: { write: z.strictObject({ text: typed(2000), objective: z.string().max(64).nullable() }) },
  facts: {
    written: z.strictObject({
      note: z.string(),
      seat: SeatId,
      text: z.string(),
      objective: z.string().nullable(),
    }),
  },
  view: z.strictObject({
    notes: z.array(
      z.strictObject({
        id: z.string(),
        at: SimMs,
        seat: SeatId,
        text: z.string(),
        objective: z.string().nullable(),
      }),
    ),
  }),
}
