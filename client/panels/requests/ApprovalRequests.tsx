import type { RunView } from '../../../shared/contracts/mitigations.ts'
import { useMine, useView } from '../../store/table.ts'
import { RequestCard } from './RequestCard.tsx'
import { WorkRow } from './WorkRow.tsx'
import styles from './requests.module.css'

const NONE: readonly RunView[] = []

/** What the table asks for, what it is doing and what came of it; here with the class of every action. */
export function ApprovalRequests() {
  const view = useView('mitigations')
  const canApprove = useMine('mitigations')?.canApprove ?? []
  const runs = view?.runs ?? NONE
  const classOf = (run: RunView) => view?.catalogue.find((m) => m.id === run.mitigation)?.class ?? null
  const waiting = runs.filter((r) => r.state === 'proposed')
  const open = runs.filter((r) => r.state === 'approved' || r.state === 'in-progress')
  const over = runs.filter((r) => !waiting.includes(r) && !open.includes(r)).toReversed()
  return (
    <section className={styles.requests} aria-label="Requests of the table">
      <h2 className={styles.heading}>
        Requests {waiting.length > 0 && <span className={styles.count}>{waiting.length} waiting</span>}
      </h2>
      {runs.length === 0 && <p className={styles.quiet}>The table has not asked for anything yet.</p>}
      {waiting.length > 0 && (
        <ul className={styles.list}>
          {waiting.map((run) => (
            <RequestCard
              key={run.id}
              run={run}
              actionClass={classOf(run)}
              canApprove={canApprove.includes(run.id)}
            />
          ))}
        </ul>
      )}
      {open.length > 0 && (
        <ul className={styles.list} aria-label="Approved and in progress">
          {open.map((run) => (
            <WorkRow key={run.id} run={run} actionClass={classOf(run)} />
          ))}
        </ul>
      )}
      {over.length > 0 && (
        <details className={styles.over}>
          <summary>{over.length} over</summary>
          <ul className={styles.list}>
            {over.map((run) => (
              <WorkRow key={run.id} run={run} actionClass={classOf(run)} />
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
