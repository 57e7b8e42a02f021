import { useRef, useState, type FormEvent } from 'react'
import { send } from '../../net/send.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import styles from './alerts.module.css'

/** What is to be kept quiet. */
export interface SilenceTarget {
  readonly target: 'rule' | 'group'
  readonly of: string
  readonly title: string
}

const MOST_MINUTES = 240

/** Asks for how long and why, and silences. Everybody sees both, and by whom. */
export function SilenceForm({
  silence,
  onClose,
}: {
  readonly silence: SilenceTarget
  readonly onClose: () => void
}) {
  const [minutes, setMinutes] = useState('30')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const minutesField = useRef<HTMLInputElement>(null)
  const reasonField = useRef<HTMLInputElement>(null)
  const wanted = Number(minutes)
  const wrongMinutes = !Number.isInteger(wanted) || wanted < 1 || wanted > MOST_MINUTES
  const wrongReason = reason.trim() === ''
  const submit = async (e: FormEvent) => {
    e.preventDefault()
    setTried(true)
    if (wrongMinutes || wrongReason) {
      ;(wrongMinutes ? minutesField : reasonField).current?.focus()
      return
    }
    const { target, of } = silence
    const answer = await send({ type: 'alerts.silence', target, of, minutes: wanted, reason: reason.trim() })
    if (answer.ok) onClose()
  }
  return (
    <Dialog open title={`Silence “${silence.title}”`} onClose={onClose}>
      <form className={styles.form} onSubmit={(e) => void submit(e)} noValidate>
        <p className={styles.text}>
          It goes on firing and stays on the list, but it calls nobody until the time is over.
        </p>
        <Field
          ref={minutesField}
          label="Minutes of exercise time"
          type="number"
          inputMode="numeric"
          min={1}
          max={MOST_MINUTES}
          value={minutes}
          onChange={(e) => setMinutes(e.target.value)}
          {...(tried && wrongMinutes && { error: `Give whole minutes, from 1 to ${MOST_MINUTES}.` })}
        />
        <Field
          ref={reasonField}
          label="Reason"
          hint="Everybody sees it."
          maxLength={200}
          value={reason}
          onChange={(e) => setReason(e.target.value)}
          {...(tried && wrongReason && { error: 'Say why, so that nobody has to guess later.' })}
        />
        <div className={styles.acts}>
          <Button type="submit" kind="primary">
            Silence
          </Button>
          <Button kind="quiet" onClick={onClose}>
            Leave it
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
