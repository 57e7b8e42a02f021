import { z } from 'zod'
import { SeatId, SimMs } from '../ids.ts'

/** Hints, in order. The game master gives the next one; with the automatic game master, players ask. */
export const hints = {
  commands: { give: z.strictObject({}) },
  facts: { given: z.strictObject({ number: z.number().int(), text: z.string(), seat: SeatId }) },
  view: z.strictObject({
    given: z.array(z.strictObject({ at: SimMs, text: z.string() })),
    left: z.number().int(),
    /** Game master only. */
    next: z.string().nullable().optional(),
  }),
}
