import { useState } from 'react'
import { send } from '../../net/send.ts'
import { useReadOnly, useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { clock } from '../../ui/format.ts'
import styles from './actions.module.css'

/** Hints given so far, and a way to ask for the next one where no game master sits at the table. */
export function Hints() {
  const hints = useView('hints')
  const lead = useView('lifecycle')?.settings.lead
  const readOnly = useReadOnly()
  const [busy, setBusy] = useState(false)
  if (!hints || (hints.given.length === 0 && lead !== 'automatic')) return null
  const ask = async () => {
    setBusy(true)
    await send({ type: 'hints.give' })
    setBusy(false)
  }
  return (
    <section className={styles.hints} aria-label="Hints">
      {hints.given.map((hint, i) => (
        <p key={i} className={styles.hint}>
          <Icon name="lightbulb" />
          <span>
            <span className={styles.number}>{clock(hint.at)}</span> {hint.text}
          </span>
        </p>
      ))}
      {lead === 'automatic' && !readOnly && (
        <Button size="small" kind="quiet" disabled={busy || hints.left === 0} onClick={() => void ask()}>
          <Icon name="lightbulb" />{' '}
          {hints.left === 0 ? 'No hints left' : `Ask for a hint (${hints.left} left)`}
        </Button>
      )}
    </section>
  )
}
