import { z } from 'zod'
import { SeatId } from '../ids.ts'
import { PlayerRole, Role } from '../roles.ts'
import { line } from '../text.ts'

export const Seat = z.strictObject({
  id: SeatId,
  name: z.string(),
  roles: z.array(Role).min(1),
  /** Confirmed in the comms check that they can be heard. */
  heard: z.boolean(),
})
export type Seat = z.infer<typeof Seat>

/** Who sits at the table. Presence (away or not) is told beside the view: it is no part of the exercise's truth. */
export const seats = {
  commands: {
    'check-in': z.strictObject({}),
    'change-roles': z.strictObject({ roles: z.array(PlayerRole).min(1).max(5) }),
    rename: z.strictObject({ name: line(40) }),
    /** Game master: gives a seat other roles, or frees it. */
    assign: z.strictObject({ seat: SeatId, roles: z.array(PlayerRole).min(1).max(5) }),
    remove: z.strictObject({ seat: SeatId }),
  },
  facts: {
    joined: z.strictObject({ seat: SeatId, name: z.string(), roles: z.array(Role) }),
    'checked-in': z.strictObject({ seat: SeatId }),
    'roles-changed': z.strictObject({ seat: SeatId, roles: z.array(Role) }),
    renamed: z.strictObject({ seat: SeatId, name: z.string() }),
    removed: z.strictObject({ seat: SeatId }),
  },
  view: z.strictObject({ seats: z.array(Seat) }),
}
