import type { z } from 'zod'
import type { MitigationClass, RunView } from '../../../shared/contracts/mitigations.ts'
import { useExerciseNow } from '../../store/clock.ts'
import { useSeatName } from '../../store/table.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Status } from '../../ui/Status.tsx'
import { clock, duration } from '../../ui/format.ts'
import { CLASS_WORDS } from './classWords.ts'
import styles from './requests.module.css'

const STATES: Readonly<Record<RunView['state'], string>> = {
  proposed: 'waits for approval',
  approved: 'approved, not committed yet',
  declined: 'declined',
  withdrawn: 'withdrawn',
  'in-progress': 'in progress',
  done: 'done',
  failed: 'did not succeed',
  reverted: 'taken back out',
}

/** One action that was answered: how far it is, what was rolled, what came of it. */
export function WorkRow({
  run,
  actionClass,
}: {
  readonly run: RunView
  readonly actionClass: z.infer<typeof MitigationClass> | null
}) {
  const now = useExerciseNow()
  const seatName = useSeatName()
  const { startedAt, endsAt } = run
  const working = run.state === 'in-progress' && startedAt !== null && endsAt !== null
  return (
    <li className={styles.work} data-state={run.state}>
      <div className={styles.top}>
        <h3>{run.title}</h3>
        {actionClass && (
          <Status level={CLASS_WORDS[actionClass].level} word={CLASS_WORDS[actionClass].word} />
        )}
      </div>
      <p className={styles.meta}>
        {seatName(run.by)} · {clock(startedAt ?? run.proposedAt)} · {STATES[run.state]}
        {run.roll && ` · rolled ${run.roll.dice.join(' and ')}, ${run.roll.total} against ${run.odds.dc}`}
        {run.state === 'declined' && run.decided && ` · ${run.decided.why}`}
      </p>
      {working && (
        <div className={styles.progress}>
          <ProgressBar
            value={
              endsAt > startedAt ? Math.min(1, Math.max(0, (now - startedAt) / (endsAt - startedAt))) : 1
            }
            label={`${run.title}, progress`}
          />
          <span className={styles.number}>{duration(Math.max(0, endsAt - now))}</span>
        </div>
      )}
      {run.result !== '' && <p className={styles.result}>{run.result}</p>}
    </li>
  )
}
