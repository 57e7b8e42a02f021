import { useState } from 'react'
import { send } from '../../net/send.ts'
import { useExerciseNow } from '../../store/clock.ts'
import { useReadOnly, useSeatId, useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ago, clock } from '../../ui/format.ts'
import { keepDraft, readDraft } from '../drafts.ts'
import { blanks, TEMPLATES, type Audience } from './templates.ts'
import form from '../form.module.css'
import styles from './status.module.css'

const AUDIENCES: Readonly<Record<Audience, { title: string; who: string }>> = {
  status: { title: 'Status page', who: 'the public status page, for customers' },
  stakeholders: { title: 'Stakeholders', who: 'the stakeholders inside the company' },
}

/** What the outside was told, and the next update to it. */
export function StatusPage() {
  const channel = useView('comms')?.channel ?? []
  const name = useView('lifecycle')?.company ?? ''
  const readOnly = useReadOnly()
  const now = useExerciseNow()
  const updates = channel.filter((m) => m.kind === 'status' || m.kind === 'stakeholders').toReversed()
  return (
    <section className={styles.status} aria-label="Status page">
      {!readOnly && <Compose />}
      <h2 className={styles.heading}>{name} has said</h2>
      {updates.length === 0 && (
        <EmptyState
          icon="megaphone"
          title="Nothing was said yet"
          text="Telling people early buys time: post a first update."
        />
      )}
      <ol className={styles.updates}>
        {updates.map((m) => (
          <li key={m.id} className={styles.update}>
            <p className={styles.meta}>
              <strong>{m.kind === 'status' ? AUDIENCES.status.title : AUDIENCES.stakeholders.title}</strong> ·{' '}
              {m.from} · <time>{clock(m.at)}</time> · {ago(now - m.at)}
            </p>
            <p className={styles.text}>{m.text}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Compose() {
  const seat = useSeatId() ?? ''
  const place = `${seat}/update`
  const [audience, setAudience] = useState<Audience>('status')
  const [text, setText] = useState(() => readDraft(place))
  const [busy, setBusy] = useState(false)
  const write = (value: string) => {
    setText(value)
    keepDraft(place, value)
  }
  const open = blanks(text)
  const post = async () => {
    setBusy(true)
    const answer = await send({ type: 'comms.update', audience, text })
    setBusy(false)
    if (answer.ok) write('')
  }
  return (
    <form
      className={styles.compose}
      onSubmit={(e) => {
        e.preventDefault()
        void post()
      }}
    >
      <fieldset className={styles.audiences}>
        <legend>To</legend>
        {(['status', 'stakeholders'] as const).map((a) => (
          <label key={a}>
            <input
              className={form.radio}
              type="radio"
              name="audience"
              checked={audience === a}
              onChange={() => setAudience(a)}
            />{' '}
            {AUDIENCES[a].title}
          </label>
        ))}
      </fieldset>
      <div className={styles.templates} role="group" aria-label="Begin from a template">
        {TEMPLATES.filter((t) => t.audience === audience).map((t) => (
          <Button key={t.title} size="small" kind="quiet" onClick={() => write(t.text)}>
            {t.title}
          </Button>
        ))}
      </div>
      <textarea
        className={form.input}
        rows={4}
        maxLength={2000}
        value={text}
        aria-label={`Update to ${AUDIENCES[audience].who}`}
        placeholder="What users notice, what is being done, when the next update comes"
        onChange={(e) => write(e.target.value)}
      />
      <div className={styles.acts}>
        <span className={styles.hint}>{open.length > 0 && `Still to fill in: ${open.join(' ')}`}</span>
        <Button kind="primary" type="submit" disabled={busy || text.trim() === ''}>
          {audience === 'status' ? 'Post to the status page' : 'Tell the stakeholders'}
        </Button>
      </div>
    </form>
  )
}
