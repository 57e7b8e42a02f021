import type { SeatId } from '../../../shared/ids.ts'
import { PhaseControls } from '../../panels/controls/PhaseControls.tsx'
import { HotWashBoard } from '../../panels/hotwash/HotWashBoard.tsx'
import { Goals } from '../../panels/notes/Goals.tsx'
import { Exports } from '../../panels/report/Exports.tsx'
import { useLeads, useTable, useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Report } from './Report.tsx'
import { useRecord } from './useRecord.ts'
import styles from './Debrief.module.css'

/** After play: the hot wash everybody writes, and the report everybody reads. */
export function Debrief() {
  const seat = useTable((t) => t.seat)
  return seat === null ? null : <DebriefOf seat={seat} />
}

function DebriefOf({ seat }: { readonly seat: SeatId }) {
  const lifecycle = useView('lifecycle')
  const entries = useView('timeline')?.entries.length ?? 0
  const leads = useLeads()
  const { record, fault, again } = useRecord(seat, `${lifecycle?.phase ?? ''}:${entries}`)
  if (!lifecycle) return null
  const open = lifecycle.phase === 'hot-wash'
  const hotwash = <HotWashBoard open={open} />
  return (
    <main className={styles.debrief}>
      <header className={styles.head}>
        <div>
          <p className={styles.mark}>EXERCISE</p>
          <h1>{lifecycle.name}</h1>
          <p className={styles.quiet}>
            {open
              ? 'Play is over. Write down what you take from it, then read the report together.'
              : 'This exercise is closed. Its record stays readable here.'}
          </p>
        </div>
        {leads && open && (
          <div className={styles.lead}>
            <PhaseControls />
          </div>
        )}
      </header>
      <Exports seat={seat} />
      {open && hotwash}
      {open && lifecycle.scenario !== undefined && (
        <section aria-labelledby="rate-title">
          <h2 id="rate-title">Rate the goals</h2>
          <Goals />
        </section>
      )}
      {fault !== null && (
        <EmptyState
          icon="warning"
          title={record ? 'The report may be out of date' : 'The report could not be read'}
          text={fault}
        >
          <Button onClick={again}>Read it again</Button>
        </EmptyState>
      )}
      {record === null && fault === null && <Spinner label="Reading the record" />}
      {record && <Report record={record} />}
      {!open && hotwash}
    </main>
  )
}
