import type { RunningFault } from '../../../shared/contracts/faults.ts'
import { useExerciseNow } from '../../store/clock.ts'
import { Button } from '../../ui/Button.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { announce } from '../../ui/announce.ts'
import { clock, duration } from '../../ui/format.ts'
import { useAct } from '../useAct.ts'
import styles from './chaos.module.css'

/** What is done by hand right now, each with the time it has left and the button that takes it back. */
export function Running({ running }: { readonly running: readonly RunningFault[] }) {
  const now = useExerciseNow()
  const { busy, act } = useAct()
  if (running.length === 0)
    return <p className={styles.quiet}>Nothing is done by hand: the system is as the scenario has it.</p>
  const end = async (fault: RunningFault) => {
    if (await act({ type: 'faults.end', id: fault.id })) announce(`Ended: ${fault.title}`)
  }
  return (
    <ul className={styles.running}>
      {running.map((f) => {
        const coming = f.over > 0 ? Math.min(1, Math.max(0, (now - f.startedAt) / f.over)) : 1
        return (
          <li key={f.id} className={styles.fault}>
            <div className={styles.words}>
              <span className={styles.title}>{f.title}</span>
              <span className={styles.quiet}>
                since {clock(f.startedAt)} ·{' '}
                {f.until === null ? 'until you end it' : `${duration(Math.max(0, f.until - now))} left`}
                {!f.cause && ' · counts as no cause'}
              </span>
              {coming < 1 && <ProgressBar value={coming} label={`How far it has come on: ${f.title}`} />}
            </div>
            {f.fault === null && <Badge>parameter</Badge>}
            <Button size="small" disabled={busy} aria-label={`End: ${f.title}`} onClick={() => void end(f)}>
              End
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
