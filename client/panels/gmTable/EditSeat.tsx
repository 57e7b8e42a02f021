import { useState } from 'react'
import type { z } from 'zod'
import type { Seat } from '../../../shared/contracts/seats.ts'
import { PLAYER_ROLES, ROLE_INFO, type PlayerRole } from '../../../shared/roles.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useAct } from '../useAct.ts'
import styles from './gmTable.module.css'

/** Gives a seat other roles, or frees it. */
export function EditSeat({
  seat,
  open,
  onClose,
}: {
  readonly seat: z.infer<typeof Seat>
  readonly open: boolean
  readonly onClose: () => void
}) {
  const held = PLAYER_ROLES.filter((r) => seat.roles.includes(r))
  const [roles, setRoles] = useState<readonly PlayerRole[]>(held)
  const [freeing, setFreeing] = useState(false)
  const { busy, act } = useAct()
  if (!open) return null
  return (
    <Dialog open title={`The seat of ${seat.name}`} onClose={onClose}>
      <fieldset className={styles.roles}>
        <legend>Roles</legend>
        {PLAYER_ROLES.map((role) => (
          <label key={role}>
            <input
              type="checkbox"
              checked={roles.includes(role)}
              onChange={(e) =>
                setRoles(PLAYER_ROLES.filter((r) => (r === role ? e.target.checked : roles.includes(r))))
              }
            />
            {ROLE_INFO[role].title}
          </label>
        ))}
      </fieldset>
      {freeing && (
        <p role="alert">
          {seat.name} leaves the table, and whoever sits there is shown out. What they did stays in the
          record.
        </p>
      )}
      <div className={styles.dialogActs}>
        <Button
          kind="danger"
          disabled={busy}
          onClick={async () => {
            if (!freeing) setFreeing(true)
            else if (await act({ type: 'seats.remove', seat: seat.id })) onClose()
          }}
        >
          {freeing ? `Yes, free the seat of ${seat.name}` : 'Free this seat…'}
        </Button>
        <Button
          kind="primary"
          disabled={busy || roles.length === 0}
          onClick={async () => {
            if (await act({ type: 'seats.assign', seat: seat.id, roles: [...roles] })) onClose()
          }}
        >
          Give these roles
        </Button>
      </div>
    </Dialog>
  )
}
