import type { RunningFault } from '../../../shared/contracts/faults.ts'
import type { Seat } from '../../../shared/contracts/seats.ts'
import { simMs } from '../../../shared/ids.ts'
import type { Ctx, Mechanic, Refusal } from '../mechanic.ts'
import { FAULT_LIST } from './faults/catalogue.ts'
import { isRefusal, type Plan, planFault, planOverride } from './faults/plan.ts'
import { targetsOf } from './faults/targets.ts'

interface State {
  running: RunningFault[]
  /** Its own count: the ids that players see must not jump when the game master acts. */
  count: number
}

const PLAYING = ['running', 'paused'] as const
// Far more than a person keeps in mind, few enough that one exercise cannot be filled with them.
const MOST_RUNNING = 60

/** Chaos by hand: what production does, to any component, for as long as it holds. The system mechanic carries it out. */
export const faults: Mechanic<'faults', State> = {
  init: () => ({ running: [], count: 0 }),
  may: {
    start: { roles: ['gm'], phases: PLAYING },
    end: { roles: ['gm'], phases: PLAYING },
    set: { roles: ['gm'], phases: PLAYING },
  },
  decide(state, command, ctx) {
    const { model } = ctx.scenario
    switch (command.type) {
      case 'faults.start': {
        const { fault, target, amount } = command
        const plan = planFault(model, { fault, target, amount })
        return begin(state, ctx, { ...command, plan, fault, target, cause: true })
      }
      case 'faults.set': {
        const plan = planOverride(model, command)
        return begin(state, ctx, { ...command, plan, fault: null, target: command.path })
      }
      case 'faults.end': {
        const found = state.running.find((f) => f.id === command.id)
        if (!found) return { code: 'no-such-thing', where: 'id' }
        ctx.cancel(`end:${found.id}`)
        end(state, found, ctx)
        return undefined
      }
    }
  },
  due(state, { key }, ctx) {
    const found = state.running.find((f) => key === `end:${f.id}`)
    if (found) end(state, found, ctx)
  },
  view: {
    gm: (state, ctx) => ({
      running: state.running,
      catalogue: [...FAULT_LIST],
      targets: [...targetsOf(ctx.scenario.model)],
    }),
    commander: 'hidden',
    operations: 'hidden',
    communications: 'hidden',
    scribe: 'hidden',
    observer: 'hidden',
  },
}

function begin(
  state: State,
  ctx: Ctx & { readonly by: Seat },
  o: {
    readonly plan: Plan | Refusal
    readonly fault: string | null
    readonly target: string
    readonly minutes: number | null
    readonly over: number
    readonly cause: boolean
  },
): Refusal | undefined {
  const { plan } = o
  if (isRefusal(plan)) return plan
  if (state.running.length >= MOST_RUNNING) return { code: 'too-many' }
  const id = `fault-${++state.count}`
  const instant = plan.effects.length === 0
  const until = instant || o.minutes === null ? null : simMs(ctx.now + o.minutes * 60_000)
  const over = instant ? 0 : Math.round(o.over * 60_000)
  if (!instant) {
    const { title, effects } = plan
    const { fault, target, cause } = o
    state.running.push({ id, fault, target, title, startedAt: ctx.now, until, over, cause, effects })
    if (until !== null) ctx.schedule(`end:${id}`, until)
  }
  ctx.emit(
    { type: 'faults.started', id, fault: o.fault, ...plan, cause: o.cause, over, until, instant },
    ctx.by.id,
  )
  return undefined
}

function end(state: State, fault: RunningFault, ctx: Ctx & { readonly by?: Seat }) {
  state.running = state.running.filter((f) => f !== fault)
  const byHand = ctx.by !== undefined
  ctx.emit({ type: 'faults.ended', id: fault.id, title: fault.title, byHand }, ctx.by?.id ?? null)
}
