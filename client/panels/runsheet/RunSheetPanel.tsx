import type { RoleView } from '../../../shared/contracts/index.ts'
import { useExerciseNow } from '../../store/clock.ts'
import { useTable } from '../../store/table.ts'
import { clock, duration } from '../../ui/format.ts'
import { runSheet, type SheetLine } from './runsheet.ts'
import styles from './runsheet.module.css'

const NOTHING: RoleView = {}

/** What to say now, what to watch for and what comes next. */
export function RunSheetPanel() {
  const view = useTable((t) => t.views?.role) ?? NOTHING
  const now = useExerciseNow()
  const { say, watch, next } = runSheet(view, now)
  return (
    <section className={styles.sheet} aria-label="Run sheet" tabIndex={0}>
      <Column title="Say now" lines={say} now={now} none="Nothing: let the table work." />
      <Column title="Watch for" lines={watch} now={now} none="Nothing in particular." />
      <Column title="Comes next" lines={next} now={now} none="Nothing is planned any more." />
    </section>
  )
}

function Column({
  title,
  lines,
  now,
  none,
}: {
  readonly title: string
  readonly lines: readonly SheetLine[]
  readonly now: number
  readonly none: string
}) {
  return (
    <div className={styles.column}>
      <h2>{title}</h2>
      {lines.length === 0 ? (
        <p className={styles.quiet}>{none}</p>
      ) : (
        <ul>
          {lines.map(({ text, at }, i) => (
            <li key={i}>
              {at !== null && (
                <time title={at > now ? `in ${duration(at - now)}` : `${duration(now - at)} ago`}>
                  {clock(at)}
                </time>
              )}
              <span>{text}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
