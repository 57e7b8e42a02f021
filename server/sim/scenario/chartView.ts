import type { ViewOf } from '../../../shared/contracts/index.ts'
import { type ChartNode, type Edge, within } from './chartTree.ts'
import type { StateMeta } from './schema.ts'

/** `cacheCold`, `cache_cold` and `cache-cold` as people read it: Cache cold. */
function words(key: string): string {
  const text = key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase()
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A delay as people write it: 90000 is 1m30s. */
function time(ms: number): string {
  const units: readonly (readonly [string, number])[] = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
    ['ms', 1],
  ]
  let rest = ms
  let out = ''
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) out += `${count}${unit}`
  }
  return out === '' ? '0s' : out
}

function label(edge: Edge): string {
  const guard = edge.guard === null ? '' : ` [${edge.guard}]`
  switch (edge.trigger) {
    case 'on':
      return `${edge.event}${guard}`
    case 'after':
      return `after ${time(edge.delayMs)}${guard}`
    case 'always':
      return `always${guard}`
    case 'onDone':
      return `done${guard}`
  }
}

/** The chart as it is drawn: states in the order of the file, parents before children. A label's first word is the event, in capitals. */
export function drawChart(
  root: ChartNode,
  stateMeta: Readonly<Record<string, StateMeta>>,
): Pick<ViewOf<'incident'>, 'nodes' | 'edges'> {
  const nodes = within(root)
  return {
    nodes: nodes.map((node) => ({
      id: node.id,
      parent: node.parent?.id ?? null,
      title: stateMeta[node.id]?.title ?? words(node.key),
      kind: node.kind,
      initial:
        node.parent === null || node.parent.kind === 'parallel' || node.parent.state.initial === node.key,
      tags: [...node.tags],
      description: node.state.description ?? '',
    })),
    edges: nodes.flatMap((n) =>
      n.edges.flatMap((e) => e.to.map((to) => ({ from: n.id, to: to.id, label: label(e) }))),
    ),
  }
}
