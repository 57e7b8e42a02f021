import { z } from 'zod'
import { SeatId } from '../ids.ts'
import { line, typed } from '../text.ts'

export const HOTWASH_KINDS = ['start', 'stop', 'continue', 'playbook'] as const
export const ActionKind = z.enum(['prevent', 'recover'])

/** After play: everybody writes at once; then actions with owners. */
export const hotwash = {
  commands: {
    write: z.strictObject({ kind: z.enum(HOTWASH_KINDS), text: typed(500) }),
    erase: z.strictObject({ card: z.string().max(32) }),
    'add-action': z.strictObject({ kind: ActionKind, text: typed(300), owner: line(60), due: line(40) }),
    'erase-action': z.strictObject({ action: z.string().max(32) }),
  },
  facts: {
    written: z.strictObject({
      card: z.string(),
      seat: SeatId,
      kind: z.enum(HOTWASH_KINDS),
      text: z.string(),
    }),
    erased: z.strictObject({ card: z.string() }),
    'action-added': z.strictObject({
      action: z.string(),
      kind: ActionKind,
      text: z.string(),
      owner: z.string(),
      due: z.string(),
    }),
    'action-erased': z.strictObject({ action: z.string() }),
  },
  view: z.strictObject({
    cards: z.array(
      z.strictObject({ id: z.string(), seat: SeatId, kind: z.enum(HOTWASH_KINDS), text: z.string() }),
    ),
    actions: z.array(
      z.strictObject({
        id: z.string(),
        kind: ActionKind,
        text: z.string(),
        owner: z.string(),
        due: z.string(),
      }),
    ),
  }),
}
