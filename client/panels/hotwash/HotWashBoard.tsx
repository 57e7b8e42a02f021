import type { HOTWASH_KINDS } from '../../../shared/contracts/hotwash.ts'
import { useView } from '../../store/table.ts'
import { HotWashColumn } from './HotWashColumn.tsx'
import { ImprovementPlan } from './ImprovementPlan.tsx'
import styles from './hotwash.module.css'

type Kind = (typeof HOTWASH_KINDS)[number]
const COLUMNS: readonly { readonly kind: Kind; readonly title: string; readonly asks: string }[] = [
  { kind: 'start', title: 'Start', asks: 'What should we begin to do?' },
  { kind: 'stop', title: 'Stop', asks: 'What got in the way?' },
  { kind: 'continue', title: 'Continue', asks: 'What helped and should stay?' },
  { kind: 'playbook', title: 'Playbook', asks: 'Where did the playbook lead astray, or say nothing?' },
]

/** Everybody writes at once what to start, stop and continue and what the playbooks got wrong; then the actions. */
export function HotWashBoard({ open }: { readonly open: boolean }) {
  const view = useView('hotwash')
  if (!view) return null
  return (
    <section className={styles.hotwash} aria-labelledby="hotwash-title">
      <h2 id="hotwash-title">Hot wash</h2>
      <p className={styles.lead}>
        {open
          ? 'Everybody writes at once, one thought per card. The system allowed what happened: no card is about a person.'
          : 'What the table wrote after play.'}
      </p>
      <div className={styles.board}>
        {COLUMNS.map(({ kind, title, asks }) => (
          <HotWashColumn
            key={kind}
            kind={kind}
            title={title}
            asks={asks}
            cards={view.cards.filter((c) => c.kind === kind)}
            open={open}
          />
        ))}
      </div>
      <ImprovementPlan actions={view.actions} open={open} />
    </section>
  )
}
