import { PLAYER_ROLES, ROLE_INFO, type PlayerRole } from '../../shared/roles.ts'
import styles from './RolePicker.module.css'

/** The places at a table, each with what it does. Small groups tick several. */
export function RolePicker({
  chosen,
  onChosen,
  takenBy,
}: {
  readonly chosen: readonly PlayerRole[]
  readonly onChosen: (roles: readonly PlayerRole[]) => void
  /** Names of those who hold a role already. */
  readonly takenBy?: (role: PlayerRole) => readonly string[]
}) {
  return (
    <fieldset className={styles.roles}>
      <legend>
        Your place <span>one, or several in a small group</span>
      </legend>
      {PLAYER_ROLES.map((role) => {
        const taken = takenBy?.(role) ?? []
        return (
          <label key={role} className={styles.role}>
            <input
              type="checkbox"
              checked={chosen.includes(role)}
              onChange={(e) =>
                onChosen(PLAYER_ROLES.filter((r) => (r === role ? e.target.checked : chosen.includes(r))))
              }
            />
            <span>
              <strong>{ROLE_INFO[role].title}</strong>
              {taken.length > 0 && <span className={styles.taken}> · {taken.join(', ')}</span>}
              <br />
              <span className={styles.does}>{ROLE_INFO[role].does}</span>
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}
