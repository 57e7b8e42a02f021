import { useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Status } from '../../ui/Status.tsx'
import { clock, number } from '../../ui/format.ts'
import { openChaos, showLogsOf } from '../deskState.ts'
import { componentColour } from '../palette.ts'
import { Sparkline } from '../Sparkline.tsx'
import { recentOf } from '../telemetryNow.ts'
import type { Component, Components } from '../useComponents.ts'
import { useGround } from '../useGround.ts'
import { HEALTH_WORDS, healthOf } from './health.ts'
import styles from './map.module.css'

const QUARTER_HOUR = 15 * 60_000

/** One component: what it is, its numbers over the last quarter of an hour, what changed on it, the way to its logs. */
export function ComponentDetails({
  component,
  components,
  onClose,
}: {
  readonly component: Component
  readonly components: Components
  readonly onClose: () => void
}) {
  const system = useView('system')
  const canBreak = useView('faults') !== undefined
  const ground = useGround()
  const metrics = (system?.metrics ?? []).filter((m) => m.component === component.id)
  const changes = (system?.changes ?? [])
    .filter((c) => c.component === component.id)
    .toSorted((a, b) => b.at - a.at)
  const health = healthOf(recentOf(`${component.metrics}.health`, 0).at(-1))
  const colour = componentColour(components.order(component.id), ground)
  return (
    <aside className={styles.details} aria-label={component.title}>
      <div className={styles.detailsTop}>
        <h3>{component.title}</h3>
        <IconButton size="small" icon="cross" label="Close" onClick={onClose} />
      </div>
      <Status level={health} word={HEALTH_WORDS[health]} />
      <p className={styles.text}>{component.description}</p>
      {canBreak ? (
        <Button size="small" onClick={() => openChaos(component.id)}>
          Break it…
        </Button>
      ) : (
        <Button size="small" onClick={() => showLogsOf(component.id)}>
          Its logs
        </Button>
      )}
      <h4>Numbers</h4>
      <ul className={styles.metrics}>
        {metrics
          .filter((m) => m.name !== `${component.metrics}.health`)
          .map((m) => {
            const recent = recentOf(m.name, QUARTER_HOUR)
            const value = recent.at(-1) ?? null
            return (
              <li key={m.name}>
                <span className={styles.metricName} title={m.name}>
                  {m.title.replace(`${component.title}: `, '')}
                </span>
                <Sparkline values={recent} colour={colour} width={72} height={20} />
                <span className={styles.number}>{value === null ? 'no data' : number(value, m.unit)}</span>
              </li>
            )
          })}
      </ul>
      <h4>Changes</h4>
      {changes.length === 0 && <p className={styles.text}>None known.</p>}
      <ul className={styles.changes}>
        {changes.slice(0, 8).map((c) => (
          <li key={c.id}>
            <span className={styles.number}>{clock(c.at)}</span> {c.title}{' '}
            <span className={styles.kind}>{c.author}</span>
          </li>
        ))}
      </ul>
    </aside>
  )
}
