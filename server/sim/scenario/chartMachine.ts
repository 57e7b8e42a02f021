import { type AnyStateMachine, setup } from 'xstate'
import type { ChartContext } from './chartCheck.ts'
import type { ChartNode, Edge } from './chartTree.ts'
import { echo } from './suggest.ts'

/** An event as the core sends it: with the answer to every guard at that moment. */
interface TruthEvent {
  readonly type: string
  readonly truths?: Readonly<Record<string, boolean>>
}

const step = (edge: Edge) => ({
  // By id, which means the same from everywhere.
  ...(edge.to.length > 0 && { target: edge.to.map((to) => `#${to.id}`) }),
  ...(edge.reenter && { reenter: true }),
  ...(edge.guard !== null && { guard: { type: 'when', params: { expr: edge.guard } } }),
})

function configOf(node: ChartNode): Record<string, unknown> {
  const steps = (trigger: Edge['trigger']) => node.edges.filter((e) => e.trigger === trigger)
  const by = (trigger: 'on' | 'after') => {
    const out: Record<string, unknown[]> = {}
    for (const edge of steps(trigger))
      (out[trigger === 'after' ? String(edge.delayMs) : edge.event] ??= []).push(step(edge))
    return out
  }
  return {
    id: node.id,
    ...(node.state.initial !== undefined && { initial: node.state.initial }),
    ...((node.kind === 'parallel' || node.kind === 'final') && { type: node.kind }),
    ...(node.state.description !== undefined && { description: node.state.description }),
    tags: [...node.tags],
    on: by('on'),
    after: by('after'),
    always: steps('always').map(step),
    ...(steps('onDone').length > 0 && { onDone: steps('onDone').map(step) }),
    ...(node.children.length > 0 && {
      states: Object.fromEntries(node.children.map((c) => [c.key, configOf(c)])),
    }),
  }
}

/**
 * The machine of a checked chart. Its one guard, `when`, looks up its expression among the answers that came with the event, and is false
 * for an event without answers. Undefined when XState refuses it, which is reported.
 */
export function machineOf(root: ChartNode, { findings, place }: ChartContext): AnyStateMachine | undefined {
  const when = ({ event }: { event: TruthEvent }, params: { expr: string }) =>
    event.truths?.[params.expr] === true
  try {
    const made = setup({ types: { events: {} as TruthEvent }, guards: { when } }).createMachine(
      // A config built from checked data: xstate's own types want to see its shape at compile time.
      configOf(root) as never,
    )
    // Its exact type names this very chart's events; the core sends any event to any chart.
    return made as unknown as AnyStateMachine
  } catch (err) {
    // Whatever XState refuses beyond our own checks is for the author to know, in its first line.
    const why = err instanceof Error ? (err.message.split('\n')[0] ?? '') : ''
    findings.error(
      place([]),
      `XState refuses the chart: ${echo(why)}`,
      'Compare it with the charts of the scenarios that come with the game.',
    )
    return undefined
  }
}
