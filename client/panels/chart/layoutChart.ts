import { Graph, layout } from '@dagrejs/dagre'
import { duration } from '../../ui/format.ts'
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
  /** Upper edge on the whole picture. */
  readonly top: number
}

const WIDTH = 176
/** Letters of a title that fit on one of its lines. */
const LETTERS = 17
/** Lines of the title, and one for the signs of a state. */
const leafSize = ({ title }: ChartNode) => ({
  width: WIDTH,
  height: 32 + 18 * Math.max(1, Math.ceil(title.length / LETTERS)),
})
/** Room inside a box around its states, and above them for its title. */
const PADDING = 12
const TITLE_ROOM = 30

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

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

/** The innermost states of a state, the initial one first: a compound state itself cannot be the end of an edge in the layout. */
function leavesOf(id: string, nodes: readonly ChartNode[]): string[] {
  const inside = nodes.filter((n) => n.parent === id).sort((a, b) => Number(b.initial) - Number(a.initial))
  return inside.length === 0 ? [id] : inside.flatMap((n) => leavesOf(n.id, nodes))
}

/** Places the states from top to bottom in the direction of their transitions; parents come before what they hold. */
export function layoutChart(all: readonly ChartNode[], edges: readonly ChartEdge[]): PlacedState[] {
  const nodes = drawnStates(all)
  const ids = new Set(nodes.map((n) => n.id))
  const parents = new Set(nodes.flatMap((n) => (n.parent === null ? [] : [n.parent])))
  const graph = new Graph({ compound: true, multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: 24, ranksep: 52, marginx: 8, marginy: 8 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const n of nodes) graph.setNode(n.id, parents.has(n.id) ? {} : leafSize(n))
  for (const n of nodes) if (n.parent !== null) graph.setParent(n.id, n.parent)
  edges.forEach((e, i) => {
    const [to] = leavesOf(e.to, nodes)
    if (!ids.has(e.from) || to === undefined || !ids.has(e.to)) return
    // From every state inside, so that what comes after a box is placed below all of it.
    for (const from of leavesOf(e.from, nodes)) if (from !== to) graph.setEdge(from, to, {}, `${i}`)
  })
  layout(graph)
  const boxes = new Map<string, Box>()
  const boxOf = (n: ChartNode): Box => {
    const known = boxes.get(n.id)
    if (known) return known
    const inside = nodes.filter((c) => c.parent === n.id).map(boxOf)
    const box = inside.length === 0 ? leafBox(leafSize(n), graph.node(n.id)) : around(inside)
    boxes.set(n.id, box)
    return box
  }
  const place = (parent: string | null): PlacedState[] =>
    nodes
      .filter((n) => n.parent === parent)
      .flatMap((node) => {
        const { x, y, width, height } = boxOf(node)
        const ground = nodes.find((n) => n.id === parent)
        const from = ground ? boxOf(ground) : { x: 0, y: 0 }
        const placed = {
          node,
          parent,
          box: parents.has(node.id),
          x: x - from.x,
          y: y - from.y,
          width,
          height,
          top: y,
        }
        return [placed, ...place(node.id)]
      })
  return place(null)
}

/** Dagre speaks of centres. */
function leafBox(
  size: { width: number; height: number },
  placed: { x?: number; y?: number } | undefined,
): Box {
  return { x: (placed?.x ?? 0) - size.width / 2, y: (placed?.y ?? 0) - size.height / 2, ...size }
}

function around(inside: readonly Box[]): Box {
  const x = Math.min(...inside.map((b) => b.x)) - PADDING
  const y = Math.min(...inside.map((b) => b.y)) - TITLE_ROOM
  const width = Math.max(...inside.map((b) => b.x + b.width)) + PADDING - x
  const height = Math.max(...inside.map((b) => b.y + b.height)) + PADDING - y
  return { x, y, width, height }
}

/** `DB_RESTARTED [when x > 1]` without its guard: the event alone. */
export const eventOf = (label: string): string => label.split(' ')[0] ?? ''

/** An event of the path as people say it: time that passed, a part that ended, or its own name. */
export function eventWords(event: string): string {
  const after = /^xstate\.after\.(\d+)\./.exec(event)
  if (after) return `after ${duration(Number(after[1]))}`
  if (event.startsWith('xstate.done')) return 'a part ended'
  return event === '' ? 'by itself' : event
}

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
    return {
      at,
      event: eventWords(event),
      titles: (leaves.length > 0 ? leaves : states).map((s) => titles.get(s) ?? s),
    }
  })
}
