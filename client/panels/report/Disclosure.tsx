import type { ExerciseRecord } from '../../../shared/record.ts'
import type { SeatId } from '../../../shared/ids.ts'
import { clock } from '../../ui/format.ts'
import styles from './report.module.css'

const STATES: Readonly<Record<string, string>> = {
  planned: 'did not come up',
  due: 'was due',
  held: 'held back',
  delivered: 'delivered',
  skipped: 'skipped',
}
const AUDIENCES: Readonly<Record<string, string>> = { status: 'Status page', stakeholders: 'Stakeholders' }

interface Line {
  readonly at: number | null
  readonly text: string
}

function Lines({
  title,
  lines,
  none,
}: {
  readonly title: string
  readonly lines: readonly Line[]
  readonly none: string
}) {
  return (
    <div className={styles.block}>
      <h3>{title}</h3>
      {lines.length === 0 ? (
        <p className={styles.quiet}>{none}</p>
      ) : (
        <ol className={styles.lines}>
          {lines.map(({ at, text }, i) => (
            <li key={i}>
              <time>{at === null ? '–' : clock(at)}</time>
              <span>{text}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}

/** What came from outside the table, and what the game master did by hand: disclosed in full. */
export function Disclosure({
  record,
  seatName,
}: {
  readonly record: ExerciseRecord
  readonly seatName: (id: SeatId) => string
}) {
  return (
    <section aria-labelledby="disclosure-title">
      <h2 id="disclosure-title">Told, helped and steered</h2>
      <div className={styles.columns}>
        <Lines
          title="Injects, planned and delivered"
          none="No inject was planned."
          lines={record.injects.map((i) => ({
            at: i.deliveredAt,
            text: `${i.title}: ${STATES[i.state] ?? i.state}`,
          }))}
        />
        <Lines
          title="Updates to the outside"
          none="Nobody outside was told."
          lines={record.updates.map((u) => ({
            at: u.at,
            text: `${AUDIENCES[u.audience] ?? u.audience}, ${seatName(u.seat)}: ${u.text}`,
          }))}
        />
        <Lines title="Hints" none="No hint was given." lines={record.hints} />
        <Lines
          title="Interventions of the game master"
          none="The game master did not step in."
          lines={record.interventions}
        />
      </div>
    </section>
  )
}
