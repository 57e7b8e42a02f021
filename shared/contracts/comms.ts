import { z } from 'zod'
import { SeatId, SimMs, WallMs } from '../ids.ts'
import { typed } from '../text.ts'

export const Message = z.strictObject({
  id: z.string(),
  at: SimMs,
  wall: WallMs,
  /** Null when somebody of the simulated world speaks (`from` names them). */
  seat: SeatId.nullable(),
  from: z.string(),
  text: z.string(),
  kind: z.enum(['message', 'inject', 'status', 'stakeholders']),
})
export type Message = z.infer<typeof Message>

/** The war-room channel, the private line between a seat and the game master, and updates to the outside. */
export const comms = {
  commands: {
    say: z.strictObject({ text: typed(2000) }),
    /** To the game master, or from the game master to one seat. */
    whisper: z.strictObject({ to: SeatId.nullable(), text: typed(2000) }),
    /** Tell the outside: the public status page, or the stakeholders inside the company. */
    update: z.strictObject({ audience: z.enum(['status', 'stakeholders']), text: typed(2000) }),
  },
  facts: {
    said: z.strictObject({ message: z.string(), seat: SeatId, text: z.string() }),
    whispered: z.strictObject({ message: z.string(), from: SeatId, to: SeatId, text: z.string() }),
    updated: z.strictObject({
      message: z.string(),
      seat: SeatId,
      audience: z.enum(['status', 'stakeholders']),
      text: z.string(),
    }),
  },
  view: z.strictObject({
    channel: z.array(Message),
    /** Game master only: every private line, by seat. */
    lines: z.record(z.string(), z.array(Message)).optional(),
  }),
  mine: z.strictObject({
    line: z.array(Message),
    handouts: z.array(z.strictObject({ title: z.string(), text: z.string() })),
    inbox: z.array(Message),
  }),
}
