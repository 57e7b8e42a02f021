import { z } from 'zod'
import { SeatId, SimMs, WallMs } from '../ids.ts'
import { Phase } from '../roles.ts'
import { typedOrEmpty } from '../text.ts'

export const SPEEDS = [1, 2, 5, 10, 20, 30, 60] as const
export const Speed = z.union(SPEEDS.map((s) => z.literal(s)))
export type Speed = z.infer<typeof Speed>

/** Chosen when hosting; fixed for the exercise. */
export const Settings = z.strictObject({
  /** `automatic`: no human game master; the scenario's own injects, hints on request, no approval needed. */
  lead: z.enum(['human', 'automatic']),
  dice: z.enum(['off', 'open', 'screen']),
  /** Who approves a proposed mitigation. */
  approval: z.enum(['none', 'commander', 'gm']),
})
export type Settings = z.infer<typeof Settings>

/** Phases, clock and speed. */
export const lifecycle = {
  commands: {
    brief: z.strictObject({}),
    start: z.strictObject({}),
    pause: z.strictObject({}),
    resume: z.strictObject({}),
    speed: z.strictObject({ speed: Speed }),
    /** Any seat: a real incident needs these people. Pauses at once; the game master resumes another day. */
    stop: z.strictObject({ note: typedOrEmpty(200) }),
    /** To the hot wash. */
    finish: z.strictObject({}),
    close: z.strictObject({}),
  },
  facts: {
    opened: z.strictObject({ scenario: z.string(), seed: z.number(), settings: Settings }),
    briefed: z.strictObject({}),
    started: z.strictObject({}),
    paused: z.strictObject({}),
    resumed: z.strictObject({}),
    'speed-changed': z.strictObject({ speed: Speed }),
    stopped: z.strictObject({ note: z.string() }),
    finished: z.strictObject({ early: z.boolean() }),
    closed: z.strictObject({}),
  },
  view: z.strictObject({
    name: z.string(),
    codename: z.string(),
    company: z.string(),
    summary: z.string(),
    briefing: z.string(),
    minutes: z.number(),
    level: z.number(),
    phase: Phase,
    speed: Speed,
    settings: Settings,
    joinCode: z.string(),
    /** Exercise time at `wall`; the clock runs from there at `speed` while `phase` is running. */
    now: SimMs,
    wall: WallMs,
    stopped: z.strictObject({ by: SeatId.nullable(), note: z.string(), at: SimMs }).nullable(),
    /** Set for the game master only. */
    scenario: z.strictObject({ id: z.string(), title: z.string(), seed: z.number() }).optional(),
  }),
}
