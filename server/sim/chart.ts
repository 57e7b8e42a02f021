import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type EventObject,
  initialTransition,
  transition,
} from 'xstate'
import { z } from 'zod'

/** A statechart's state as plain JSON: what a World holds. */
export interface Chart {
  readonly value: unknown
  readonly context: unknown
}

/** What a move of the chart asks of the agenda. `at` counts from the move, in exercise milliseconds. */
export interface ChartTimers {
  readonly start: readonly { readonly id: string; readonly after: number; readonly event: EventObject }[]
  readonly cancel: readonly string[]
}

export interface ChartMove {
  readonly chart: Chart
  /** Full ids of the active states, parents before children. */
  readonly states: readonly string[]
  readonly tags: readonly string[]
  readonly timers: ChartTimers
}

// What `transition` hands back for `after`: xstate's own types leave the parameters open.
const Raise = z.looseObject({
  type: z.literal('xstate.raise'),
  params: z.looseObject({
    event: z.looseObject({ type: z.string() }),
    id: z.string().optional(),
    delay: z.number().finite().nonnegative().optional(),
  }),
})
const Cancel = z.looseObject({
  type: z.literal('xstate.cancel'),
  params: z.looseObject({ sendId: z.string() }),
})

// xstate types a snapshot's inner list of state nodes loosely; ids are all that is read.
const idsOf = (s: AnyMachineSnapshot): string[] =>
  (s._nodes as readonly { readonly id: string }[]).map((n) => n.id)

function move(snapshot: AnyMachineSnapshot, actions: readonly unknown[]): ChartMove {
  const start: ChartTimers['start'][number][] = []
  const cancel: string[] = []
  for (const action of actions) {
    const raise = Raise.safeParse(action)
    if (raise.success && raise.data.params.delay !== undefined) {
      const { event, id, delay } = raise.data.params
      start.push({ id: id ?? event.type, after: delay, event: { type: event.type } })
    }
    const cancelled = Cancel.safeParse(action)
    if (cancelled.success) cancel.push(cancelled.data.params.sendId)
  }
  return {
    chart: { value: snapshot.value, context: snapshot.context },
    states: idsOf(snapshot),
    tags: [...snapshot.tags],
    timers: { start, cancel },
  }
}

/** The chart in its initial state. */
export function startChart(machine: AnyStateMachine): ChartMove {
  const [snapshot, actions] = initialTransition(machine)
  return move(snapshot, actions)
}

const restore = (machine: AnyStateMachine, chart: Chart): AnyMachineSnapshot =>
  machine.resolveState({ value: chart.value as never, context: chart.context })

/** The chart after an event, or undefined when its active states do not take it (asked with `can`, never by comparing). */
export function sendChart(machine: AnyStateMachine, chart: Chart, event: EventObject): ChartMove | undefined {
  const before = restore(machine, chart)
  if (!before.can(event)) return undefined
  const [after, actions] = transition(machine, before, event)
  return move(after, actions)
}

/** Which of these events the chart would take now. */
export function accepts(machine: AnyStateMachine, chart: Chart, events: readonly EventObject[]): string[] {
  const before = restore(machine, chart)
  return events.filter((event) => before.can(event)).map((event) => event.type)
}

/** The active states and tags of a chart at rest. */
export function lookChart(
  machine: AnyStateMachine,
  chart: Chart,
): { states: readonly string[]; tags: readonly string[] } {
  const snapshot = restore(machine, chart)
  return { states: idsOf(snapshot), tags: [...snapshot.tags] }
}
