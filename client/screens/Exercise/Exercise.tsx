import { Suspense, lazy, useEffect, useRef } from 'react'
import type { SeatId } from '../../../shared/ids.ts'
import { connect } from '../../net/connection.ts'
import { Bar } from '../../panels/bar/Bar.tsx'
import { useTable, useView } from '../../store/table.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { hasMoved } from '../../router.tsx'
import { Lobby } from '../Lobby/Lobby.tsx'
import { NoSeat } from './NoSeat.tsx'
import { usePhaseNews } from './usePhaseNews.ts'
import { useTitle } from './useTitle.ts'
import styles from './Exercise.module.css'

const Briefing = lazy(() => import('../Briefing/Briefing.tsx').then((m) => ({ default: m.Briefing })))
const WarRoom = lazy(() => import('../WarRoom/WarRoom.tsx').then((m) => ({ default: m.WarRoom })))
const GmConsole = lazy(() => import('../GmConsole/GmConsole.tsx').then((m) => ({ default: m.GmConsole })))
const Debrief = lazy(() => import('../Debrief/Debrief.tsx').then((m) => ({ default: m.Debrief })))

/** A seat at an exercise: sits down, stays connected, and shows the screen of the phase. */
export function Exercise({ seat }: { readonly seat: SeatId }) {
  useEffect(() => connect(seat), [seat])
  usePhaseNews()
  useTitle()
  const status = useTable((t) => t.status)
  const why = useTable((t) => t.why)
  const seated = useTable((t) => t.views !== null && t.seat === seat)
  if (status === 'refused' || status === 'removed') return <NoSeat status={status} why={why} />
  if (!seated) {
    return (
      <main id="content" className={styles.waiting}>
        <p className={styles.mark}>EXERCISE</p>
        <Spinner
          label={
            status === 'reconnecting' ? 'The server cannot be reached; trying again…' : 'Going to your seat…'
          }
        />
      </main>
    )
  }
  return (
    <Suspense fallback={<Spinner label="Setting up the room…" />}>
      <PhaseScreen />
      <Arrival />
    </Suspense>
  )
}

/** Gives the keyboard a place on the new screen, when the button that led to it went with the old one. */
function Arrival() {
  const phase = useView('lifecycle')?.phase
  const room = phase === 'paused' ? 'running' : phase
  const before = useRef(room)
  useEffect(() => {
    if (before.current === room && !hasMoved()) return
    before.current = room
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true })
  }, [room])
  return null
}

function PhaseScreen() {
  const lifecycle = useView('lifecycle')
  switch (lifecycle?.phase) {
    case undefined:
      return <Spinner label="Going to your seat…" />
    case 'lobby':
      return (
        <>
          <Bar />
          <Lobby />
        </>
      )
    case 'briefing':
      return (
        <>
          <Bar />
          <Briefing />
        </>
      )
    case 'running':
    case 'paused':
      // Who is told which scenario this is runs it.
      return lifecycle.scenario === undefined ? (
        <WarRoom />
      ) : (
        <div id="content" tabIndex={-1} className={styles.room}>
          <Bar />
          <GmConsole />
        </div>
      )
    case 'hot-wash':
    case 'closed':
      return (
        <>
          <Bar />
          <div id="content" tabIndex={-1}>
            <Debrief />
          </div>
        </>
      )
  }
}
