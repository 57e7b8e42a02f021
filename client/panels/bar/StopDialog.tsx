import { useState } from 'react'
import { send } from '../../net/send.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import styles from './bar.module.css'

/** Any seat may end the pretence at once: real systems come first. */
export function StopDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const stop = async () => {
    setBusy(true)
    const answer = await send({ type: 'lifecycle.stop', note })
    setBusy(false)
    if (answer.ok) onClose()
  }
  return (
    <Dialog open={open} title="A real incident? Stop the exercise" onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(e) => {
          e.preventDefault()
          void stop()
        }}
      >
        <p>
          The clock stops for everybody at once, and every screen says that this is real. Nothing is lost: the
          exercise can be resumed another day.
        </p>
        <Field
          label="What should the others know? (optional)"
          value={note}
          maxLength={200}
          placeholder="Checkout is down in production, call in #inc-42"
          onChange={(e) => setNote(e.target.value)}
        />
        <div className={styles.answers}>
          <Button kind="quiet" onClick={onClose}>
            Keep playing
          </Button>
          <Button kind="danger" type="submit" disabled={busy}>
            Stop the exercise for everybody
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
