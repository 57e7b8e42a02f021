import { Graph, layout } from '@dagrejs/dagre'

export const NODE_WIDTH = 188
export const NODE_HEIGHT = 76

interface Placed {
  readonly id: string
  readonly x: number
  readonly y: number
}

export interface Drawing {
  readonly places: readonly Placed[]
  readonly direction: 'LR' | 'TB'
  /** Pixels the whole drawing takes. */
  readonly width: number
  readonly height: number
}

/** Places components along their calls, left to right or top to bottom. The same system is always drawn the same way. */
function placeNodes({
  nodes,
  edges,
  direction,
}: {
  nodes: readonly { readonly id: string }[]
  edges: readonly { readonly from: string; readonly to: string }[]
  direction: 'LR' | 'TB'
}): Drawing {
  const graph = new Graph()
  graph.setGraph({ rankdir: direction, nodesep: 20, ranksep: 52 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id } of nodes) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT })
  for (const { from, to } of edges) if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to)
  layout(graph)
  const places = nodes.map(({ id }) => {
    const node = graph.node(id)
    return { id, x: (node.x ?? 0) - NODE_WIDTH / 2, y: (node.y ?? 0) - NODE_HEIGHT / 2 }
  })
  return {
    places,
    direction,
    width: Math.max(...places.map((p) => p.x + NODE_WIDTH), 0),
    height: Math.max(...places.map((p) => p.y + NODE_HEIGHT), 0),
  }
}

/** The direction in which the components can be drawn largest in the given space. */
export function placeToFit({
  nodes,
  edges,
  space,
}: {
  nodes: readonly { readonly id: string }[]
  edges: readonly { readonly from: string; readonly to: string }[]
  space: { readonly width: number; readonly height: number }
}): Drawing {
  const across = placeNodes({ nodes, edges, direction: 'LR' })
  const down = placeNodes({ nodes, edges, direction: 'TB' })
  const scale = (d: Drawing) =>
    Math.min(space.width / Math.max(1, d.width), space.height / Math.max(1, d.height))
  return scale(across) >= scale(down) ? across : down
}
