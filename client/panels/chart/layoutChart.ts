import { Graph, layout } from '@dagrejs/dagre'
import type { ViewOf } from '../../../shared/contracts/index.ts'

type Incident = ViewOf<'incident'>
export type ChartNode = Incident['nodes'][number]
export type ChartEdge = Incident['edges'][number]

/** Where a state is drawn, in pixels; `x` and `y` are its top left corner within its parent's box. */
export interface PlacedState {
  readonly node: ChartNode
  /** The compound state whose box it stands in, null on the ground. */
  readonly parent: string | null
  readonly box: boolean
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const LEAF = { width: 168, height: 52 } as const
const TITLE_ROOM = 26

/**
 * The states to draw: the machine itself is left out when every other state lies inside it, so that the picture starts with
 * what can differ.
 */
export function drawnStates(nodes: readonly ChartNode[]): readonly ChartNode[] {
  const tops = nodes.filter((n) => n.parent === null)
  const root = tops[0]
  if (tops.length !== 1 || root === undefined || nodes.length < 2) return nodes
  return nodes.filter((n) => n !== root).map((n) => (n.parent === root.id ? { ...n, parent: null } : n))
}

/** A compound state cannot be the end of an edge in the layout; its first state inside stands in for it. */
function leafOf(id: string, nodes: readonly ChartNode[]): string {
  const inside = nodes.filter((n) => n.parent === id)
  const first = inside.find((n) => n.initial) ?? inside[0]
  return first === undefined ? id : leafOf(first.id, nodes)
}

/** Places the states from top to bottom in the direction of their transitions; parents come before what they hold. */
export function layoutChart(all: readonly ChartNode[], edges: readonly ChartEdge[]): PlacedState[] {
  const nodes = drawnStates(all)
  const ids = new Set(nodes.map((n) => n.id))
  const parents = new Set(nodes.flatMap((n) => (n.parent === null ? [] : [n.parent])))
  const graph = new Graph({ compound: true, multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: 28, ranksep: 52, marginx: 8, marginy: 8 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const n of nodes) graph.setNode(n.id, parents.has(n.id) ? {} : { ...LEAF })
  for (const n of nodes) if (n.parent !== null) graph.setParent(n.id, n.parent)
  edges.forEach((e, i) => {
    if (!ids.has(e.from) || !ids.has(e.to)) return
    const from = leafOf(e.from, nodes)
    const to = leafOf(e.to, nodes)
    if (from !== to) graph.setEdge(from, to, {}, String(i))
  })
  layout(graph)
  const boxes = new Map(nodes.map((n) => [n.id, boxOf(graph.node(n.id), parents.has(n.id))]))
  const depth = (n: ChartNode): number => {
    const parent = n.parent === null ? undefined : nodes.find((p) => p.id === n.parent)
    return parent === undefined ? 0 : 1 + depth(parent)
  }
  return nodes
    .map((node) => ({ node, depth: depth(node) }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ node }) => {
      const box = boxes.get(node.id) ?? { x: 0, y: 0, ...LEAF }
      const around = node.parent === null ? undefined : boxes.get(node.parent)
      return {
        node,
        parent: node.parent,
        box: parents.has(node.id),
        x: box.x - (around?.x ?? 0),
        y: box.y - (around?.y ?? 0),
        width: box.width,
        height: box.height,
      }
    })
}

/** Dagre speaks of centres; a box grows upward to make room for its title. */
function boxOf(placed: { x?: number; y?: number; width?: number; height?: number } | undefined, box: boolean) {
  const { x = 0, y = 0, width = LEAF.width, height = LEAF.height } = placed ?? {}
  const room = box ? TITLE_ROOM : 0
  return { x: x - width / 2, y: y - height / 2 - room / 2, width, height: height + room / 2 }
}

/** `DB_RESTARTED [when x > 1]` without its guard: the event alone. */
export const eventOf = (label: string): string => label.split(' ')[0] ?? ''

/** One step of the incident so far, with the titles of the states it led to. */
export interface PathStep {
  readonly at: number
  readonly event: string
  readonly titles: readonly string[]
}

/** The way the incident took, in the titles of the innermost states. */
export function pathSteps(path: Incident['path'], nodes: readonly ChartNode[]): PathStep[] {
  const parents = new Set(nodes.map((n) => n.parent))
  const titles = new Map(nodes.map((n) => [n.id, n.title]))
  return path.map(({ at, event, states }) => {
    const leaves = states.filter((s) => !parents.has(s))
    return { at, event, titles: (leaves.length > 0 ? leaves : states).map((s) => titles.get(s) ?? s) }
  })
}
