import { useState } from 'react'
import type { z } from 'zod'
import type { MitigationClass, RunView } from '../../../shared/contracts/mitigations.ts'
import { useSeatName, useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Status } from '../../ui/Status.tsx'
import { clock } from '../../ui/format.ts'
import { DeclineForm } from '../DeclineForm.tsx'
import { useAct } from '../useAct.ts'
import { CLASS_WORDS } from './classWords.ts'
import { OddsWords } from './OddsWords.tsx'
import { SetChance } from './SetChance.tsx'
import styles from './requests.module.css'

type Class = z.infer<typeof MitigationClass> | null

/** A request that waits for an answer: who, what, why, its odds, and what is the game master's to set. */
export function RequestCard({
  run,
  actionClass,
  canApprove,
}: {
  readonly run: RunView
  readonly actionClass: Class
  readonly canApprove: boolean
}) {
  const seatName = useSeatName()
  const books = useView('playbooks')?.books
  const dice = useView('lifecycle')?.settings.dice
  const { busy, act } = useAct()
  const [chance, setChance] = useState({ dc: run.odds.dc, bonus: 0, advantage: 0 })
  const [declining, setDeclining] = useState(false)
  const book = books?.find((b) => b.id === run.cite?.book)
  const step = book?.steps.find((s) => s.id === run.cite?.step)
  const params = Object.entries(run.params)
  return (
    <li className={styles.card}>
      <div className={styles.top}>
        <h3>{run.title}</h3>
        {actionClass && (
          <Status level={CLASS_WORDS[actionClass].level} word={CLASS_WORDS[actionClass].word} />
        )}
      </div>
      <p className={styles.meta}>
        {seatName(run.by)} · {clock(run.proposedAt)}
        {params.length > 0 && ` · ${params.map(([key, value]) => `${key} ${value}`).join(', ')}`}
      </p>
      {run.reason !== '' && <p className={styles.reason}>“{run.reason}”</p>}
      <p className={styles.meta}>
        {run.cite
          ? `Cites ${book?.title ?? run.cite.book}: ${step?.title ?? run.cite.step}`
          : 'Cites no playbook step'}
      </p>
      {dice !== 'off' && <OddsWords odds={run.odds} />}
      {canApprove && dice !== 'off' && <SetChance chance={chance} onChange={setChance} />}
      {canApprove && !declining && (
        <div className={styles.acts}>
          <Button
            kind="primary"
            disabled={busy}
            onClick={() =>
              void act({ type: 'mitigations.approve', run: run.id, ...(dice !== 'off' && chance) })
            }
          >
            Approve
          </Button>
          <Button kind="quiet" disabled={busy} onClick={() => setDeclining(true)}>
            Decline…
          </Button>
        </div>
      )}
      {canApprove && declining && (
        <DeclineForm
          className={styles.acts}
          busy={busy}
          onDecline={(why) => void act({ type: 'mitigations.decline', run: run.id, why })}
          onBack={() => setDeclining(false)}
        />
      )}
    </li>
  )
}
