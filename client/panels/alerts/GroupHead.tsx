import { send } from '../../net/send.ts'
import { Button } from '../../ui/Button.tsx'
import { clock } from '../../ui/format.ts'
import type { SilenceTarget } from './SilenceForm.tsx'
import type { AlertsTogether } from './sortAlerts.ts'
import styles from './alerts.module.css'

/** What is told together: its name, when it was told last, and what can be done with all of it at once. */
export function GroupHead({
  together: { group, alerts },
  mayAcknowledge,
  silenced,
  onSilence,
}: {
  readonly together: AlertsTogether
  readonly mayAcknowledge: boolean
  readonly silenced: boolean
  readonly onSilence?: ((target: SilenceTarget) => void) | undefined
}) {
  const open = alerts.filter((a) => a.acknowledged === null)
  return (
    <div className={styles.group}>
      <h3 className={styles.groupTitle}>
        {group.title} <span className={styles.count}>{alerts.length} firing</span>
      </h3>
      {group.lastNoticeAt !== null && (
        <span className={styles.none}>last told at {clock(group.lastNoticeAt)}</span>
      )}
      <span className={styles.groupActs}>
        {mayAcknowledge && open.length > 1 && (
          <Button
            size="small"
            kind="quiet"
            onClick={() => {
              for (const { id } of open) void send({ type: 'alerts.acknowledge', alert: id })
            }}
          >
            Acknowledge all {open.length}
          </Button>
        )}
        {onSilence && !silenced && (
          <Button
            size="small"
            kind="quiet"
            aria-label={`Silence the group ${group.title}`}
            onClick={() => onSilence({ target: 'group', of: group.id, title: group.title })}
          >
            Silence group
          </Button>
        )}
      </span>
    </div>
  )
}
