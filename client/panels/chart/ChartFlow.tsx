import {
  Controls,
  MarkerType,
  ReactFlow,
  type BuiltInEdge,
  type NodeTypes,
  type ReactFlowInstance,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ViewOf } from '../../../shared/contracts/index.ts'
import { CompoundBox, StateBox, type StateNode } from './ChartNodes.tsx'
import { eventOf, layoutChart, type PlacedState } from './layoutChart.ts'
import styles from './chart.module.css'

const FIT = { padding: { top: '12px', bottom: '12px', left: '12px', right: '72px' } } as const
const TYPES: NodeTypes = { state: StateBox, box: CompoundBox }

/** A gap that is wider than this has other states in it, in pixels. */
const NEXT = 110

/** What leads back up goes around on the right, what skips states on the left, instead of through the boxes in between. */
function around({ from, to, label }: { from: PlacedState; to: PlacedState; label: string }) {
  // Far enough out that its label does not lie on those between the boxes.
  const pathOptions = { offset: Math.max(20, label.length * 3 + 16) }
  if (to.top < from.top) return { sourceHandle: 'right', targetHandle: 'right-in', pathOptions }
  const skips = to.top - (from.top + from.height) > NEXT
  return skips ? { sourceHandle: 'left', targetHandle: 'left-in', pathOptions } : {}
}

/** The incident's statechart as a picture one can move and zoom; it changes nothing. */
export function ChartFlow({ incident }: { readonly incident: ViewOf<'incident'> }) {
  const { nodes, edges, active, accepts } = incident
  const placed = useMemo(() => layoutChart(nodes, edges), [nodes, edges])
  const states = useMemo(
    () =>
      placed.map(({ node, parent, box, x, y, width, height }): StateNode => ({
        id: node.id,
        type: box ? 'box' : 'state',
        position: { x, y },
        width,
        height,
        data: { node, active: active.includes(node.id) },
        ...(parent !== null && { parentId: parent }),
      })),
    [placed, active],
  )
  const ways = useMemo(() => {
    const drawn = new Map(placed.map((p) => [p.node.id, p]))
    return edges.flatMap((e, i): BuiltInEdge[] => {
      const from = drawn.get(e.from)
      const to = drawn.get(e.to)
      if (from === undefined || to === undefined || e.from === e.to) return []
      const open = active.includes(e.from) && accepts.includes(eventOf(e.label))
      return [
        {
          id: `${i}`,
          source: e.from,
          target: e.to,
          ...around({ from, to, label: e.label }),
          type: 'smoothstep',
          label: e.label,
          className: open ? (styles.open ?? '') : (styles.way ?? ''),
          markerEnd: { type: MarkerType.ArrowClosed },
          zIndex: 1,
        },
      ]
    })
  }, [placed, edges, active, accepts])
  const ground = useRef<HTMLDivElement>(null)
  const [flow, setFlow] = useState<ReactFlowInstance<StateNode, BuiltInEdge> | null>(null)
  useEffect(() => {
    if (!flow || !ground.current) return
    // The column grows and shrinks with what stands around it; the whole chart stays in sight.
    const watch = new ResizeObserver(() => void flow.fitView(FIT))
    watch.observe(ground.current)
    return () => watch.disconnect()
  }, [flow])
  return (
    <div ref={ground} className={styles.ground}>
      <ReactFlow
        nodes={states}
        edges={ways}
        nodeTypes={TYPES}
        fitView
        fitViewOptions={FIT}
        onInit={setFlow}
        minZoom={0.15}
        maxZoom={2}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        zoomOnScroll={false}
        preventScrolling={false}
      >
        <Controls showInteractive={false} position="top-right" orientation="horizontal" />
      </ReactFlow>
    </div>
  )
}
