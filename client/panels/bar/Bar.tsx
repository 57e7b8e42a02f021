import { useState, type ReactNode } from 'react'
import { PHASE_WORDS } from '../../store/phaseWords.ts'
import { setTheme, usePrefs } from '../../store/prefs.ts'
import { useReadOnly, useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { ThemeSwitch } from '../../ui/ThemeSwitch.tsx'
import { cx } from '../../ui/cx.ts'
import { openHelp } from '../../ui/helpSheet.ts'
import { Budget } from './Budget.tsx'
import { Clock } from './Clock.tsx'
import { Connection } from './Connection.tsx'
import { Impact } from './Impact.tsx'
import { SeatsButton } from './SeatsButton.tsx'
import { SeverityLine } from './SeverityLine.tsx'
import { StopDialog } from './StopDialog.tsx'
import { StoppedLine } from './StoppedLine.tsx'
import styles from './bar.module.css'

/** The line on top of every page of an exercise: where are we, how bad is it, who is here, and the way out. */
export function Bar({ children }: { readonly children?: ReactNode }) {
  const lifecycle = useView('lifecycle')
  const theme = usePrefs((p) => p.theme)
  const readOnly = useReadOnly()
  const [stopping, setStopping] = useState(false)
  if (!lifecycle) return null
  const { phase } = lifecycle
  const playing = phase === 'running' || phase === 'paused'
  return (
    <header className={styles.bar}>
      {/* Every other screen has a heading of its own. */}
      {playing && lifecycle.scenario === undefined && (
        <h1 className={styles.unseen}>War room: {lifecycle.name}</h1>
      )}
      <div className={styles.row}>
        <span className={styles.mark}>EXERCISE</span>
        <span
          className={cx(styles.codename, playing && styles.roomy)}
          title={`${lifecycle.name} (${lifecycle.codename})`}
        >
          {lifecycle.codename}
        </span>
        {playing ? (
          <>
            <Clock lifecycle={lifecycle} />
            <SeverityLine />
            <Impact />
            <Budget />
          </>
        ) : (
          <span className={styles.phase}>{PHASE_WORDS[phase]}</span>
        )}
        {children}
        <span className={styles.gap}>
          <Connection />
        </span>
        <SeatsButton />
        <span className={cx(styles.tools, playing && styles.roomy)}>
          <ThemeSwitch theme={theme} onTheme={setTheme} />
          <IconButton icon="help" label="Help and keys" onClick={openHelp} />
        </span>
        {playing && !readOnly && lifecycle.stopped === null && (
          <Button className={styles.stop} onClick={() => setStopping(true)}>
            <Icon name="stop" /> <span>Real incident</span>
          </Button>
        )}
      </div>
      <StoppedLine />
      <StopDialog open={stopping} onClose={() => setStopping(false)} />
    </header>
  )
}
