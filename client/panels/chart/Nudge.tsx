import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useAct } from '../useAct.ts'
import form from '../form.module.css'
import styles from './chart.module.css'

/** Moves the incident by hand, after asking once: the record will say that it was done. */
export function Nudge({ accepts }: { readonly accepts: readonly string[] }) {
  const [event, setEvent] = useState('')
  const [asking, setAsking] = useState(false)
  const { busy, act } = useAct()
  const chosen = accepts.includes(event) ? event : ''
  return (
    <form
      className={styles.nudge}
      onSubmit={(e) => {
        e.preventDefault()
        if (chosen !== '') setAsking(true)
      }}
    >
      <select
        className={form.input}
        value={chosen}
        disabled={accepts.length === 0}
        aria-label="Event to send to the incident"
        onChange={(e) => setEvent(e.target.value)}
      >
        <option value="">{accepts.length === 0 ? 'It takes no event now' : 'Move it by hand…'}</option>
        {accepts.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      {chosen !== '' && (
        <Button size="small" type="submit">
          Send
        </Button>
      )}
      <Dialog open={asking} title={`Send ${chosen}?`} onClose={() => setAsking(false)}>
        <p>
          The incident moves as if {chosen} had happened. The report will list it among the interventions.
        </p>
        <div className={styles.asks}>
          <Button kind="quiet" onClick={() => setAsking(false)}>
            Leave it
          </Button>
          <Button
            kind="primary"
            disabled={busy}
            onClick={async () => {
              const done = await act({ type: 'incident.nudge', event: chosen })
              setAsking(false)
              if (done) setEvent('')
            }}
          >
            Send {chosen}
          </Button>
        </div>
      </Dialog>
    </form>
  )
}
