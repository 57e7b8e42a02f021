import type { Library } from '../../../shared/api.ts'
import { Icon } from '../../ui/Icon.tsx'
import styles from './Library.module.css'

/** Folders that are no playable scenario yet: where it is wrong, and the way out. */
export function Refused({ refused }: { readonly refused: Library['refused'] }) {
  return (
    <section aria-labelledby="refused" className={styles.refused}>
      <h2 id="refused">
        <Icon name="warning" /> {refused.length === 1 ? 'One folder' : `${refused.length} folders`} could not
        be read as a scenario
      </h2>
      {refused.map((r) => (
        <details key={r.folder} open={refused.length === 1}>
          <summary>
            <code>{r.folder}</code> ·{' '}
            {r.findings.length === 1 ? 'one finding' : `${r.findings.length} findings`}
          </summary>
          <ul>
            {r.findings.map((f) => (
              <li key={`${f.file}:${f.line}:${f.column}:${f.message}`}>
                <code>
                  {f.file}:{f.line}:{f.column}
                </code>{' '}
                {f.message}
                <br />
                <span className={styles.quiet}>Way out: {f.wayOut}</span>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  )
}
