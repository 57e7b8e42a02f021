import type { RunView } from '../../../shared/contracts/mitigations.ts'
import { useMine, useReadOnly, useSeatId, useView } from '../../store/table.ts'
import { RunCard } from './RunCard.tsx'
import { sortRuns } from './sortRuns.ts'
import styles from './actions.module.css'

const NONE: readonly RunView[] = []
const NOTHING: readonly string[] = []
/** What came out last stays in sight beside new work. */
const KEPT_OPEN = 2

/** Requests and work: what waits for this person first, then what runs, then what came out lately. */
export function Requests() {
  const runs = useView('mitigations')?.runs ?? NONE
  const mine = useMine('mitigations')
  const seat = useSeatId()
  const readOnly = useReadOnly()
  const can = (list: readonly string[] | undefined) => (readOnly ? NOTHING : (list ?? NOTHING))
  const { open, over } = sortRuns(runs, {
    waiting: [...can(mine?.canApprove), ...can(mine?.canCommit)],
    seat,
  })
  if (runs.length === 0) return null
  const lately = over.slice(0, KEPT_OPEN)
  const earlier = over.slice(KEPT_OPEN)
  const card = (run: RunView) => (
    <RunCard
      key={run.id}
      run={run}
      canApprove={can(mine?.canApprove).includes(run.id)}
      canCommit={can(mine?.canCommit).includes(run.id)}
      canWithdraw={can(mine?.canWithdraw).includes(run.id)}
      canRevert={can(mine?.canRevert).includes(run.id)}
    />
  )
  return (
    <section aria-label="Requests and work">
      {open.length > 0 && (
        <>
          <h3 className={styles.group}>Requests and work</h3>
          <ul className={styles.runs}>{open.map(card)}</ul>
        </>
      )}
      {lately.length > 0 && (
        <>
          <h3 className={styles.group}>What came of it</h3>
          <ul className={styles.runs}>{lately.map(card)}</ul>
        </>
      )}
      {earlier.length > 0 && (
        <details className={styles.over}>
          <summary>{earlier.length} earlier</summary>
          <ul className={styles.runs}>{earlier.map(card)}</ul>
        </details>
      )}
    </section>
  )
}
