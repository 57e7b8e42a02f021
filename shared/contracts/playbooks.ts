import { z } from 'zod'
import { SeatId, SimMs } from '../ids.ts'
import { line } from '../text.ts'

export const PlaybookStep = z.strictObject({
  /** The heading's anchor. */
  id: z.string(),
  title: z.string(),
  depth: z.number().int(),
  /** Markdown of this step alone, without its heading and without its check blocks. */
  body: z.string(),
  /** Expressions over visible metrics, or null when the step has no such check. */
  when: z.string().nullable(),
  done: z.string().nullable(),
  /** Mitigations linked from this step, with the parameters the link sets. */
  links: z.array(
    z.strictObject({ mitigation: z.string(), title: z.string(), params: z.record(z.string(), z.string()) }),
  ),
})
export const Playbook = z.strictObject({
  id: z.string(),
  title: z.string(),
  owner: z.string(),
  services: z.array(z.string()),
  lastReviewed: z.string(),
  intro: z.string(),
  steps: z.array(PlaybookStep),
})
export type Playbook = z.infer<typeof Playbook>
export type PlaybookStep = z.infer<typeof PlaybookStep>

export const FLAGS = ['wrong', 'unclear', 'missing'] as const

/** The playbooks on the table, their live checks, and what the table found wrong with them. */
export const playbooks = {
  commands: {
    /** Reading a step is evidence: who had what open when. */
    open: z.strictObject({ book: z.string().max(64), step: z.string().max(80).nullable() }),
    flag: z.strictObject({
      book: z.string().max(64),
      step: z.string().max(80).nullable(),
      flag: z.enum(FLAGS),
      why: line(280),
    }),
  },
  facts: {
    opened: z.strictObject({
      seat: SeatId,
      book: z.string(),
      step: z.string().nullable(),
      when: z.boolean().nullable(),
      done: z.boolean().nullable(),
    }),
    flagged: z.strictObject({
      seat: SeatId,
      book: z.string(),
      step: z.string().nullable(),
      flag: z.enum(FLAGS),
      why: z.string(),
    }),
  },
  view: z.strictObject({
    books: z.array(Playbook),
    /** `book#step` → does it apply, did it work. Null is unknown. Only steps with a check are listed. */
    checks: z.record(
      z.string(),
      z.strictObject({ when: z.boolean().nullable(), done: z.boolean().nullable() }),
    ),
    flags: z.array(
      z.strictObject({
        seat: SeatId,
        book: z.string(),
        step: z.string().nullable(),
        flag: z.enum(FLAGS),
        why: z.string(),
        at: SimMs,
      }),
    ),
  }),
  mine: z.strictObject({
    open: z.strictObject({ book: z.string(), step: z.string().nullable() }).nullable(),
  }),
}
