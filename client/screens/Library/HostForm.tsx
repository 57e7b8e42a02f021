import { useRef, useState } from 'react'
import { Seated, type ScenarioCard } from '../../../shared/api.ts'
import type { ViewOf } from '../../../shared/contracts/index.ts'
import { api, ApiError } from '../../net/api.ts'
import { navigate } from '../../router.tsx'
import { prefsStore, rememberName } from '../../store/prefs.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Choice } from './Choice.tsx'
import type { Lead } from './Library.tsx'
import { readSeed } from './readSeed.ts'
import styles from './Library.module.css'

type Settings = ViewOf<'lifecycle'>['settings']

const DICE = [
  {
    value: 'open',
    title: 'Open dice',
    does: 'A twenty-sided die decides whether an action succeeds; everybody sees the odds and the roll.',
  },
  {
    value: 'screen',
    title: 'Behind the screen',
    does: 'The die decides; the game master sees the number, the table the consequence.',
  },
  { value: 'off', title: 'No dice', does: 'Every action that is possible succeeds.' },
] as const
const DICE_ALONE = [
  {
    value: 'open',
    title: 'With dice',
    does: 'A twenty-sided die decides whether an action succeeds. You see the odds first; a playbook step raises them.',
  },
  { value: 'off', title: 'No dice', does: 'Every action that is possible succeeds.' },
] as const
const APPROVAL = [
  { value: 'commander', title: 'Commander', does: 'The incident commander approves each action.' },
  { value: 'gm', title: 'Game master', does: 'You approve, and may set difficulty and bonus.' },
  { value: 'none', title: 'Nobody', does: 'Proposals go straight ahead.' },
] as const

/** How the exercise is called and played; hosting takes the first seat and goes to the lobby. */
export function HostForm({ card, lead }: { readonly card: ScenarioCard; readonly lead: Lead }) {
  const alone = lead === 'automatic'
  const [name, setName] = useState(
    `${card.codename}, ${new Date().toLocaleDateString(undefined, { day: 'numeric', month: 'long' })}`,
  )
  const [host, setHost] = useState(() => prefsStore.getState().name)
  const [dice, setDice] = useState<Settings['dice']>('open')
  const [approval, setApproval] = useState<Settings['approval']>(alone ? 'none' : 'commander')
  const [seed, setSeed] = useState('')
  const [fault, setFault] = useState<{ at: 'name' | 'host' | 'seed' | 'form'; text: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const nameField = useRef<HTMLInputElement>(null)
  const hostField = useRef<HTMLInputElement>(null)
  const seedField = useRef<HTMLInputElement>(null)
  const wrongAt = (at: 'name' | 'host' | 'seed', text: string) => {
    setFault({ at, text })
    const field = { name: nameField, host: hostField, seed: seedField }[at].current
    field?.closest('details')?.setAttribute('open', '')
    field?.focus()
  }

  const open = async () => {
    const number = readSeed(seed)
    if (name.trim() === '') return wrongAt('name', 'Give the exercise a name.')
    if (host.trim() === '')
      return wrongAt(
        'host',
        alone ? 'Say how the report should call you.' : 'Say how the others should call you.',
      )
    if (number === 'wrong') return wrongAt('seed', 'A whole number from 0 to 4294967295, or nothing.')
    setBusy(true)
    try {
      const settings: Settings = { lead, dice, approval }
      const request = {
        scenario: card.id,
        name,
        host,
        settings,
        ...(number !== undefined && { seed: number }),
      }
      const seated = await api.post('/api/exercises', request, Seated)
      rememberName(host.trim())
      navigate(`/x/${seated.exercise}/${seated.seat}`)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFault({ at: 'form', text: error.message })
      setBusy(false)
    }
  }
  const edit = (set: (text: string) => void, text: string) => {
    set(text)
    setFault(null)
  }
  const wrong = (at: string) => (fault?.at === at ? { error: fault.text } : {})
  return (
    <form
      className={styles.form}
      noValidate
      aria-labelledby="host-form"
      onSubmit={(e) => {
        e.preventDefault()
        void open()
      }}
    >
      <h2 id="host-form">{alone ? 'Practise it' : 'Host it'}</h2>
      <Field
        ref={nameField}
        label="Name of the exercise"
        value={name}
        maxLength={80}
        {...wrong('name')}
        onChange={(e) => edit(setName, e.target.value)}
      />
      <Field
        ref={hostField}
        label="Your name"
        value={host}
        maxLength={40}
        autoComplete="nickname"
        {...wrong('host')}
        onChange={(e) => edit(setHost, e.target.value)}
      />
      <Choice name="dice" title="Dice" options={alone ? DICE_ALONE : DICE} value={dice} onPick={setDice} />
      {!alone && (
        <Choice
          name="approval"
          title="Who approves actions"
          options={APPROVAL}
          value={approval}
          onPick={setApproval}
        />
      )}
      <details>
        <summary>More</summary>
        <Field
          ref={seedField}
          label="Seed"
          hint="The same seed with the same acts gives the same exercise. Left empty, the server draws one."
          value={seed}
          inputMode="numeric"
          {...wrong('seed')}
          onChange={(e) => edit(setSeed, e.target.value)}
        />
      </details>
      <p className={styles.quiet}>
        Everything typed and done in the exercise is recorded for its report; its people and this server’s
        operators can read it.
      </p>
      <div role="alert">{fault?.at === 'form' && <p className={styles.error}>{fault.text}</p>}</div>
      <Button kind="primary" size="large" type="submit" disabled={busy}>
        {busy ? 'Simulating the hour before…' : alone ? 'Start practising' : 'Open the lobby'}
      </Button>
    </form>
  )
}
