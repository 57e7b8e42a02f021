import { useState } from 'react'
import type { Message } from '../../../shared/contracts/comms.ts'
import { send } from '../../net/send.ts'
import { useMine, useReadOnly, useSeatId, useView } from '../../store/table.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Markdown } from '../../ui/Markdown.tsx'
import { Composer } from './Composer.tsx'
import { Thread } from './Thread.tsx'
import { useUnread, type ThreadName } from '../unread.ts'
import styles from './channel.module.css'

const NONE: readonly Message[] = []

/** How people talk here: the war room, the mail and calls to this person, the private line to the game master. */
export function Channel() {
  const channel = useView('comms')?.channel ?? NONE
  const lifecycle = useView('lifecycle')
  // Who is told which scenario this is is the game master: their private lines stand beside the seats.
  const hasMaster = lifecycle?.settings.lead === 'human' && lifecycle.scenario === undefined
  const mine = useMine('comms')
  const seat = useSeatId() ?? ''
  const readOnly = useReadOnly()
  const [chosen, setChosen] = useState<ThreadName | 'handouts'>('channel')
  const inbox = mine?.inbox ?? NONE
  const line = mine?.line ?? NONE
  const handouts = mine?.handouts ?? []
  const unread = {
    channel: useUnread(seat, 'channel', channel),
    inbox: useUnread(seat, 'inbox', inbox),
    line: useUnread(seat, 'line', line),
  }
  const tabs: { id: ThreadName | 'handouts'; title: string; unread: number }[] = [
    { id: 'channel', title: 'War room', unread: unread.channel },
    { id: 'inbox', title: 'To you', unread: unread.inbox },
    // With the automatic game master nobody would answer; a line that already says something stays.
    ...(hasMaster || (lifecycle?.scenario === undefined && line.length > 0)
      ? [{ id: 'line' as const, title: 'Game master', unread: unread.line }]
      : []),
    ...(handouts.length > 0 ? [{ id: 'handouts' as const, title: 'Handouts', unread: 0 }] : []),
  ]
  return (
    <section className={styles.channelPanel} aria-label="Channel">
      <div className={styles.tabs} role="group" aria-label="Conversations">
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            aria-pressed={chosen === tab.id}
            onClick={() => setChosen(tab.id)}
          >
            {tab.title}
            {!readOnly && tab.unread > 0 && chosen !== tab.id && (
              <span className={styles.unread} aria-label={`${tab.unread} unread`}>
                {tab.unread}
              </span>
            )}
          </button>
        ))}
      </div>
      {chosen === 'channel' && (
        <>
          <Thread
            name="channel"
            messages={channel}
            empty="Say what you see. Everybody at the table reads along."
          />
          {!readOnly && (
            <Composer
              draftKey={`${seat}/channel`}
              label="Message to the war room"
              onSend={(text) => send({ type: 'comms.say', text })}
            />
          )}
        </>
      )}
      {chosen === 'inbox' && (
        <Thread name="inbox" messages={inbox} empty="Mail and calls to your role arrive here." />
      )}
      {chosen === 'line' && (
        <>
          <Thread name="line" messages={line} empty="Only the game master reads what you write here." />
          {!readOnly && (
            <Composer
              draftKey={`${seat}/line`}
              label="Message to the game master"
              onSend={(text) => send({ type: 'comms.whisper', to: null, text })}
            />
          )}
        </>
      )}
      {chosen === 'handouts' && (
        <div className={styles.handouts} tabIndex={0} role="region" aria-label="Handouts">
          {handouts.length === 0 && (
            <EmptyState icon="mail" title="No handouts" text="Nothing was given to your role." />
          )}
          {handouts.map((h, i) => (
            <article key={i}>
              <h3>{h.title}</h3>
              <Markdown source={h.text} />
            </article>
          ))}
        </div>
      )}
    </section>
  )
}
