import type { CSSProperties } from 'react'
import type { ExerciseRecord, Outcome } from '../../../shared/record.ts'
import { clock, duration, wallTime } from '../../ui/format.ts'
import { LABEL, markAxis } from './markAxis.ts'
import styles from './marks.module.css'

const TIMES = [
  { key: 'ttd', short: 'TTD', title: 'Time to detect' },
  { key: 'tta', short: 'TTA', title: 'Time to acknowledge' },
  { key: 'ttm', short: 'TTM', title: 'Time to mitigate' },
  { key: 'ttr', short: 'TTR', title: 'Time to resolve' },
] as const

/** The marks of the exercise on one axis, and its times against the best found and a table that does nothing. */
export function Marks({ record }: { readonly record: ExerciseRecord }) {
  const last = Math.max(0, ...record.timeline.map((e) => e.at))
  const axis = markAxis(record.marks, last)
  const rows = Math.max(1, ...axis.marks.map((m) => m.row + 1))
  const { table, idle, par } = record.outcomes
  return (
    <section className={styles.marks} aria-labelledby="marks-title">
      <h2 id="marks-title">Times</h2>
      {axis.marks.length === 0 ? (
        <p className={styles.quiet}>No mark was reached.</p>
      ) : (
        <div
          className={styles.axis}
          style={{ '--rows': rows } as CSSProperties /* a custom property is no key of CSSProperties */}
        >
          <ol>
            {axis.marks.map((m) => (
              <li
                key={m.id}
                style={
                  // The same seam: custom properties carry places into the style sheet.
                  { '--place': m.place, '--row': m.row } as CSSProperties
                }
              >
                <strong>{m.title}</strong>
                <time title={`at ${wallTime(m.wall)} on the wall`}>{clock(m.at)}</time>
              </li>
            ))}
          </ol>
          <p className={styles.ends}>
            <time>{clock(axis.from)}</time>
            <time style={{ left: `${(1 - LABEL) * 100}%` }}>{clock(axis.to)}</time>
          </p>
        </div>
      )}
      {axis.missing.length > 0 && <p className={styles.missing}>Not reached: {axis.missing.join(', ')}.</p>}
      <div className={styles.scroll} tabIndex={0} role="group" aria-label="Times compared">
        <table>
          <thead>
            <tr>
              <th scope="col">From the start of impact</th>
              {TIMES.map((t) => (
                <th key={t.key} scope="col">
                  <abbr title={t.title}>{t.short}</abbr>
                  <span>{t.title}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Times title="This table" outcome={table} strong />
            {par && <Times title={par.label} outcome={par} />}
            {idle && <Times title={idle.label} outcome={idle} />}
          </tbody>
        </table>
      </div>
      {!par && <p className={styles.quiet}>The best found is not computed for this scenario yet.</p>}
    </section>
  )
}

function Times({
  title,
  outcome,
  strong = false,
}: {
  readonly title: string
  readonly outcome: Outcome
  readonly strong?: boolean
}) {
  return (
    <tr data-strong={strong || undefined}>
      <th scope="row">{title}</th>
      {TIMES.map(({ key }) => {
        const ms = outcome[key]
        return (
          <td key={key} data-none={ms === null || undefined}>
            {ms === null ? 'not reached' : duration(ms)}
          </td>
        )
      })}
    </tr>
  )
}
