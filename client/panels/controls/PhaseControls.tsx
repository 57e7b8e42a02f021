import { useState } from 'react'
import { SPEEDS, Speed } from '../../../shared/contracts/lifecycle.ts'
import { useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { useAct } from '../useAct.ts'
import form from '../form.module.css'
import styles from './controls.module.css'

/** The hand on the clock: the next phase, pause and resume, speed. */
export function PhaseControls() {
  const lifecycle = useView('lifecycle')
  const { busy, act } = useAct()
  const [ending, setEnding] = useState(false)
  if (!lifecycle) return null
  const { phase, speed } = lifecycle
  const playing = phase === 'running' || phase === 'paused'
  return (
    <div className={styles.controls} role="group" aria-label="Phase and clock">
      {phase === 'lobby' && (
        <Button kind="primary" disabled={busy} onClick={() => void act({ type: 'lifecycle.brief' })}>
          Begin the briefing
        </Button>
      )}
      {phase === 'briefing' && (
        <Button kind="primary" disabled={busy} onClick={() => void act({ type: 'lifecycle.start' })}>
          <Icon name="play" /> Start play
        </Button>
      )}
      {phase === 'running' && (
        <Button disabled={busy} onClick={() => void act({ type: 'lifecycle.pause' })}>
          <Icon name="pause" /> Pause
        </Button>
      )}
      {phase === 'paused' && (
        <Button kind="primary" disabled={busy} onClick={() => void act({ type: 'lifecycle.resume' })}>
          <Icon name="play" /> Resume
        </Button>
      )}
      {(playing || phase === 'briefing') && (
        <label className={styles.speed}>
          Speed
          <select
            className={form.input}
            value={speed}
            disabled={busy}
            onChange={(e) => {
              const chosen = Speed.safeParse(Number(e.target.value))
              if (chosen.success) void act({ type: 'lifecycle.speed', speed: chosen.data })
            }}
          >
            {SPEEDS.map((s) => (
              <option key={s} value={s}>
                ×{s}
              </option>
            ))}
          </select>
        </label>
      )}
      {playing && (
        <Button kind="quiet" disabled={busy} onClick={() => setEnding(true)}>
          End play…
        </Button>
      )}
      {phase === 'hot-wash' && (
        <Button kind="primary" disabled={busy} onClick={() => void act({ type: 'lifecycle.close' })}>
          Close the exercise
        </Button>
      )}
      <Dialog open={ending} title="End play?" onClose={() => setEnding(false)}>
        <p>The clock stops for good and everybody goes to the hot wash. There is no way back to play.</p>
        <div className={styles.asks}>
          <Button kind="quiet" onClick={() => setEnding(false)}>
            Play on
          </Button>
          <Button
            kind="primary"
            disabled={busy}
            onClick={async () => {
              await act({ type: 'lifecycle.finish' })
              setEnding(false)
            }}
          >
            End play
          </Button>
        </div>
      </Dialog>
    </div>
  )
}
