import { useEffect, useMemo, useRef, useState } from 'react'
import {
  Background,
  Controls,
  Handle,
  MarkerType,
  Position,
  ReactFlow,
  type Edge,
  type Node,
  type NodeProps,
  type Viewport,
} from '@xyflow/react'
import '@xyflow/react/dist/style.css'
import type { ViewOf } from '../../../shared/contracts/index.ts'
import { Status } from '../../ui/Status.tsx'
import { number } from '../../ui/format.ts'
import { latestOf } from '../telemetryNow.ts'
import { useGround } from '../useGround.ts'
import { errorsBriefly, HEALTH_WORDS, inWords, vitalsOf, type Vitals } from './health.ts'
import { KindIcon, type Kind } from './KindIcon.tsx'
import { NODE_HEIGHT, NODE_WIDTH, placeToFit, viewOf } from './layout.ts'
import styles from './map.module.css'

type System = ViewOf<'system'>

type PartNode = Node<{ title: string; kind: Kind; vitals: Vitals; direction: 'LR' | 'TB' }, 'part'>

function Part({ data, selected }: NodeProps<PartNode>) {
  const { title, kind, vitals, direction } = data
  return (
    <div className={styles.node} data-health={vitals.health} data-selected={selected || undefined}>
      <Handle
        type="target"
        position={direction === 'LR' ? Position.Left : Position.Top}
        className={styles.handle}
      />
      <p className={styles.nodeTitle} title={`${title} (${kind})`}>
        <KindIcon kind={kind} />
        <span>{title}</span>
      </p>
      <Status level={vitals.health} word={HEALTH_WORDS[vitals.health]} />
      <p className={styles.vitals}>
        <span>{vitals.rps === null ? '—' : number(vitals.rps, 'per_s')}</span>
        <span>{vitals.errorRatio === null ? '—' : errorsBriefly(vitals.errorRatio)} err</span>
        <span>{vitals.p95 === null ? '—' : number(vitals.p95, 's')}</span>
      </p>
      <Handle
        type="source"
        position={direction === 'LR' ? Position.Right : Position.Bottom}
        className={styles.handle}
      />
    </div>
  )
}

const NODE_TYPES = { part: Part }

const isSame = (a: Viewport, b: Viewport) => a.x === b.x && a.y === b.y && a.zoom === b.zoom

/** The map as a graph: components by kind with live health, joined by their calls. */
export function MapGraph({
  system,
  selected,
  onSelect,
}: {
  readonly system: System
  readonly selected: string | null
  readonly onSelect: (id: string | null) => void
}) {
  const ground = useGround()
  const host = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<{ width: number; height: number } | null>(null)
  // Where somebody moved the picture to, until the pane takes another shape.
  const [moved, setMoved] = useState<{ readonly from: Viewport; readonly to: Viewport } | null>(null)
  useEffect(() => {
    const element = host.current
    if (!element) return
    const resized = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    )
    resized.observe(element)
    return () => resized.disconnect()
  }, [])
  const width = size?.width ?? 0
  const height = size?.height ?? 0
  const drawing = useMemo(
    () => placeToFit({ nodes: system.components, edges: system.edges, space: { width, height } }),
    [system.components, system.edges, width, height],
  )
  const { places, direction } = drawing
  const fitted = useMemo(
    () => viewOf({ drawing, space: { width, height }, focus: selected }),
    [drawing, width, height, selected],
  )
  const edges = useMemo(
    () =>
      system.edges.map((e, i): Edge => ({
        id: `${e.from}→${e.to}#${i}`,
        source: e.from,
        target: e.to,
        label: e.label,
        markerEnd: { type: MarkerType.ArrowClosed },
        focusable: false,
      })),
    [system.edges],
  )
  const nodes = system.components.map((c, i): PartNode => {
    const vitals = vitalsOf(c, latestOf)
    const place = places[i]
    return {
      id: c.id,
      type: 'part',
      position: { x: place?.x ?? 0, y: place?.y ?? 0 },
      width: NODE_WIDTH,
      height: NODE_HEIGHT,
      selected: c.id === selected,
      ariaLabel: inWords(c.title, vitals.health),
      data: { title: c.title, kind: c.kind, vitals, direction },
    }
  })
  return (
    <div ref={host} className={styles.graph}>
      {size && (
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          colorMode={ground}
          // Where the lines begin is measured once.
          key={direction}
          viewport={moved && isSame(moved.from, fitted) ? moved.to : fitted}
          onViewportChange={(to) => setMoved({ from: fitted, to })}
          minZoom={0.3}
          nodesDraggable={false}
          nodesConnectable={false}
          onNodeClick={(_, node) => onSelect(node.id)}
          onPaneClick={() => onSelect(null)}
          onNodesChange={(changes) => {
            // The keyboard selects through changes; everything else about the nodes comes from the views.
            for (const change of changes) if (change.type === 'select' && change.selected) onSelect(change.id)
          }}
          proOptions={{ hideAttribution: false }}
        >
          <Background gap={24} />
          <Controls showInteractive={false} />
        </ReactFlow>
      )}
    </div>
  )
}
