import { Controls, MarkerType, ReactFlow, type Edge, type NodeTypes } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useMemo } from 'react'
import type { ViewOf } from '../../../shared/contracts/index.ts'
import { CompoundBox, StateBox, type StateNode } from './ChartNodes.tsx'
import { eventOf, layoutChart } from './layoutChart.ts'
import styles from './chart.module.css'

const TYPES: NodeTypes = { state: StateBox, box: CompoundBox }

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
    const drawn = new Map(placed.map((p) => [p.node.id, p.top]))
    return edges.flatMap((e, i): Edge[] => {
      const from = drawn.get(e.from)
      const to = drawn.get(e.to)
      if (from === undefined || to === undefined || e.from === e.to) return []
      const open = active.includes(e.from) && accepts.includes(eventOf(e.label))
      return [
        {
          id: `${i}`,
          source: e.from,
          target: e.to,
          // What leads back up goes around on the right instead of through the boxes in between.
          ...(to < from && { sourceHandle: 'right', targetHandle: 'right-in' }),
          type: 'smoothstep',
          label: e.label,
          className: open ? (styles.open ?? '') : (styles.way ?? ''),
          markerEnd: { type: MarkerType.ArrowClosed },
          zIndex: 1,
        },
      ]
    })
  }, [placed, edges, active, accepts])
  return (
    <ReactFlow
      nodes={states}
      edges={ways}
      nodeTypes={TYPES}
      fitView
      fitViewOptions={{ padding: { top: '12px', bottom: '12px', left: '12px', right: '40px' } }}
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
  )
}
