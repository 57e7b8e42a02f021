import { useState } from 'react'
import { FLAGS, type Playbook } from '../../../shared/contracts/playbooks.ts'
import { send } from '../../net/send.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import form from '../form.module.css'
import styles from './playbook.module.css'

const WORDS: Readonly<Record<(typeof FLAGS)[number], string>> = {
  wrong: 'Wrong: it says something that is not so',
  unclear: 'Unclear: I cannot tell what to do',
  missing: 'Missing: something needed is not written here',
}

/** Says in a sentence what is the matter with a step; it goes into the findings about the playbook. */
export function FlagDialog({
  book,
  step,
  onClose,
}: {
  readonly book: Playbook
  readonly step: string | null
  readonly onClose: () => void
}) {
  const [flag, setFlag] = useState<(typeof FLAGS)[number]>(step === null ? 'missing' : 'unclear')
  const [why, setWhy] = useState('')
  const [busy, setBusy] = useState(false)
  const title = step === null ? book.title : (book.steps.find((s) => s.id === step)?.title ?? book.title)
  const save = async () => {
    setBusy(true)
    const answer = await send({ type: 'playbooks.flag', book: book.id, step, flag, why })
    setBusy(false)
    if (answer.ok) onClose()
  }
  return (
    <Dialog open title={`What is the matter with “${title}”?`} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(e) => {
          e.preventDefault()
          void save()
        }}
      >
        <fieldset className={styles.choices}>
          <legend>Kind</legend>
          {FLAGS.map((f) => (
            <label key={f}>
              <input
                className={form.radio}
                type="radio"
                name="flag"
                checked={flag === f}
                onChange={() => setFlag(f)}
              />{' '}
              {WORDS[f]}
            </label>
          ))}
        </fieldset>
        <label className={styles.field}>
          In a sentence
          <input
            className={form.input}
            value={why}
            maxLength={280}
            autoFocus
            onChange={(e) => setWhy(e.target.value)}
          />
        </label>
        <div className={styles.formActs}>
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button kind="primary" type="submit" disabled={busy || why.trim() === ''}>
            Flag it
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
