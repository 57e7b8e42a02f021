import { useState } from 'react'
import { send } from '../../net/send.ts'
import { Button } from '../../ui/Button.tsx'
import form from '../form.module.css'
import styles from './actions.module.css'

/** The decision on somebody's request: approve, or decline with a sentence. */
export function ApproveForm({ run }: { readonly run: string }) {
  const [declining, setDeclining] = useState(false)
  const [why, setWhy] = useState('')
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
    <form
      className={styles.decline}
      onSubmit={(e) => {
        e.preventDefault()
        void settle(() => send({ type: 'mitigations.decline', run, why }))
      }}
    >
      <input
        className={form.input}
        value={why}
        maxLength={280}
        autoFocus
        aria-label="Why not, in a sentence"
        placeholder="Why not, in a sentence"
        onChange={(e) => setWhy(e.target.value)}
      />
      <Button size="small" type="submit" disabled={busy || why.trim() === ''}>
        Decline
      </Button>
      <Button size="small" kind="quiet" onClick={() => setDeclining(false)}>
        Back
      </Button>
    </form>
  )
}
