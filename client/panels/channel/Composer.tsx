import { useRef, useState } from 'react'
import type { Answer } from '../../../shared/frames.ts'
import { useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { completions } from './mentions.ts'
import { keepDraft, readDraft } from '../drafts.ts'
import form from '../form.module.css'
import styles from './channel.module.css'

/** A field for a message: Enter sends, Shift and Enter breaks the line, `@` offers names; drafts survive a reload. */
export function Composer({
  draftKey,
  label,
  onSend,
}: {
  readonly draftKey: string
  readonly label: string
  readonly onSend: (text: string) => Promise<Answer>
}) {
  const names = (useView('seats')?.seats ?? []).map((s) => s.name)
  const [text, setText] = useState(() => readDraft(draftKey))
  const [cursor, setCursor] = useState(0)
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const offered = completions(text, cursor, names)
  const write = (value: string) => {
    setText(value)
    keepDraft(draftKey, value)
  }
  const submit = async () => {
    if (text.trim() === '' || busy) return
    setBusy(true)
    const answer = await onSend(text)
    setBusy(false)
    if (answer.ok) write('')
    field.current?.focus()
  }
  const complete = (name: string) => {
    if (!offered) return
    write(`${text.slice(0, offered.from)}@${name} ${text.slice(cursor)}`)
    field.current?.focus()
  }
  return (
    <form
      className={styles.composer}
      onSubmit={(e) => {
        e.preventDefault()
        void submit()
      }}
    >
      {offered && (
        <div className={styles.names} role="group" aria-label="Names to mention">
          {offered.names.map((name) => (
            <button key={name} type="button" onClick={() => complete(name)}>
              @{name}
            </button>
          ))}
        </div>
      )}
      <textarea
        className={form.input}
        ref={field}
        rows={Math.min(6, Math.max(2, text.split('\n').length))}
        maxLength={2000}
        value={text}
        aria-label={label}
        placeholder={`${label}. Enter sends.`}
        onChange={(e) => {
          write(e.target.value)
          setCursor(e.target.selectionStart)
        }}
        onSelect={(e) => setCursor(e.currentTarget.selectionStart)}
        onKeyDown={(e) => {
          if (e.key === 'Tab' && offered?.names[0] !== undefined && !e.shiftKey) {
            e.preventDefault()
            complete(offered.names[0])
          }
          if (e.key !== 'Enter' || e.shiftKey || e.nativeEvent.isComposing) return
          e.preventDefault()
          void submit()
        }}
      />
      <Button size="small" kind="primary" type="submit" disabled={busy || text.trim() === ''}>
        Send
      </Button>
    </form>
  )
}
