import { Graph, layout } from '@dagrejs/dagre'

export const NODE_WIDTH = 188
export const NODE_HEIGHT = 84

export interface Placed {
  readonly id: string
  readonly x: number
  readonly y: number
}

/** Places components left to right along their calls. The same system is always drawn the same way. */
export function placeNodes(
  nodes: readonly { readonly id: string }[],
  edges: readonly { readonly from: string; readonly to: string }[],
): Placed[] {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: 28, ranksep: 84 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id } of nodes) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT })
  for (const { from, to } of edges) if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to)
  layout(graph)
  return nodes.map(({ id }) => {
    const node = graph.node(id)
    return { id, x: (node.x ?? 0) - NODE_WIDTH / 2, y: (node.y ?? 0) - NODE_HEIGHT / 2 }
  })
}
