import { useState } from 'react'
import type { Seat } from '../../../shared/contracts/seats.ts'
import { PLAYER_ROLES, ROLE_INFO, type PlayerRole } from '../../../shared/roles.ts'
import { send } from '../../net/send.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Status } from '../../ui/Status.tsx'
import { RolePicker } from '../RolePicker.tsx'
import styles from './Lobby.module.css'

export interface SeatRowProps {
  readonly seat: Seat
  readonly here: boolean
  readonly mine: boolean
  /** Whether this person runs the table. */
  readonly leads: boolean
  /** Nobody else is here whom one could hear. */
  readonly alone: boolean
}

/** One seat at the table: who, as what, here or away, heard or not; and what can be done about it. */
export function SeatRow({ seat, here, mine, leads, alone }: SeatRowProps) {
  const [asking, setAsking] = useState<'roles' | 'remove' | null>(null)
  const gm = seat.roles.includes('gm')
  return (
    <li className={styles.seat}>
      <span className={styles.who}>
        <strong>
          {seat.name}
          {mine && <span className={styles.quiet}> (you)</span>}
        </strong>
        <span className={styles.quiet}>{seat.roles.map((r) => ROLE_INFO[r].title).join(', ')}</span>
      </span>
      <span className={styles.marks}>
        {here ? <Status level="good" word="here" /> : <Status level="unknown" word="away" />}
        {seat.heard ? (
          <Status level="good" word="hears everyone" />
        ) : (
          !alone && <Status level="unknown" word="sound not checked" />
        )}
      </span>
      <span className={styles.acts}>
        {!gm && (mine || leads) && (
          <IconButton
            icon="pencil"
            label={mine ? 'Change your roles' : `Change the roles of ${seat.name}`}
            onClick={() => setAsking('roles')}
          />
        )}
        {!gm && !mine && leads && (
          <IconButton
            icon="trash"
            label={`Free the seat of ${seat.name}`}
            onClick={() => setAsking('remove')}
          />
        )}
      </span>
      {asking === 'roles' && <RolesDialog seat={seat} mine={mine} onClose={() => setAsking(null)} />}
      <Dialog
        open={asking === 'remove'}
        title={`Free the seat of ${seat.name}?`}
        onClose={() => setAsking(null)}
      >
        <p>They leave the table at once. With the join code they can take a seat again.</p>
        <div className={styles.answers}>
          <Button kind="quiet" onClick={() => setAsking(null)}>
            Keep the seat
          </Button>
          <Button
            kind="danger"
            onClick={() => {
              setAsking(null)
              void send({ type: 'seats.remove', seat: seat.id })
            }}
          >
            Free the seat
          </Button>
        </div>
      </Dialog>
    </li>
  )
}

function RolesDialog({
  seat,
  mine,
  onClose,
}: {
  readonly seat: Seat
  readonly mine: boolean
  readonly onClose: () => void
}) {
  const [roles, setRoles] = useState<readonly PlayerRole[]>(() =>
    PLAYER_ROLES.filter((r) => seat.roles.includes(r)),
  )
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    const answer = await send(
      mine
        ? { type: 'seats.change-roles', roles: [...roles] }
        : { type: 'seats.assign', seat: seat.id, roles: [...roles] },
    )
    setBusy(false)
    if (answer.ok) onClose()
  }
  return (
    <Dialog open title={mine ? 'Your place at the table' : `The place of ${seat.name}`} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(e) => {
          e.preventDefault()
          void save()
        }}
      >
        <RolePicker chosen={roles} onChosen={setRoles} />
        <div className={styles.answers}>
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button kind="primary" type="submit" disabled={busy || roles.length === 0}>
            Take {roles.length > 1 ? 'these roles' : 'this role'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
