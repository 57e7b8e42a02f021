import { useState } from 'react'
import { useSeatName, useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { clock } from '../../ui/format.ts'
import { useAct } from '../useAct.ts'
import form from '../form.module.css'
import styles from './notes.module.css'

/** The game master's private notes and those of the observers, newest first. */
export function Notes() {
  const notes = useView('notes')?.notes
  const goals = useView('objectives')?.goals ?? []
  const seatName = useSeatName()
  const [text, setText] = useState('')
  const [goal, setGoal] = useState('')
  const { busy, act } = useAct()
  if (!notes) return null
  return (
    <section className={styles.notes} aria-label="Private notes">
      <form
        className={styles.form}
        onSubmit={async (e) => {
          e.preventDefault()
          const objective = goal === '' ? null : goal
          if (text.trim() !== '' && (await act({ type: 'notes.write', text, objective }))) setText('')
        }}
      >
        <textarea
          className={form.input}
          value={text}
          rows={2}
          maxLength={2000}
          aria-label="A note for yourself"
          placeholder="What you saw. Only game masters read it."
          onChange={(e) => setText(e.target.value)}
        />
        <div className={styles.pair}>
          <select
            className={form.input}
            value={goal}
            aria-label="Goal this belongs to"
            onChange={(e) => setGoal(e.target.value)}
          >
            <option value="">No goal in particular</option>
            {goals.map((g) => (
              <option key={g.id} value={g.id}>
                {g.title}
              </option>
            ))}
          </select>
          <Button size="small" type="submit" disabled={busy || text.trim() === ''}>
            Write
          </Button>
        </div>
      </form>
      {notes.length === 0 && <p className={styles.quiet}>No notes yet.</p>}
      <ul className={styles.list}>
        {notes.toReversed().map((n) => (
          <li key={n.id}>
            <time>{clock(n.at)}</time> <strong>{seatName(n.seat)}:</strong> {n.text}
            {n.objective !== null && (
              <span className={styles.quiet}>
                {' '}
                · {goals.find((g) => g.id === n.objective)?.title ?? n.objective}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
