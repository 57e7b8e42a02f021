import { useState } from 'react'
import { ROLE_INFO } from '../../../shared/roles.ts'
import { useSeatId, useTable, useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Status } from '../../ui/Status.tsx'
import styles from './bar.module.css'

/** How many of the table are here, and behind it who sits where. */
export function SeatsButton() {
  const seats = useView('seats')?.seats ?? []
  const here = useTable((t) => t.presence)
  const mine = useSeatId()
  const [open, setOpen] = useState(false)
  const present = seats.filter((s) => here.includes(s.id)).length
  return (
    <>
      <Button
        kind="quiet"
        aria-label={`${present} of ${seats.length} seats are here. Who?`}
        onClick={() => setOpen(true)}
      >
        <Icon name="people" />
        <span className={styles.number}>
          {present}/{seats.length}
        </span>
      </Button>
      <Dialog open={open} title="Who is at the table" onClose={() => setOpen(false)}>
        <ul className={styles.people}>
          {seats.map((s) => (
            <li key={s.id}>
              <span>
                <strong>{s.name}</strong>
                {s.id === mine && ' (you)'}
                <br />
                <span className={styles.label}>{s.roles.map((r) => ROLE_INFO[r].title).join(', ')}</span>
              </span>
              {here.includes(s.id) ? (
                <Status level="good" word="here" />
              ) : (
                <Status level="unknown" word="away" />
              )}
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  )
}
