import { useState } from 'react'
import { PLAYER_ROLES, ROLE_INFO, PlayerRole } from '../../../shared/roles.ts'
import { Button } from '../../ui/Button.tsx'
import { useAct } from '../useAct.ts'
import form from '../form.module.css'
import styles from './lane.module.css'

/** Lets anybody of the simulated world speak at once. */
export function Improvise() {
  const [from, setFrom] = useState('')
  const [to, setTo] = useState<PlayerRole | 'all'>('all')
  const [text, setText] = useState('')
  const { busy, act } = useAct()
  const ready = from.trim() !== '' && text.trim() !== ''
  return (
    <form
      className={styles.improvise}
      aria-label="Improvise an inject"
      onSubmit={async (e) => {
        e.preventDefault()
        if (ready && (await act({ type: 'injects.improvise', from, to, text }))) setText('')
      }}
    >
      <h2 className={styles.group}>Improvise</h2>
      <div className={styles.pair}>
        <input
          className={form.input}
          value={from}
          maxLength={60}
          aria-label="From"
          placeholder="From: head of support"
          onChange={(e) => setFrom(e.target.value)}
        />
        <select
          className={form.input}
          value={to}
          aria-label="To"
          onChange={(e) => {
            const role = PlayerRole.safeParse(e.target.value)
            setTo(role.success ? role.data : 'all')
          }}
        >
          <option value="all">To everybody</option>
          {PLAYER_ROLES.map((role) => (
            <option key={role} value={role}>
              To {ROLE_INFO[role].title.toLowerCase()}
            </option>
          ))}
        </select>
      </div>
      <textarea
        className={form.input}
        value={text}
        maxLength={1000}
        rows={2}
        aria-label="What they say"
        placeholder="What they say"
        onChange={(e) => setText(e.target.value)}
      />
      <Button size="small" type="submit" disabled={busy || !ready}>
        Deliver now
      </Button>
    </form>
  )
}
