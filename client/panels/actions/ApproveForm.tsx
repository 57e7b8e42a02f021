import { useState } from 'react'
import { send } from '../../net/send.ts'
import { Button } from '../../ui/Button.tsx'
import { DeclineForm } from '../DeclineForm.tsx'
import styles from './actions.module.css'

/** The decision on somebody's request: approve, or decline with a sentence. */
export function ApproveForm({ run }: { readonly run: string }) {
  const [declining, setDeclining] = useState(false)
  const [busy, setBusy] = useState(false)
  const settle = async (work: () => Promise<unknown>) => {
    setBusy(true)
    await work()
    setBusy(false)
  }
  if (!declining) {
    return (
      <div className={styles.runActs}>
        <Button
          kind="primary"
          disabled={busy}
          onClick={() => void settle(() => send({ type: 'mitigations.approve', run }))}
        >
          Approve
        </Button>
        <Button kind="quiet" disabled={busy} onClick={() => setDeclining(true)}>
          Decline…
        </Button>
      </div>
    )
  }
  return (
    <DeclineForm
      className={styles.decline}
      busy={busy}
      onDecline={(why) => void settle(() => send({ type: 'mitigations.decline', run, why }))}
      onBack={() => setDeclining(false)}
    />
  )
}
