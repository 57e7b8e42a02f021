import { Graph, layout } from '@dagrejs/dagre'

export const NODE_WIDTH = 196
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

interface Viewport {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** Words of a node stand at 12 pixels: any smaller than this they are no longer read. */
const READABLE = 11 / 12
const LARGEST = 1.25
const MARGIN = 12

/**
 * Where to look from so that the whole drawing stands in the middle of the space, as large as it goes. What does not
 * fit at a size one can read is shown from its beginning, or around `focus` when there is one.
 */
export function viewOf({
  drawing,
  space,
  focus,
}: {
  drawing: Drawing
  space: { readonly width: number; readonly height: number }
  focus: string | null
}): Viewport {
  const fitting = Math.min(
    (space.width - 2 * MARGIN) / Math.max(1, drawing.width),
    (space.height - 2 * MARGIN) / Math.max(1, drawing.height),
  )
  const zoom = Math.min(LARGEST, Math.max(READABLE, fitting))
  const across = drawing.direction === 'LR'
  const at = drawing.places.find((p) => p.id === focus)
  const along = (length: number, room: number, middle: number | null) => {
    const spare = room - length * zoom
    if (spare >= 2 * MARGIN) return spare / 2
    const wanted = middle === null ? MARGIN : room / 2 - middle * zoom
    return Math.min(MARGIN, Math.max(spare - MARGIN, wanted))
  }
  return {
    x: along(drawing.width, space.width, at ? at.x + NODE_WIDTH / 2 : across ? null : drawing.width / 2),
    y: along(drawing.height, space.height, at ? at.y + NODE_HEIGHT / 2 : across ? drawing.height / 2 : null),
    zoom,
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
