import { useState } from 'react'
import type { ExerciseRecord } from '../../../shared/record.ts'
import type { SeatId } from '../../../shared/ids.ts'
import { Button } from '../../ui/Button.tsx'
import { clock, wallTime } from '../../ui/format.ts'
import styles from './report.module.css'

const FEW = 40

/** What happened, on exercise time and on the wall's. Long ones open in full on demand, and in print always. */
export function TimelineTable({
  record,
  seatName,
}: {
  readonly record: ExerciseRecord
  readonly seatName: (id: SeatId) => string
}) {
  const [all, setAll] = useState(false)
  const { timeline } = record
  const hidden = all ? 0 : Math.max(0, timeline.length - FEW)
  return (
    <section aria-labelledby="timeline-title">
      <h2 id="timeline-title">Timeline</h2>
      {timeline.length === 0 && <p className={styles.quiet}>Nothing was recorded.</p>}
      <div className={styles.scroll} tabIndex={0} role="group" aria-label="Timeline">
        <table className={styles.timeline}>
          <thead>
            <tr>
              <th scope="col">Exercise</th>
              <th scope="col">Wall</th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
            </tr>
          </thead>
          <tbody>
            {timeline.map((e, i) => (
              <tr key={e.id} data-kind={e.kind} data-hidden={(!all && i >= FEW) || undefined}>
                <td className={styles.time}>{clock(e.at)}</td>
                <td className={styles.time}>{wallTime(e.wall)}</td>
                <td>{e.seat === null ? '' : seatName(e.seat)}</td>
                <td>{e.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && (
        <Button className={styles.screenOnly ?? ''} onClick={() => setAll(true)}>
          Show {hidden} more entries
        </Button>
      )}
    </section>
  )
}
