import { useEffect, useRef, useState } from 'react'
import { valueAt } from '../../../shared/exploration.ts'
import type { RequestTable } from '../../../shared/requests.ts'
import { clock, number } from '../../ui/format.ts'
import { openTrace } from '../deskState.ts'
import { Toggle } from '../Toggle.tsx'
import styles from './explore.module.css'

const MOST_ROWS = 60
const SHOWN = ['source', 'failed', 'failed-with', 'slowest'] as const

/** Single requests: the newest or the slowest first. One opens as a trace. */
export function Examples({
  table,
  places,
  cameFrom,
}: {
  readonly table: RequestTable
  readonly places: readonly number[]
  /** The trace that was open last: its line has the focus. */
  readonly cameFrom: string | null
}) {
  const [order, setOrder] = useState<'newest' | 'slowest'>('newest')
  const last = useRef<HTMLButtonElement>(null)
  useEffect(() => last.current?.focus(), [])
  const key = (i: number) => (order === 'newest' ? table.at[i] : table.duration[i]) ?? 0
  const listed = places.toSorted((a, b) => key(b) - key(a)).slice(0, MOST_ROWS)
  return (
    <div>
      <div className={styles.by} role="group" aria-label="Order">
        <Toggle pressed={order === 'newest'} onPress={() => setOrder('newest')}>
          Newest
        </Toggle>
        <Toggle pressed={order === 'slowest'} onPress={() => setOrder('slowest')}>
          Slowest
        </Toggle>
      </div>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">trace</th>
              <th scope="col">time</th>
              <th scope="col">status</th>
              <th scope="col">took</th>
              {SHOWN.map((name) => (
                <th scope="col" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {listed.map((i) => (
              <tr key={table.trace[i]}>
                <th scope="row">
                  <button
                    type="button"
                    className={styles.pick}
                    ref={table.trace[i] === cameFrom ? last : undefined}
                    aria-label={`Trace ${table.trace[i]?.slice(0, 8)}`}
                    onClick={() => openTrace(table.trace[i] ?? '')}
                  >
                    {table.trace[i]?.slice(0, 8)}
                  </button>
                </th>
                <td>{clock(table.at[i] ?? 0)}</td>
                <td>{valueAt(table, 'status', i)}</td>
                <td>{number(table.duration[i] ?? 0, 's')}</td>
                {SHOWN.map((name) => (
                  <td key={name}>{valueAt(table, name, i) ?? ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
