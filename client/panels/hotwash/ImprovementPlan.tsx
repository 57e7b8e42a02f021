import { useState } from 'react'
import type { ViewOf } from '../../../shared/contracts/index.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useAct } from '../useAct.ts'
import form from '../form.module.css'
import styles from './hotwash.module.css'

type Action = ViewOf<'hotwash'>['actions'][number]
const KINDS: readonly { readonly kind: Action['kind']; readonly title: string }[] = [
  { kind: 'prevent', title: 'Prevent the cause' },
  { kind: 'recover', title: 'Recover faster' },
]

/** The improvement plan: what will be done, by whom and until when. */
export function ImprovementPlan({
  actions,
  open,
}: {
  readonly actions: readonly Action[]
  readonly open: boolean
}) {
  const { busy, act } = useAct()
  return (
    <section className={styles.plan} aria-labelledby="plan-title">
      <h3 id="plan-title">Improvement plan</h3>
      {actions.length === 0 ? (
        <p className={styles.none}>
          {open ? 'No action yet. Turn the strongest cards into one each.' : 'No action was agreed.'}
        </p>
      ) : (
        <div className={styles.scroll}>
          <table>
            <thead>
              <tr>
                <th scope="col">Action</th>
                <th scope="col">Kind</th>
                <th scope="col">Owner</th>
                <th scope="col">Due</th>
                {open && <th aria-label="Remove" />}
              </tr>
            </thead>
            <tbody>
              {actions.map((a) => (
                <tr key={a.id}>
                  <td>{a.text}</td>
                  <td>{KINDS.find((k) => k.kind === a.kind)?.title}</td>
                  <td>{a.owner}</td>
                  <td>{a.due}</td>
                  {open && (
                    <td>
                      <IconButton
                        size="small"
                        icon="trash"
                        label={`Remove the action of ${a.owner}`}
                        disabled={busy}
                        onClick={() => void act({ type: 'hotwash.erase-action', action: a.id })}
                      />
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {open && <AddAction />}
    </section>
  )
}

function AddAction() {
  const [text, setText] = useState('')
  const [kind, setKind] = useState<Action['kind']>('prevent')
  const [owner, setOwner] = useState('')
  const [due, setDue] = useState('')
  const { busy, act } = useAct()
  const ready = [text, owner, due].every((s) => s.trim() !== '')
  return (
    <form
      className={styles.add}
      aria-label="Add an action"
      onSubmit={async (e) => {
        e.preventDefault()
        if (ready && (await act({ type: 'hotwash.add-action', kind, text, owner, due }))) setText('')
      }}
    >
      <label className={styles.wide}>
        Action
        <input
          className={form.input}
          value={text}
          maxLength={300}
          placeholder="What will be different"
          onChange={(e) => setText(e.target.value)}
        />
      </label>
      <label>
        Kind
        <select
          className={form.input}
          value={kind}
          onChange={(e) => setKind(e.target.value === 'recover' ? 'recover' : 'prevent')}
        >
          {KINDS.map((k) => (
            <option key={k.kind} value={k.kind}>
              {k.title}
            </option>
          ))}
        </select>
      </label>
      <label>
        Owner
        <input
          className={form.input}
          value={owner}
          maxLength={60}
          onChange={(e) => setOwner(e.target.value)}
        />
      </label>
      <label>
        Due
        <input className={form.input} type="date" value={due} onChange={(e) => setDue(e.target.value)} />
      </label>
      <Button type="submit" disabled={busy || !ready}>
        Add action
      </Button>
    </form>
  )
}
