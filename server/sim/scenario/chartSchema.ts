import { z } from 'zod'
import { parseQuantity } from './units.ts'

/** Limits of an incident chart, so that drawing and running it stays cheap. */
export const MOST_STATES = 200
export const DEEPEST = 8
const LONGEST_DELAY_MS = 7 * 86_400_000

const NOTHING_RUNS = 'Say what holds in a state under `meta: {effects: …, operations: …, logs: …}` instead.'
const CONDITION_INSTEAD = 'Let time pass with `after`, or wait for a condition of `incident.conditions`.'

/** A list that editors export empty; anything in it would never run. The way out stands behind ` → `. */
const empty = (what: string, wayOut: string) =>
  z.array(z.unknown()).max(0, `${what} do not run in a scenario → ${wayOut}`).optional()

/** Milliseconds of an `after` key: a plain number is milliseconds as in XState, or a time with its unit like 90s. */
export function delayOf(key: string): number | undefined {
  const ms = /^\d+$/.test(key) ? Number(key) : (parseQuantity(key, 'seconds') ?? Number.NaN) * 1000
  return ms >= 0 && ms <= LONGEST_DELAY_MS ? Math.round(ms) : undefined
}

export const StateName = z
  .string()
  .regex(/^[A-Za-z_][\w -]*$/, 'a state is named with letters, digits, `_`, `-` and spaces')
  .max(64)
const StateId = z
  .string()
  .regex(/^[A-Za-z_][\w-]*$/, 'an id is written with letters, digits, `_` and `-`')
  .max(64)
const EventName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, 'an event is named in capitals, like CACHE_WARM')
  .max(64)
const Delay = z.string().refine((key) => delayOf(key) !== undefined, {
  message: 'is not a delay: write a time like 90s or 2m, up to 7d. Named delays do not exist here',
})
const Target = z.string().min(1).max(200)
const Guard = z
  .strictObject({
    type: z.literal(
      'when',
      'only guards of the type `when` are known → Write `guard: {type: when, params: {expr: "db.cpu > 0.9"}}`.',
    ),
    params: z.strictObject({ expr: z.string().min(1).max(500) }),
  })
  .describe('The only guard there is: a condition over the true system')

const Step = z.strictObject({
  target: z.union([Target, z.array(Target).min(1).max(8)]).optional(),
  guard: Guard.optional(),
  reenter: z.boolean().optional(),
  description: z.string().max(400).optional(),
  actions: empty('actions', NOTHING_RUNS),
  meta: z.strictObject({}).optional(),
})
type Step = z.infer<typeof Step>
/** A transition: a target, a target with a guard, or several of which the first that may be taken is. */
const Transition = z.union([Target, Step, z.array(z.union([Target, Step])).max(20)])
type Transition = z.infer<typeof Transition>

const node = (meta: z.ZodType) => ({
  id: StateId.optional(),
  initial: z.string().max(64).optional(),
  type: z
    .enum(['atomic', 'compound', 'parallel', 'final'], {
      error:
        'is not a type of state here: parallel and final are; history is not → Leave it out, or split the state in two.',
    })
    .optional(),
  description: z.string().max(400).optional(),
  tags: z.union([z.string().max(40), z.array(z.string().max(40)).max(10)]).optional(),
  meta: meta
    .optional()
    .describe('What holds while the state is active: title, effects, operations, logs, change'),
  on: z.record(EventName, Transition).optional(),
  always: Transition.optional(),
  after: z.record(Delay, Transition).optional(),
  onDone: Transition.optional(),
  entry: empty('entry actions', NOTHING_RUNS),
  exit: empty('exit actions', NOTHING_RUNS),
  invoke: empty('invoked actors', CONDITION_INSTEAD),
})

/** One state of a chart, with its states inside. */
export interface ChartState {
  id?: string | undefined
  initial?: string | undefined
  type?: 'atomic' | 'compound' | 'parallel' | 'final' | undefined
  description?: string | undefined
  tags?: string | string[] | undefined
  meta?: unknown
  on?: Record<string, Transition> | undefined
  always?: Transition | undefined
  after?: Record<string, Transition> | undefined
  onDone?: Transition | undefined
  states?: Record<string, ChartState> | undefined
}

/** The JSON subset of an XState v5 machine config that loads, with what a state may carry in `meta`. */
export function chartConfigWith(meta: z.ZodType) {
  const fields = node(meta)
  const State: z.ZodType<ChartState> = z.strictObject({
    ...fields,
    get states() {
      return z.record(StateName, State).optional()
    },
  })
  return z.strictObject({
    ...fields,
    context: z.record(z.string(), z.unknown()).optional(),
    states: z.record(StateName, State),
  })
}

/** The same with `meta` left open: it is read by itself, state by state. */
export const ChartConfig = chartConfigWith(z.unknown())
export type ChartConfig = z.infer<typeof ChartConfig>
export type { Step, Transition }
