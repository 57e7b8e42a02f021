import { type ChartConfig, type ChartState, delayOf, type Step, type Transition } from './chartSchema.ts'
import { closest } from './suggest.ts'

export type Path = readonly PropertyKey[]

/** One way from a state to others. */
export interface Edge {
  readonly from: ChartNode
  readonly trigger: 'on' | 'always' | 'after' | 'onDone'
  /** The event of an `on`, the milliseconds of an `after`, else nothing. */
  readonly event: string
  readonly delayMs: number
  readonly guard: string | null
  readonly reenter: boolean
  readonly description: string
  readonly targets: readonly string[]
  /** Filled once the targets are found. */
  readonly to: ChartNode[]
  /** Where it stands within the chart. */
  readonly path: Path
}

/** A state of a chart with its place and its surroundings. */
export interface ChartNode {
  /** As XState names it: its own id, or the names from the root joined by dots. */
  readonly id: string
  readonly key: string
  readonly path: Path
  readonly depth: number
  readonly parent: ChartNode | null
  readonly children: readonly ChartNode[]
  readonly state: ChartState
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final'
  readonly tags: readonly string[]
  readonly edges: readonly Edge[]
}

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T]

function edgesOf(from: ChartNode): Edge[] {
  const { state, path } = from
  const of = (trigger: Edge['trigger'], event: string, transition: Transition | undefined): Edge[] => {
    const at = trigger === 'on' || trigger === 'after' ? [...path, trigger, event] : [...path, trigger]
    return list(transition).map((one, i) => {
      const step: Step = typeof one === 'string' ? { target: one } : one
      return {
        from,
        trigger,
        event,
        delayMs: trigger === 'after' ? (delayOf(event) ?? 0) : 0,
        guard: step.guard?.params.expr ?? null,
        reenter: step.reenter ?? false,
        description: step.description ?? '',
        targets: list(step.target),
        to: [],
        path: Array.isArray(transition) ? [...at, i] : at,
      }
    })
  }
  return [
    ...Object.entries(state.on ?? {}).flatMap(([event, t]) => of('on', event, t)),
    ...of('always', '', state.always),
    ...Object.entries(state.after ?? {}).flatMap(([delay, t]) => of('after', delay, t)),
    ...of('onDone', '', state.onDone),
  ]
}

/** The chart as a tree of states, root first. `name` is the machine's id when the chart gives none. */
export function treeOf(config: ChartConfig, name: string): ChartNode {
  function build(o: {
    state: ChartState
    key: string
    parent: ChartNode | null
    path: Path
    dotted: string
  }): ChartNode {
    const { state, key, parent, path, dotted } = o
    const inside = Object.entries(state.states ?? {})
    const children: ChartNode[] = []
    const edges: Edge[] = []
    const made: ChartNode = {
      id: state.id ?? dotted,
      key,
      path,
      depth: parent ? parent.depth + 1 : 0,
      parent,
      children,
      state,
      kind:
        state.type === 'parallel' || state.type === 'final'
          ? state.type
          : inside.length > 0
            ? 'compound'
            : 'atomic',
      tags: list(state.tags),
      edges,
    }
    edges.push(...edgesOf(made))
    for (const [inner, one] of inside)
      children.push(
        build({
          state: one,
          key: inner,
          parent: made,
          path: [...path, 'states', inner],
          dotted: `${dotted}.${inner}`,
        }),
      )
    return made
  }
  const id = config.id ?? name
  return build({ state: config, key: id, parent: null, path: [], dotted: id })
}

/** A state and all states inside it. */
export const within = (node: ChartNode): ChartNode[] => [node, ...node.children.flatMap(within)]
/** A state and all states around it, innermost first. */
export const around = (node: ChartNode): ChartNode[] =>
  node.parent ? [node, ...around(node.parent)] : [node]
/** The child a compound state begins in. */
export const initialOf = (node: ChartNode): ChartNode | undefined =>
  node.children.find((c) => c.key === node.state.initial)

/** What becomes active when this state is entered: itself, its first states, and all regions of parallel ones. */
export function entered(node: ChartNode): ChartNode[] {
  if (node.kind === 'parallel') return [node, ...node.children.flatMap(entered)]
  const first = initialOf(node)
  return first ? [node, ...entered(first)] : [node]
}

/** The state a target names, seen from a state, by XState's rules; or what was probably meant. */
export function targetOf(
  from: ChartNode,
  target: string,
): { readonly node: ChartNode } | { readonly meant: string | undefined } {
  const root = around(from).at(-1) ?? from
  const down = (start: ChartNode, names: readonly string[]): ChartNode | undefined =>
    names.reduce<ChartNode | undefined>((at, name) => at?.children.find((c) => c.key === name), start)
  const all = within(root)
  if (target.startsWith('#')) {
    const [id = '', ...rest] = target.slice(1).split('.')
    const start = all.find((n) => n.id === id)
    const node = start && down(start, rest)
    const meant = closest(
      target.slice(1),
      all.map((n) => n.id),
    )
    return node ? { node } : { meant: meant === undefined ? undefined : `#${meant}` }
  }
  const relative = target.startsWith('.')
  const start = relative ? from : from.parent
  const node = start && down(start, (relative ? target.slice(1) : target).split('.'))
  if (node) return { node }
  const siblings = (start ?? from).children.map((c) => `${relative || !start ? '.' : ''}${c.key}`)
  const elsewhere = all.find((n) => n.key === target && n.parent)
  return {
    meant:
      closest(target, siblings) ??
      (elsewhere && `#${elsewhere.id}`) ??
      closest(
        target,
        all.map((n) => n.key),
      ),
  }
}
