import { useState } from 'react'
import type { SeatId } from '../../../shared/ids.ts'
import { GmDesk } from '../../desks/GmDesk.tsx'
import { PlayerDesk } from '../../desks/PlayerDesk.tsx'
import { PhaseControls } from '../../panels/controls/PhaseControls.tsx'
import { StuckLine } from '../../panels/controls/StuckLine.tsx'
import { EyesFrame } from '../../panels/eyes/EyesFrame.tsx'
import styles from './GmConsole.module.css'

/** The game master's screen while people play: the clock in hand, the whole truth, and every player's eyes. */
export function GmConsole() {
  const [eyes, setEyes] = useState<SeatId | null>(null)
  return (
    <div className={styles.console}>
      <h1 className={styles.unseen}>Game master’s console</h1>
      <div className={styles.strip}>
        <PhaseControls />
        <StuckLine />
      </div>
      {eyes === null ? (
        <GmDesk onEyes={setEyes} />
      ) : (
        <EyesFrame seat={eyes} onSeat={setEyes} onClose={() => setEyes(null)}>
          <PlayerDesk />
        </EyesFrame>
      )}
    </div>
  )
}
