import { useEffect, useRef, useState } from 'react'
import type { Message } from '../../../shared/contracts/comms.ts'
import { useMySeat, useReadOnly, useSeatId, useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { clock, wallTime } from '../../ui/format.ts'
import { mentionsMe, splitMentions } from './mentions.ts'
import { markRead, type ThreadName } from '../unread.ts'
import styles from './channel.module.css'

const SHOWN = 150
const KINDS: Readonly<Record<Message['kind'], string>> = {
  message: '',
  inject: '',
  status: 'to the status page',
  stakeholders: 'to the stakeholders',
}

/** Messages, oldest first, kept at the newest; on the screen means read. */
export function Thread({
  name,
  messages,
  empty,
}: {
  readonly name: ThreadName
  readonly messages: readonly Message[]
  readonly empty: string
}) {
  const seat = useSeatId() ?? ''
  const me = useMySeat()?.name ?? ''
  const names = (useView('seats')?.seats ?? []).map((s) => s.name)
  const readOnly = useReadOnly()
  const box = useRef<HTMLOListElement>(null)
  const [follow, setFollow] = useState(true)
  const [all, setAll] = useState(false)
  const count = messages.length
  useEffect(() => {
    if (follow && box.current) box.current.scrollTop = box.current.scrollHeight
    if (!readOnly && !document.hidden) markRead({ seat, thread: name, count })
  }, [follow, count, seat, name, readOnly])
  const shown = all ? messages : messages.slice(-SHOWN)
  return (
    <ol
      ref={box}
      className={styles.thread}
      tabIndex={0}
      aria-label="Messages, newest last"
      aria-live="polite"
      aria-relevant="additions"
      onScroll={(e) => {
        const { scrollTop, scrollHeight, clientHeight } = e.currentTarget
        setFollow(scrollHeight - scrollTop - clientHeight < 24)
      }}
    >
      {count === 0 && <li className={styles.empty}>{empty}</li>}
      {shown.length < count && (
        <li>
          <Button size="small" kind="quiet" onClick={() => setAll(true)}>
            Show {count - shown.length} earlier messages
          </Button>
        </li>
      )}
      {shown.map((m) => (
        <li
          key={m.id}
          className={styles.message}
          data-kind={m.kind}
          data-mine={m.seat === seat || undefined}
          data-me={(m.seat !== seat && mentionsMe(m.text, me)) || undefined}
        >
          <p className={styles.who}>
            {m.seat === null && <Icon name="mail" label="From outside the room" />}
            <strong>{m.from}</strong>
            {KINDS[m.kind] !== '' && <span>{KINDS[m.kind]}</span>}
            <time title={wallTime(m.wall)}>{clock(m.at)}</time>
          </p>
          <p className={styles.said}>
            {splitMentions(m.text, names).map((piece, i) =>
              piece.mention ? (
                <mark key={i} className={styles.mention}>
                  {piece.text}
                </mark>
              ) : (
                <span key={i}>{piece.text}</span>
              ),
            )}
          </p>
        </li>
      ))}
    </ol>
  )
}
