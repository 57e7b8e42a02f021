import { useDeferredValue, useState } from 'react'
import type { MitigationInfo } from '../../../shared/contracts/mitigations.ts'
import { useMine, useReadOnly, useView } from '../../store/table.ts'
import { useExerciseNow } from '../../store/clock.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { duration } from '../../ui/format.ts'
import { Search } from '../Search.tsx'
import { useComponents } from '../useComponents.ts'
import { CatalogueItem } from './CatalogueItem.tsx'
import { Hints } from './Hints.tsx'
import { Requests } from './Requests.tsx'
import { searchCatalogue } from './proposal.ts'
import styles from './actions.module.css'

/** What can be done to the system, what was asked for, and what is being worked on. */
export function Actions() {
  const view = useView('mitigations')
  const mine = useMine('mitigations')
  const now = useExerciseNow()
  const components = useComponents()
  const readOnly = useReadOnly()
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query)
  if (!view) return <EmptyState icon="wrench" title="No actions" text="This seat sees no actions." />
  const { diagnostics, mitigations } = searchCatalogue(view.catalogue, wanted, components.title)
  const can = new Set(readOnly ? [] : (mine?.canPropose ?? []))
  const busy = mine?.busyUntil !== null && mine?.busyUntil !== undefined && mine.busyUntil > now
  return (
    <section className={styles.actions} aria-label="Actions">
      <Requests />
      <Hints />
      {busy && mine?.busyUntil && (
        <p className={styles.busy}>Your hands are full for another {duration(mine.busyUntil - now)}.</p>
      )}
      <Search label="Search actions" className={styles.search} value={query} onChange={setQuery} />
      <Group title="Look closer" hint="changes nothing, reveals something" list={diagnostics} can={can} />
      <Group title="Change the system" hint="mitigations" list={mitigations} can={can} />
      {diagnostics.length + mitigations.length === 0 && (
        <EmptyState
          icon="search"
          title={view.catalogue.length === 0 ? 'No actions yet' : 'No action matches'}
          text={
            view.catalogue.length === 0
              ? 'They are on the table when play starts.'
              : 'Try another word for it.'
          }
        />
      )}
    </section>
  )
}

function Group({
  title,
  hint,
  list,
  can,
}: {
  readonly title: string
  readonly hint: string
  readonly list: readonly MitigationInfo[]
  readonly can: ReadonlySet<string>
}) {
  if (list.length === 0) return null
  return (
    <section aria-label={title}>
      <h3 className={styles.group}>
        {title} <span>{hint}</span>
      </h3>
      <ul className={styles.list}>
        {list.map((info) => (
          <CatalogueItem key={info.id} info={info} possible={can.has(info.id)} />
        ))}
      </ul>
    </section>
  )
}
