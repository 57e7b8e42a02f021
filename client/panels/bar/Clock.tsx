import { useState } from 'react'
import { SPEEDS, Speed } from '../../../shared/contracts/lifecycle.ts'
import type { ViewOf } from '../../../shared/contracts/index.ts'
import { send } from '../../net/send.ts'
import { useExerciseNow } from '../../store/clock.ts'
import { useReadOnly } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { clock } from '../../ui/format.ts'
import styles from './bar.module.css'

/** Exercise time and its pace. Where nobody else leads, the hands on it too. */
export function Clock({ lifecycle }: { readonly lifecycle: ViewOf<'lifecycle'> }) {
  const now = useExerciseNow()
  const readOnly = useReadOnly()
  const { phase, speed } = lifecycle
  const running = phase === 'running'
  // A game master has these in the strip below.
  const ownHands = !readOnly && lifecycle.settings.lead === 'automatic' && lifecycle.scenario === undefined
  return (
    <span className={styles.clock} role="group" aria-label="Exercise clock">
      <span className={styles.face} role="timer" aria-live="off">
        {clock(now)}
      </span>
      {ownHands ? <Hands running={running} speed={speed} /> : <span className={styles.speed}>×{speed}</span>}
      {!(running && ownHands) && (
        <span className={running ? styles.running : styles.paused}>
          <Icon name={running ? 'play' : 'pause'} />
          <span className={running ? styles.unseen : undefined}>{running ? 'Running' : 'Paused'}</span>
        </span>
      )}
    </span>
  )
}

function Hands({ running, speed }: { readonly running: boolean; readonly speed: number }) {
  const [ending, setEnding] = useState(false)
  return (
    <>
      <IconButton
        icon={running ? 'pause' : 'play'}
        label={running ? 'Pause the clock' : 'Resume the clock'}
        size="small"
        onClick={() => void send({ type: running ? 'lifecycle.pause' : 'lifecycle.resume' })}
      />
      <select
        className={styles.speeds}
        aria-label="Speed of the clock"
        value={speed}
        onChange={(e) => {
          const chosen = Speed.safeParse(Number(e.target.value))
          if (chosen.success) void send({ type: 'lifecycle.speed', speed: chosen.data })
        }}
      >
        {SPEEDS.map((s) => (
          <option key={s} value={s}>
            ×{s}
          </option>
        ))}
      </select>
      <Button kind="quiet" size="small" onClick={() => setEnding(true)}>
        End play…
      </Button>
      <Dialog open={ending} title="End play?" onClose={() => setEnding(false)}>
        <p>The clock stops for good and the hot wash begins. There is no way back to play.</p>
        <div className={styles.answers}>
          <Button kind="quiet" onClick={() => setEnding(false)}>
            Play on
          </Button>
          <Button
            kind="primary"
            onClick={() => {
              setEnding(false)
              void send({ type: 'lifecycle.finish' })
            }}
          >
            End play
          </Button>
        </div>
      </Dialog>
    </>
  )
}
