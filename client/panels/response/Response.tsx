import { useState } from 'react'
import { send } from '../../net/send.ts'
import { useMySeat, useReadOnly, useSeatName, useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { clock } from '../../ui/format.ts'
import { openPlaybook, showMiddle, showRight } from '../deskState.ts'
import { DeclareDialog } from './DeclareDialog.tsx'
import type { NextAct } from './whatNow.ts'
import { useWhatNow } from './useWhatNow.ts'
import styles from './response.module.css'

const ACT_WORDS: Readonly<Record<Exclude<NextAct['kind'], 'none'>, string>> = {
  boards: 'Boards',
  alert: 'Show it',
  playbook: 'Playbook',
  declare: 'Declare',
  commit: 'Look at it',
  approve: 'Look at it',
  status: 'Write it',
  actions: 'Actions',
}

/** One line on what to do next, and the incident itself: declared or not, by whom, and calling it over. */
export function Response() {
  const response = useView('response')
  const phase = useView('lifecycle')?.phase
  const me = useMySeat()
  const seatName = useSeatName()
  const readOnly = useReadOnly()
  const [dialog, setDialog] = useState<'declare' | 'over' | null>(null)
  const next = useWhatNow()
  const declared = response?.declared ?? null
  const stoodDownAt = response?.stoodDownAt ?? null
  // The seat's own roles are part of the view; whether the act is allowed is still the server's word.
  const commands =
    !readOnly && (me?.roles.includes('commander') ?? false) && (phase === 'running' || phase === 'paused')

  const go = (act: NextAct) => {
    switch (act.kind) {
      case 'none':
        return
      case 'boards':
        return showMiddle('boards')
      case 'alert':
        return document.querySelector<HTMLElement>('[data-new] button')?.focus()
      case 'playbook':
        return openPlaybook({ book: act.book, step: act.step })
      case 'declare':
        return setDialog(declared ? 'over' : 'declare')
      case 'status':
        return showMiddle('status')
      case 'commit':
      case 'approve':
      case 'actions':
        return showRight('actions')
    }
  }
  const standDown = async () => {
    const answer = await send({ type: 'response.stand-down' })
    if (answer.ok) setDialog(null)
  }
  const canAct = next.act.kind !== 'none' && !readOnly && (next.act.kind !== 'declare' || commands)
  return (
    <section className={styles.response} aria-label="What now">
      <p className={styles.now}>
        <Icon name="forward" />
        <span className={styles.words}>{next.text}</span>
        {canAct && (
          <Button size="small" kind="quiet" onClick={() => go(next.act)}>
            {next.act.kind === 'declare' && declared ? 'Stand down' : ACT_WORDS[next.act.kind]}
          </Button>
        )}
      </p>
      {declared && (
        <p className={styles.incident}>
          <strong className={styles.severity}>{declared.severity}</strong>
          <span className={styles.name}>{declared.title}</span>
          <span className={styles.meta}>
            {seatName(declared.by)} at {clock(declared.at)}
            {stoodDownAt !== null && `, called over at ${clock(stoodDownAt)}`}
          </span>
        </p>
      )}
      {commands && (
        <div className={styles.acts}>
          <Button size="small" kind={declared ? 'quiet' : 'plain'} onClick={() => setDialog('declare')}>
            {declared ? 'Change severity or title' : 'Declare an incident'}
          </Button>
          {declared && stoodDownAt === null && (
            <Button size="small" kind="quiet" onClick={() => setDialog('over')}>
              Stand down
            </Button>
          )}
        </div>
      )}
      {dialog === 'declare' && <DeclareDialog declared={declared} onClose={() => setDialog(null)} />}
      {dialog === 'over' && (
        <Dialog open title="Stand down?" onClose={() => setDialog(null)}>
          <p>You call the incident over. That says what the table believes; the boards say what is so.</p>
          <div className={styles.acts}>
            <Button kind="quiet" onClick={() => setDialog(null)}>
              Keep going
            </Button>
            <Button kind="primary" onClick={() => void standDown()}>
              Stand down
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  )
}
