import { clock, number } from '../../ui/format.ts'
import { rowsInUse, type HeatGrid } from '../heatGrid.ts'
import styles from './boards.module.css'

/** Columns of the table: the newest ones. */
const TOLD = 6

/** The newest part of a heat map in numbers. */
export function HeatTable({ title, grid }: { readonly title: string; readonly grid: HeatGrid }) {
  const { first, last } = rowsInUse(grid)
  const columns = grid.counts.map((_, i) => i).slice(-TOLD)
  const rows = Array.from({ length: last - first + 1 }, (_, i) => last - i)
  return (
    <div className={styles.tableScroll} tabIndex={0} role="region" aria-label={`${title} as a table`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Took</th>
            {columns.map((c) => (
              <th scope="col" key={c}>
                {clock(grid.times[c] ?? 0)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row">
                {number(grid.durations[row] ?? 0, 's')} – {number(grid.durations[row + 1] ?? 0, 's')}
              </th>
              {columns.map((c) => (
                <td key={c}>{number(grid.counts[c]?.[row] ?? 0, 'per_s')}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
