import { z } from 'zod'
import { ExerciseId, SeatId, SimMs, WallMs } from './ids.ts'
import { ActionKind, HOTWASH_KINDS } from './contracts/hotwash.ts'
import { Settings } from './contracts/lifecycle.ts'
import { MitigationClass, Odds, Params, Roll, RunState } from './contracts/mitigations.ts'
import { FLAGS } from './contracts/playbooks.ts'
import { Entry } from './contracts/timeline.ts'
import { Role } from './roles.ts'

const Moment = z.strictObject({ at: SimMs, wall: WallMs })
/** A timestamp of the exercise, null when it never came. */
const Mark = Moment.nullable()

export const MARKS = [
  'impactStart',
  'detected',
  'acknowledged',
  'declared',
  'firstRight',
  'mitigated',
  'resolved',
] as const
export const MARK_TITLES: Readonly<Record<(typeof MARKS)[number], string>> = {
  impactStart: 'Impact started',
  detected: 'Detected',
  acknowledged: 'Acknowledged',
  declared: 'Declared',
  firstRight: 'First right mitigation',
  mitigated: 'Mitigated',
  resolved: 'Resolved',
}

/** How one run (the table's, the idle table's, the best found) came out. Durations in exercise ms from impact start. */
export const Outcome = z.strictObject({
  label: z.string(),
  ttd: z.number().nullable(),
  tta: z.number().nullable(),
  ttm: z.number().nullable(),
  ttr: z.number().nullable(),
  failedRequests: z.number(),
  impactMs: z.number(),
  /** Share of the error budget spent, of the objective worst hit. */
  budgetSpent: z.number(),
})
export type Outcome = z.infer<typeof Outcome>

export const ScorePart = z.strictObject({
  id: z.enum(['recovery', 'impact', 'procedure', 'communication', 'teamwork']),
  title: z.string(),
  /** 0 to 100. */
  points: z.number(),
  weight: z.number(),
  /** The formula with this exercise's numbers in it. */
  formula: z.string(),
})
export type ScorePart = z.infer<typeof ScorePart>

/** A finished (or running) exercise as exports read it, computed from its log alone. */
export const RecordSchema = z.strictObject({
  exercise: ExerciseId,
  name: z.string(),
  engine: z.string(),
  scenario: z.strictObject({
    id: z.string(),
    title: z.string(),
    codename: z.string(),
    company: z.string(),
    version: z.string(),
    hash: z.string(),
    level: z.number(),
    kind: z.string(),
  }),
  seed: z.number(),
  settings: Settings,
  startedAt: WallMs.nullable(),
  endedAt: WallMs.nullable(),
  seats: z.array(z.strictObject({ id: SeatId, name: z.string(), roles: z.array(Role) })),
  marks: z.strictObject({
    impactStart: Mark,
    impactEnd: Mark,
    detected: Mark,
    acknowledged: Mark,
    declared: Mark,
    firstRight: Mark,
    mitigated: Mark,
    resolved: Mark,
  }),
  outcomes: z.strictObject({ table: Outcome, idle: Outcome.nullable(), par: Outcome.nullable() }),
  score: z.strictObject({ total: z.number(), parts: z.array(ScorePart) }),
  timeline: z.array(Entry),
  mitigations: z.array(
    z.strictObject({
      id: z.string(),
      mitigation: z.string(),
      title: z.string(),
      class: MitigationClass,
      seat: SeatId,
      params: Params,
      reason: z.string(),
      cite: z.strictObject({ book: z.string(), step: z.string() }).nullable(),
      state: RunState,
      proposedAt: SimMs,
      startedAt: SimMs.nullable(),
      endedAt: SimMs.nullable(),
      odds: Odds.nullable(),
      roll: Roll.nullable(),
    }),
  ),
  /** Luck, apart from the score: successes expected from the odds against successes rolled. */
  luck: z.strictObject({ rolls: z.number().int(), expected: z.number(), actual: z.number() }),
  playbooks: z.strictObject({
    steps: z.array(
      z.strictObject({
        book: z.string(),
        bookTitle: z.string(),
        step: z.string(),
        title: z.string(),
        openedBy: z.array(z.strictObject({ seat: SeatId, at: SimMs, when: z.boolean().nullable() })),
        citedBy: z.array(z.string()),
        flags: z.array(z.strictObject({ seat: SeatId, flag: z.enum(FLAGS), why: z.string() })),
      }),
    ),
    /** Share of actions that cited a step. */
    hitRate: z.number().nullable(),
    /** From the first page to the first opening of a step that links to a right action, exercise ms. */
    timeToRightStep: z.number().nullable(),
    findings: z.array(z.string()),
  }),
  injects: z.array(
    z.strictObject({ id: z.string(), title: z.string(), state: z.string(), deliveredAt: SimMs.nullable() }),
  ),
  updates: z.array(z.strictObject({ audience: z.string(), at: SimMs, seat: SeatId, text: z.string() })),
  hints: z.array(z.strictObject({ at: SimMs, text: z.string() })),
  /** What the game master did by hand: injects, chart nudges, difficulty, hints. */
  interventions: z.array(z.strictObject({ at: SimMs, text: z.string() })),
  goals: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      rating: z.enum(['P', 'S', 'M', 'U']).nullable(),
      why: z.string(),
    }),
  ),
  hotwash: z.array(z.strictObject({ kind: z.enum(HOTWASH_KINDS), seat: SeatId, text: z.string() })),
  actions: z.array(
    z.strictObject({ kind: ActionKind, text: z.string(), owner: z.string(), due: z.string() }),
  ),
  debrief: z.strictObject({
    truth: z.string(),
    story: z.string(),
    questions: z.array(z.string()),
    realCase: z.string(),
    sources: z.array(z.strictObject({ title: z.string(), url: z.string() })),
  }),
})
export type ExerciseRecord = z.infer<typeof RecordSchema>
