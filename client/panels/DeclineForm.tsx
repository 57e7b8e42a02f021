import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import form from './form.module.css'

/** Says no to a request, with a sentence why; or goes back. */
export function DeclineForm(props: {
  readonly className: string | undefined
  readonly busy: boolean
  readonly onDecline: (why: string) => void
  readonly onBack: () => void
}) {
  const [why, setWhy] = useState('')
  return (
    <form
      className={props.className}
      onSubmit={(e) => {
        e.preventDefault()
        props.onDecline(why)
      }}
    >
      <input
        className={form.input}
        value={why}
        maxLength={280}
        autoFocus
        aria-label="Why not, in a sentence"
        placeholder="Why not, in a sentence"
        onChange={(e) => setWhy(e.target.value)}
      />
      <Button size="small" type="submit" disabled={props.busy || why.trim() === ''}>
        Decline
      </Button>
      <Button size="small" kind="quiet" onClick={props.onBack}>
        Back
      </Button>
    </form>
  )
}
