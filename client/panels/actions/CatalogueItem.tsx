import type { MitigationInfo } from '../../../shared/contracts/mitigations.ts'
import { useMine, useReadOnly, useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { duration } from '../../ui/format.ts'
import { deskStore, openPlaybook, startProposal } from '../deskState.ts'
import { useComponents } from '../useComponents.ts'
import { chance, citeFor } from './proposal.ts'
import styles from './actions.module.css'

/** One action of the catalogue: what it does, how long, how likely, and why not when it is greyed. */
export function CatalogueItem({
  info,
  possible,
}: {
  readonly info: MitigationInfo
  readonly possible: boolean
}) {
  const components = useComponents()
  const dice = useView('lifecycle')?.settings.dice
  const books = useView('playbooks')?.books
  const remote = useMine('playbooks')?.open ?? null
  const readOnly = useReadOnly()
  const propose = () => {
    const reading = deskStore.getState().reading ?? remote
    startProposal({ mitigation: info.id, params: {}, cite: citeFor(info, reading) })
  }
  const step = info.steps[0]
  const book = books?.find((b) => b.id === step?.book)
  return (
    <li className={styles.item} data-possible={possible}>
      <div className={styles.itemTop}>
        <h4>{info.title}</h4>
        {!readOnly && (
          <Button size="small" disabled={!possible} onClick={propose}>
            Propose
          </Button>
        )}
      </div>
      <p className={styles.text}>{info.description}</p>
      <p className={styles.meta}>
        {info.component !== null && <span>{components.title(info.component)} · </span>}
        <span>takes {duration(info.durationMs)}</span>
        {dice !== 'off' && (
          <span>
            {' '}
            · <span className={styles.number}>{chance(info.odds.chance)}</span>, cited{' '}
            <span className={styles.number}>{chance(info.oddsCited.chance)}</span>
          </span>
        )}
      </p>
      {step && book && (
        <button type="button" className={styles.stepLink} onClick={() => openPlaybook(step)}>
          <Icon name="book" /> {book.title}: {book.steps.find((s) => s.id === step.step)?.title ?? step.step}
          {info.steps.length > 1 && ` and ${info.steps.length - 1} more`}
        </button>
      )}
      {info.unavailable !== null && <p className={styles.unavailable}>{info.unavailable}</p>}
    </li>
  )
}
