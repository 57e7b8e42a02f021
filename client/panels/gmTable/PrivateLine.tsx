import { useEffect, useRef, useState } from 'react'
import type { Message } from '../../../shared/contracts/comms.ts'
import type { SeatId } from '../../../shared/ids.ts'
import { Button } from '../../ui/Button.tsx'
import { clock } from '../../ui/format.ts'
import { useAct } from '../useAct.ts'
import form from '../form.module.css'
import styles from './gmTable.module.css'

/** The private line between the game master and one seat; nobody else reads it. */
export function PrivateLine({
  seat,
  name,
  line,
}: {
  readonly seat: SeatId
  readonly name: string
  readonly line: readonly Message[]
}) {
  const [text, setText] = useState('')
  const { busy, act } = useAct()
  const end = useRef<HTMLOListElement>(null)
  useEffect(() => {
    if (end.current) end.current.scrollTop = end.current.scrollHeight
  }, [line.length])
  return (
    <div className={styles.line}>
      <ol ref={end} aria-label={`Private line with ${name}`} tabIndex={0}>
        {line.length === 0 && <li className={styles.meta}>Nothing said on this line yet.</li>}
        {line.map((m) => (
          <li key={m.id}>
            <time>{clock(m.at)}</time> <strong>{m.seat === seat ? m.from : 'You'}:</strong> {m.text}
          </li>
        ))}
      </ol>
      <form
        onSubmit={async (e) => {
          e.preventDefault()
          if (text.trim() !== '' && (await act({ type: 'comms.whisper', to: seat, text }))) setText('')
        }}
      >
        <input
          className={form.input}
          value={text}
          maxLength={2000}
          aria-label={`To ${name} alone`}
          placeholder={`To ${name} alone`}
          onChange={(e) => setText(e.target.value)}
        />
        <Button size="small" type="submit" disabled={busy || text.trim() === ''}>
          Send
        </Button>
      </form>
    </div>
  )
}
