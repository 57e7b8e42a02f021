import { useState, type ReactNode } from 'react'
import type { RunView } from '../../../shared/contracts/mitigations.ts'
import { send } from '../../net/send.ts'
import { useExerciseNow } from '../../store/clock.ts'
import { useSeatName, useView } from '../../store/table.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Status } from '../../ui/Status.tsx'
import { clock, duration } from '../../ui/format.ts'
import { ApproveForm } from './ApproveForm.tsx'
import { D20 } from './D20.tsx'
import { OddsList } from './OddsList.tsx'
import { progress } from './proposal.ts'
import styles from './actions.module.css'

const STATES: Readonly<Record<RunView['state'], ReactNode>> = {
  proposed: <Badge tone="accent">Waits for approval</Badge>,
  approved: <Badge tone="accent">Ready to commit</Badge>,
  declined: <Badge>Declined</Badge>,
  withdrawn: <Badge>Withdrawn</Badge>,
  'in-progress': <Badge>In progress</Badge>,
  done: <Status level="good" word="Done" />,
  failed: <Status level="bad" word="Did not work out" />,
  reverted: <Badge>Reverted</Badge>,
}

/** One action from proposal to result, with the buttons the view allows this seat. */
export function RunCard({
  run,
  canApprove,
  canCommit,
  canWithdraw,
  canRevert,
}: {
  readonly run: RunView
  readonly canApprove: boolean
  readonly canCommit: boolean
  readonly canWithdraw: boolean
  readonly canRevert: boolean
}) {
  const now = useExerciseNow()
  const seatName = useSeatName()
  const lifecycle = useView('lifecycle')
  const dice = lifecycle?.settings.dice
  const [busy, setBusy] = useState(false)
  const act = async (type: 'mitigations.commit' | 'mitigations.withdraw' | 'mitigations.revert') => {
    setBusy(true)
    await send({ type, run: run.id })
    setBusy(false)
  }
  const params = Object.entries(run.params)
  const waits = run.state === 'proposed' || run.state === 'approved'
  return (
    <li className={styles.run} data-state={run.state} data-waiting={canApprove || canCommit || undefined}>
      <div className={styles.runTop}>
        <h4>{run.title}</h4>
        {STATES[run.state]}
      </div>
      <p className={styles.meta}>
        {seatName(run.by)} · {clock(run.startedAt ?? run.proposedAt)}
        {params.length > 0 && ` · ${params.map(([key, value]) => `${key} ${value}`).join(', ')}`}
        {run.cite && ' · cites its playbook step'}
      </p>
      {run.reason !== '' && <p className={styles.reason}>“{run.reason}”</p>}
      {run.state === 'in-progress' && (
        <div className={styles.progress}>
          <ProgressBar value={progress({ ...run, now })} label={`${run.title}, progress`} />
          <span className={styles.number}>
            {run.endsAt === null ? '' : duration(Math.max(0, run.endsAt - now))}
          </span>
        </div>
      )}
      {run.roll && dice === 'open' && (
        <D20
          key={run.id}
          id={run.id}
          roll={run.roll}
          odds={run.odds}
          age={(now - (run.startedAt ?? run.proposedAt)) / (lifecycle?.speed ?? 1)}
        />
      )}
      {run.result !== '' && <p className={styles.result}>{run.result}</p>}
      {run.state === 'declined' && run.decided && (
        <p className={styles.result}>
          {seatName(run.decided.by)}: {run.decided.why}
        </p>
      )}
      {waits && (canCommit || canApprove) && dice !== 'off' && <OddsList odds={run.odds} />}
      {canApprove && <ApproveForm run={run.id} />}
      <div className={styles.runActs}>
        {canCommit && (
          <Button kind="primary" disabled={busy} onClick={() => void act('mitigations.commit')}>
            {dice === 'off' ? 'Commit: start now' : 'Commit: roll and start'}
          </Button>
        )}
        {canWithdraw && (
          <Button size="small" kind="quiet" disabled={busy} onClick={() => void act('mitigations.withdraw')}>
            Withdraw
          </Button>
        )}
        {canRevert && (
          <Button size="small" disabled={busy} onClick={() => void act('mitigations.revert')}>
            Revert
          </Button>
        )}
      </div>
    </li>
  )
}
