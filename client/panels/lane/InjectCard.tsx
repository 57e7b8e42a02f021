import type { KeyboardEvent } from 'react'
import { ROLE_INFO, Role } from '../../../shared/roles.ts'
import { useExerciseNow } from '../../store/clock.ts'
import { Button } from '../../ui/Button.tsx'
import { clock, duration } from '../../ui/format.ts'
import { useAct } from '../useAct.ts'
import type { Inject } from './sortInjects.ts'
import styles from './lane.module.css'

const WORDS: Readonly<Record<Inject['state'], string>> = {
  planned: 'Planned',
  due: 'Due: it delivers itself in a moment',
  held: 'Held',
  delivered: 'Delivered',
  skipped: 'Skipped',
}
const VIA: Readonly<Record<Inject['via'], string>> = {
  channel: 'in the channel',
  mail: 'by mail',
  phone: 'by phone',
  direct: 'in person',
}

/** The name of whoever an inject is for. */
function audience(to: string): string {
  const role = Role.safeParse(to)
  return role.success ? ROLE_INFO[role.data].title : 'Everybody'
}

/** One inject; while one of its buttons has the focus, F delivers it, H holds or releases it, S skips it. */
export function InjectCard({ inject }: { readonly inject: Inject }) {
  const now = useExerciseNow()
  const { busy, act } = useAct()
  const { id, state, plannedAt } = inject
  const open = state === 'planned' || state === 'due' || state === 'held'
  const held = state === 'held'
  const fire = () => act({ type: 'injects.fire', inject: id })
  const hold = () => act({ type: held ? 'injects.release' : 'injects.hold', inject: id })
  const skip = () => act({ type: 'injects.skip', inject: id })
  const onKey = (e: KeyboardEvent) => {
    if (busy || e.ctrlKey || e.metaKey || e.altKey) return
    const deed = { f: fire, h: hold, s: skip }[e.key.toLowerCase()]
    if (!deed) return
    e.preventDefault()
    void deed()
  }
  return (
    <li className={styles.card} data-state={state}>
      <div className={styles.top}>
        <time className={styles.time}>
          {inject.deliveredAt !== null
            ? clock(inject.deliveredAt)
            : plannedAt !== null
              ? clock(plannedAt)
              : '–'}
        </time>
        <h3 className={styles.title}>{inject.title}</h3>
        <span className={styles.state}>
          {WORDS[state]}
          {state === 'planned' &&
            plannedAt !== null &&
            plannedAt > now &&
            `, in ${duration(plannedAt - now)}`}
        </span>
      </div>
      <p className={styles.meta}>
        {inject.from} → {audience(inject.to)}, {VIA[inject.via]} · {inject.trigger}
      </p>
      <details className={styles.text}>
        <summary>{inject.text}</summary>
        {inject.expected !== '' && <p className={styles.meta}>Expected: {inject.expected}</p>}
      </details>
      {open && (
        <div
          className={styles.acts}
          role="toolbar"
          aria-label={`What to do with ${inject.title}`}
          onKeyDown={onKey}
        >
          <Button
            size="small"
            kind={state === 'due' ? 'primary' : 'plain'}
            disabled={busy}
            aria-keyshortcuts="F"
            title="F"
            onClick={() => void fire()}
          >
            Deliver
          </Button>
          <Button
            size="small"
            kind="quiet"
            disabled={busy}
            aria-keyshortcuts="H"
            title="H"
            onClick={() => void hold()}
          >
            {held ? 'Release' : 'Hold'}
          </Button>
          <Button
            size="small"
            kind="quiet"
            disabled={busy}
            aria-keyshortcuts="S"
            title="S"
            onClick={() => void skip()}
          >
            Skip
          </Button>
        </div>
      )}
    </li>
  )
}
