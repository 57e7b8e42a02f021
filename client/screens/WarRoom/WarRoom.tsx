import { useEffect } from 'react'
import { PhoneDesk } from '../../desks/PhoneDesk.tsx'
import { PlayerDesk } from '../../desks/PlayerDesk.tsx'
import { Bar } from '../../panels/bar/Bar.tsx'
import { sitDown } from '../../panels/deskState.ts'
import { usePanelShortcuts } from '../../panels/usePanelShortcuts.ts'
import { useMedia } from '../../store/prefs.ts'
import { useSeatId } from '../../store/table.ts'
import styles from './WarRoom.module.css'

const NARROW = '(max-width: 899.98px)'

/** The running exercise for a player: the bar and the desk that fits the screen. */
export function WarRoom() {
  const narrow = useMedia(NARROW)
  const seat = useSeatId()
  useEffect(() => sitDown(seat), [seat])
  usePanelShortcuts()
  return (
    <div className={styles.room}>
      <Bar />
      {narrow ? <PhoneDesk /> : <PlayerDesk />}
    </div>
  )
}
