import type { SeatId } from '../../../shared/ids.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import styles from './report.module.css'

const FILES = [
  { path: 'report.md', title: 'Report (Markdown)' },
  { path: 'timeline.csv', title: 'Timeline (CSV)' },
  { path: 'summary.csv', title: 'Summary (CSV)' },
  { path: 'json', title: 'Everything (JSON)' },
] as const

/** The record to take along, in the forms that other tools read, and on paper. */
export function Exports({ seat }: { readonly seat: SeatId }) {
  return (
    <nav className={styles.exports} aria-label="Take the record along">
      {FILES.map((f) => (
        <a key={f.path} href={`/api/seats/${seat}/export/${f.path}`} download>
          <Icon name="download" /> {f.title}
        </a>
      ))}
      <Button size="small" kind="quiet" onClick={() => window.print()}>
        Print
      </Button>
    </nav>
  )
}
