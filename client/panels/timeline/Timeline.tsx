import { useEffect, useRef, useState } from 'react'
import type { ENTRY_KINDS } from '../../../shared/contracts/timeline.ts'
import { send } from '../../net/send.ts'
import { useReadOnly, useSeatName, useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { clock, wallTime } from '../../ui/format.ts'
import form from '../form.module.css'
import styles from './timeline.module.css'

type Kind = (typeof ENTRY_KINDS)[number]

const KINDS: Readonly<Record<Kind, { icon: IconName; word: string }>> = {
  phase: { icon: 'clock', word: 'Phase' },
  alert: { icon: 'bell', word: 'Alert' },
  incident: { icon: 'flag', word: 'Incident' },
  mitigation: { icon: 'wrench', word: 'Action' },
  playbook: { icon: 'book', word: 'Playbook' },
  comms: { icon: 'megaphone', word: 'Message' },
  inject: { icon: 'mail', word: 'News' },
  objective: { icon: 'target', word: 'Objective' },
  change: { icon: 'change', word: 'Change' },
  note: { icon: 'pencil', word: 'Note' },
  truth: { icon: 'eye', word: 'Truth' },
}

const SHOWN = 200

/** What happened, oldest first, kept at the newest entry; and a line for what the software cannot see. */
export function Timeline() {
  const entries = useView('timeline')?.entries
  const seatName = useSeatName()
  const readOnly = useReadOnly()
  const list = useRef<HTMLOListElement>(null)
  const [follow, setFollow] = useState(true)
  const [all, setAll] = useState(false)
  const count = entries?.length ?? 0
  useEffect(() => {
    if (follow && list.current) list.current.scrollTop = list.current.scrollHeight
  }, [follow, count])
  if (!entries) return null
  const shown = all ? entries : entries.slice(-SHOWN)
  return (
    <section className={styles.timeline} aria-label="Timeline">
      <h2 className={styles.heading}>Timeline</h2>
      <ol
        ref={list}
        className={styles.list}
        tabIndex={0}
        aria-label="Entries of the timeline"
        onScroll={(e) => {
          const { scrollTop, scrollHeight, clientHeight } = e.currentTarget
          setFollow(scrollHeight - scrollTop - clientHeight < 24)
        }}
      >
        {shown.length < count && (
          <li>
            <Button size="small" kind="quiet" onClick={() => setAll(true)}>
              Show {count - shown.length} earlier entries
            </Button>
          </li>
        )}
        {count === 0 && <li className={styles.empty}>Nothing has happened yet.</li>}
        {shown.map((entry) => (
          <li key={entry.id} className={styles.entry} data-kind={entry.kind}>
            <time className={styles.time} title={wallTime(entry.wall)}>
              {clock(entry.at)}
            </time>
            <Icon name={KINDS[entry.kind].icon} label={KINDS[entry.kind].word} />
            <span className={styles.text}>
              {entry.kind === 'note' && entry.seat && <strong>{seatName(entry.seat)}: </strong>}
              {entry.text}
            </span>
          </li>
        ))}
      </ol>
      {!readOnly && <AddEntry />}
    </section>
  )
}

function AddEntry() {
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const add = async () => {
    if (text.trim() === '' || busy) return
    setBusy(true)
    const answer = await send({ type: 'timeline.add', text })
    setBusy(false)
    if (answer.ok) setText('')
  }
  return (
    <form
      className={styles.add}
      onSubmit={(e) => {
        e.preventDefault()
        void add()
      }}
    >
      <input
        className={form.input}
        value={text}
        maxLength={500}
        onChange={(e) => setText(e.target.value)}
        placeholder="Note what was seen"
        aria-label="Add to the timeline"
      />
      <Button size="small" type="submit" disabled={busy || text.trim() === ''}>
        Add
      </Button>
    </form>
  )
}
