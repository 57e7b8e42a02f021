import { useRef, useState } from 'react'
import { Seated, type Door } from '../../../shared/api.ts'
import { ROLE_INFO, type PlayerRole } from '../../../shared/roles.ts'
import { api, ApiError } from '../../net/api.ts'
import { navigate } from '../../router.tsx'
import { PHASE_WORDS } from '../../store/phaseWords.ts'
import { prefsStore, rememberName } from '../../store/prefs.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { RolePicker } from '../RolePicker.tsx'
import styles from './Join.module.css'

/** What one says at the door: a name and the roles one takes. */
export function DoorForm({ code, door }: { readonly code: string; readonly door: Door }) {
  const [name, setName] = useState(() => prefsStore.getState().name)
  const [roles, setRoles] = useState<readonly PlayerRole[]>([])
  const [fault, setFault] = useState<{ at: 'name' | 'form'; text: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const over = door.phase === 'hot-wash' || door.phase === 'closed'

  // The hands go where something is missing: the name, or the first of the places.
  const wrongAt = (at: 'name' | 'form', text: string) => {
    setFault({ at, text })
    form.current?.querySelector<HTMLInputElement>(at === 'name' ? 'input' : 'input[type=checkbox]')?.focus()
  }
  const join = async () => {
    if (name.trim() === '') return wrongAt('name', 'Say how the others should call you.')
    if (roles.length === 0) return wrongAt('form', 'Choose at least one place at the table.')
    setBusy(true)
    try {
      const seated = await api.post('/api/join', { code, name, roles }, Seated)
      rememberName(name.trim())
      navigate(`/x/${seated.exercise}/${seated.seat}`, { replace: true })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFault({ at: 'form', text: error.message })
      setBusy(false)
    }
  }
  return (
    <>
      <div className={styles.door}>
        <p className={styles.mark}>EXERCISE</p>
        <h1>{door.name}</h1>
        <p className={styles.quiet}>
          {door.codename} · <Badge>{PHASE_WORDS[door.phase]}</Badge>
        </p>
        <p className={styles.quiet}>
          {door.taken.length === 0
            ? 'Nobody is here yet.'
            : `At the table: ${door.taken.map((t) => `${t.name} (${ROLE_INFO[t.role].title.toLowerCase()})`).join(', ')}`}
        </p>
        {over && <p>Play is over. You can still come in to read and to write in the hot wash.</p>}
      </div>
      <form
        ref={form}
        className={styles.form}
        noValidate
        onSubmit={(e) => {
          e.preventDefault()
          void join()
        }}
      >
        <Field
          label="Your name"
          value={name}
          maxLength={40}
          autoComplete="nickname"
          autoFocus={name === ''}
          {...(fault?.at === 'name' && { error: fault.text })}
          onChange={(e) => {
            setName(e.target.value)
            setFault(null)
          }}
        />
        <RolePicker
          chosen={roles}
          onChosen={(r) => {
            setRoles(r)
            setFault(null)
          }}
          takenBy={(role) => [...new Set(door.taken.filter((t) => t.role === role).map((t) => t.name))]}
        />
        <p className={styles.quiet}>
          Everything typed and done here is recorded for the after-action report: your name, messages, actions
          and times. People of this exercise and this server’s operators can read it.
        </p>
        <div role="alert">{fault?.at === 'form' && <p className={styles.error}>{fault.text}</p>}</div>
        <Button kind="primary" size="large" type="submit" disabled={busy}>
          Take your seat
        </Button>
      </form>
    </>
  )
}
