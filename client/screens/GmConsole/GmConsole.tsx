import { lazy, Suspense, useState } from 'react'
import type { SeatId } from '../../../shared/ids.ts'
import { GmDesk } from '../../desks/GmDesk.tsx'
import { PhaseControls } from '../../panels/controls/PhaseControls.tsx'
import { StuckLine } from '../../panels/controls/StuckLine.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import styles from './GmConsole.module.css'

// The players' desk with its charts is only needed by who looks through their eyes.
const Eyes = lazy(async () => ({ default: (await import('./Eyes.tsx')).Eyes }))

/** The game master's screen while people play: the clock in hand, the whole truth, and every player's eyes. */
export function GmConsole() {
  const [eyes, setEyes] = useState<SeatId | null>(null)
  return (
    <div className={styles.console}>
      <section className={styles.strip} aria-label="The clock and hints">
        <h1 className={styles.unseen}>Game master’s console</h1>
        <PhaseControls />
        <StuckLine />
      </section>
      {eyes === null ? (
        <GmDesk onEyes={setEyes} />
      ) : (
        <Suspense fallback={<Spinner label="Looking over their shoulder…" />}>
          <Eyes key={eyes} seat={eyes} onSeat={setEyes} onClose={() => setEyes(null)} />
        </Suspense>
      )}
    </div>
  )
}
