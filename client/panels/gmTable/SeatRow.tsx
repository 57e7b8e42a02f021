import { useState } from 'react'
import type { Message } from '../../../shared/contracts/comms.ts'
import type { Seat } from '../../../shared/contracts/seats.ts'
import type { SeatId } from '../../../shared/ids.ts'
import { ROLE_INFO } from '../../../shared/roles.ts'
import type { z } from 'zod'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { clock } from '../../ui/format.ts'
import type { Act } from './lastActs.ts'
import { EditSeat } from './EditSeat.tsx'
import { PrivateLine } from './PrivateLine.tsx'
import styles from './gmTable.module.css'

/** One seat of the table, as the game master keeps an eye on it. */
export function SeatRow({
  seat,
  here,
  act,
  line,
  onEyes,
}: {
  readonly seat: z.infer<typeof Seat>
  readonly here: boolean
  readonly act: Act | null
  readonly line: readonly Message[]
  readonly onEyes: (seat: SeatId) => void
}) {
  const [talking, setTalking] = useState(false)
  const [read, setRead] = useState(line.length)
  const [editing, setEditing] = useState(false)
  const unread = talking ? 0 : line.slice(read).filter((m) => m.seat === seat.id).length
  return (
    <li className={styles.seat} data-away={!here || undefined}>
      <div className={styles.top}>
        <span className={styles.presence}>
          <Icon name={here ? 'person' : 'offline'} /> {here ? 'here' : 'away'}
        </span>
        <h3 title={seat.name}>{seat.name}</h3>
        {!seat.heard && <span className={styles.silent}>not heard yet</span>}
        <span className={styles.acts}>
          <Button
            size="small"
            kind="quiet"
            aria-expanded={talking}
            onClick={() => {
              setTalking(!talking)
              setRead(line.length)
            }}
          >
            <Icon name="chat" /> {unread > 0 ? `${unread} new` : 'Line'}
          </Button>
          <IconButton
            size="small"
            icon="eye"
            label={`See what ${seat.name} sees`}
            onClick={() => onEyes(seat.id)}
          />
          <IconButton
            size="small"
            icon="more"
            label={`Change the seat of ${seat.name}`}
            onClick={() => setEditing(true)}
          />
        </span>
      </div>
      <p className={styles.meta}>{seat.roles.map((r) => ROLE_INFO[r].title).join(', ')}</p>
      <p className={styles.act}>
        {act ? (
          <>
            <time>{clock(act.at)}</time> {act.text}
          </>
        ) : (
          'Has not done anything yet.'
        )}
      </p>
      {talking && <PrivateLine seat={seat.id} name={seat.name} line={line} />}
      <EditSeat seat={seat} open={editing} onClose={() => setEditing(false)} />
    </li>
  )
}
