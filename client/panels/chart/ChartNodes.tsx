import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import { Icon } from '../../ui/Icon.tsx'
import type { ChartNode } from './layoutChart.ts'
import styles from './chart.module.css'

export type StateData = { readonly node: ChartNode; readonly active: boolean }
export type StateNode = Node<StateData, 'state' | 'box'>

function Words({ node, active }: StateData) {
  const cause = node.tags.includes('cause-present')
  return (
    <>
      <span className={styles.title}>
        {active && <Icon name="play" label="Active" />}
        {node.initial && !active && <span aria-label="Start">●</span>}
        {node.title}
      </span>
      {(active || cause || node.kind === 'final') && (
        <span className={styles.tags}>
          {active && <span className={styles.now}>now</span>}
          {cause && (
            <span className={styles.cause}>
              <Icon name="warning" /> cause present
            </span>
          )}
          {node.kind === 'final' && <span>end</span>}
        </span>
      )}
    </>
  )
}

/**
 * Where transitions begin and end: downwards through top and bottom, back upwards on the right,
 * past other states on the left.
 */
function Ends() {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
      <Handle id="right" type="source" position={Position.Right} isConnectable={false} />
      <Handle id="right-in" type="target" position={Position.Right} isConnectable={false} />
      <Handle id="left" type="source" position={Position.Left} isConnectable={false} />
      <Handle id="left-in" type="target" position={Position.Left} isConnectable={false} />
    </>
  )
}

/** A state without states inside. */
export function StateBox({ data }: NodeProps<StateNode>) {
  return (
    <div className={styles.state} data-active={data.active || undefined} title={data.node.description}>
      <Words node={data.node} active={data.active} />
      <Ends />
    </div>
  )
}

/** A compound or parallel state: the ground on which its own states stand. */
export function CompoundBox({ data }: NodeProps<StateNode>) {
  return (
    <div
      className={styles.box}
      data-active={data.active || undefined}
      data-parallel={data.node.kind === 'parallel' || undefined}
      title={data.node.description}
    >
      <Words node={data.node} active={data.active} />
      <Ends />
    </div>
  )
}
