import type { ExerciseRecord } from '../../../shared/record.ts'
import type { SeatId } from '../../../shared/ids.ts'
import { clock, duration, number } from '../../ui/format.ts'
import styles from './report.module.css'

/** How the playbooks served: which steps were opened, cited and flagged, and what ought to change in them. */
export function PlaybookUse({
  record,
  seatName,
}: {
  readonly record: ExerciseRecord
  readonly seatName: (id: SeatId) => string
}) {
  const { steps, hitRate, timeToRightStep, findings } = record.playbooks
  const used = steps.filter((s) => s.openedBy.length + s.citedBy.length + s.flags.length > 0)
  const unused = steps.length - used.length
  return (
    <section aria-labelledby="playbook-title">
      <h2 id="playbook-title">How the playbooks served</h2>
      <dl className={styles.facts}>
        <div>
          <dt>Actions that cite a step</dt>
          <dd>{hitRate === null ? 'no actions' : number(hitRate, 'ratio')}</dd>
        </div>
        <div>
          <dt>From the first page to a right step</dt>
          <dd>{timeToRightStep === null ? 'not reached' : duration(timeToRightStep)}</dd>
        </div>
        <div>
          <dt>Steps opened</dt>
          <dd>
            {used.length} of {steps.length}
          </dd>
        </div>
      </dl>
      <h3>Findings</h3>
      {findings.length === 0 ? (
        <p className={styles.quiet}>Nothing to change was found.</p>
      ) : (
        <ul className={styles.bullets}>
          {findings.map((f, i) => (
            <li key={i}>{f}</li>
          ))}
        </ul>
      )}
      {used.length > 0 && (
        <div className={styles.scroll} tabIndex={0} role="group" aria-label="Steps used">
          <table>
            <thead>
              <tr>
                <th scope="col">Step</th>
                <th scope="col">Opened by</th>
                <th scope="col">Cited</th>
                <th scope="col">Flags</th>
              </tr>
            </thead>
            <tbody>
              {used.map((s) => (
                <tr key={`${s.book}#${s.step}`}>
                  <td>
                    <strong>{s.title}</strong>
                    <span className={styles.sub}>{s.bookTitle}</span>
                  </td>
                  <td>
                    {s.openedBy.length === 0
                      ? 'nobody'
                      : s.openedBy.map((o, i) => (
                          <span key={i} className={styles.sub}>
                            {seatName(o.seat)} at {clock(o.at)}
                            {o.when !== null && (o.when ? ', it applied' : ', it did not apply then')}
                          </span>
                        ))}
                  </td>
                  <td className={styles.number}>{s.citedBy.length}</td>
                  <td>
                    {s.flags.map((f, i) => (
                      <span key={i} className={styles.sub}>
                        <strong>{f.flag}</strong>: {f.why} ({seatName(f.seat)})
                      </span>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {unused > 0 && used.length > 0 && <p className={styles.quiet}>{unused} more steps were not opened.</p>}
    </section>
  )
}
