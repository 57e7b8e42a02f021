import { useState } from 'react'
import { SEVERITIES } from '../../../shared/contracts/response.ts'
import type { ViewOf } from '../../../shared/contracts/index.ts'
import { send } from '../../net/send.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import form from '../form.module.css'
import styles from './response.module.css'

const MEANS: Readonly<Record<(typeof SEVERITIES)[number], string>> = {
  'SEV-1': 'Most users cannot use the service, or data is being lost',
  'SEV-2': 'Many users feel it, or an important part does not work',
  'SEV-3': 'Some users feel it; there is a way around',
  'SEV-4': 'Nobody feels it yet; it needs hands today',
}

/** Declares the incident, or changes how it is called. */
export function DeclareDialog({
  declared,
  onClose,
}: {
  readonly declared: ViewOf<'response'>['declared']
  readonly onClose: () => void
}) {
  const [severity, setSeverity] = useState(declared?.severity ?? 'SEV-2')
  const [title, setTitle] = useState(declared?.title ?? '')
  const [busy, setBusy] = useState(false)
  const declare = async () => {
    setBusy(true)
    const answer = await send({ type: 'response.declare', severity, title })
    setBusy(false)
    if (answer.ok) onClose()
  }
  return (
    <Dialog open title={declared ? 'Severity and title' : 'Declare an incident'} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(e) => {
          e.preventDefault()
          void declare()
        }}
      >
        <fieldset className={styles.severities}>
          <legend>Severity</legend>
          {SEVERITIES.map((s) => (
            <label key={s}>
              <input
                className={form.radio}
                type="radio"
                name="severity"
                checked={severity === s}
                onChange={() => setSeverity(s)}
              />
              <strong>{s}</strong> <span>{MEANS[s]}</span>
            </label>
          ))}
        </fieldset>
        <label className={styles.field}>
          What users notice, in a line
          <input
            className={form.input}
            value={title}
            maxLength={120}
            autoFocus
            onChange={(e) => setTitle(e.target.value)}
          />
        </label>
        <div className={styles.acts}>
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button kind="primary" type="submit" disabled={busy || title.trim() === ''}>
            {declared ? 'Save' : `Declare ${severity}`}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
