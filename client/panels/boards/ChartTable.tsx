import { clock, number } from '../../ui/format.ts'
import { tableRows, type ChartData } from './boardData.ts'
import type { BoardPanel } from './Chart.tsx'
import styles from './boards.module.css'

/** The same numbers as the chart, as a table. */
export function ChartTable({ panel, data }: { readonly panel: BoardPanel; readonly data: ChartData }) {
  return (
    <div className={styles.tableScroll} tabIndex={0} role="region" aria-label={`${panel.title} as a table`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {panel.series.map((s) => (
              <th scope="col" key={s.metric}>
                {s.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tableRows(data).map((row) => (
            <tr key={row.at}>
              <th scope="row">{clock(row.at)}</th>
              {row.values.map((value, i) => (
                <td key={panel.series[i]?.metric ?? i}>
                  {value === null ? 'no data' : number(value, panel.unit)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
