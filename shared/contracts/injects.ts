import { z } from 'zod'
import { SimMs } from '../ids.ts'
import { Role } from '../roles.ts'
import { line, typed } from '../text.ts'

export const INJECT_STATES = ['planned', 'due', 'held', 'delivered', 'skipped'] as const
export const CHANNELS = ['channel', 'mail', 'phone', 'direct'] as const

/** The master scenario events list. Players see only what was delivered, and only as a message from its sender. */
export const injects = {
  commands: {
    fire: z.strictObject({ inject: z.string().max(64) }),
    hold: z.strictObject({ inject: z.string().max(64) }),
    release: z.strictObject({ inject: z.string().max(64) }),
    skip: z.strictObject({ inject: z.string().max(64) }),
    improvise: z.strictObject({ from: line(60), to: z.union([z.literal('all'), Role]), text: typed(1000) }),
  },
  facts: {
    due: z.strictObject({ inject: z.string(), title: z.string() }),
    delivered: z.strictObject({
      inject: z.string(),
      title: z.string(),
      from: z.string(),
      to: z.union([z.literal('all'), Role]),
      via: z.enum(CHANNELS),
      text: z.string(),
      byHand: z.boolean(),
    }),
    held: z.strictObject({ inject: z.string(), title: z.string() }),
    released: z.strictObject({ inject: z.string(), title: z.string() }),
    skipped: z.strictObject({ inject: z.string(), title: z.string() }),
  },
  view: z.strictObject({
    list: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        state: z.enum(INJECT_STATES),
        trigger: z.string(),
        plannedAt: SimMs.nullable(),
        deliveredAt: SimMs.nullable(),
        from: z.string(),
        to: z.string(),
        via: z.enum(CHANNELS),
        text: z.string(),
        expected: z.string(),
        objective: z.string().nullable(),
      }),
    ),
  }),
}
