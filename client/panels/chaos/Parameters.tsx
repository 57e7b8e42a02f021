import { useState } from 'react'
import { useTable, useView } from '../../store/table.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Search } from '../Search.tsx'
import { quantityWords } from './chaosWords.ts'
import { ParameterEditor } from './ParameterEditor.tsx'
import { changedParameters, findParameters, useParameters } from '../../store/parameters.ts'
import styles from './chaos.module.css'

/** A page of results is what one can look through; the search is for the rest. */
const SHOWN = 40

/** A search over every number of the system: what it is, what it could be, and a form to change it. */
export function Parameters({ playing }: { readonly playing: boolean }) {
  const seat = useTable((t) => t.seat)
  const effects = useView('system')?.effects
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const { list, error } = useParameters(seat, effects)
  if (!list)
    return error === null ? (
      <Spinner label="Reading the parameters" />
    ) : (
      <EmptyState icon="warning" title="The parameters cannot be read" text={error} />
    )
  const searching = query.trim() !== ''
  const found = searching ? findParameters(list, query) : changedParameters(list)
  const picked = list.find((p) => p.path === chosen)
  return (
    <div className={styles.parameters}>
      <Search
        label={`Search ${list.length} parameters: web timeout, errors, capacity`}
        value={query}
        onChange={setQuery}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && found[0]) setChosen(found[0].path)
        }}
      />
      {picked && <ParameterEditor key={picked.path} parameter={picked} playing={playing} />}
      <p className={styles.quiet} role="status">
        {searching
          ? found.length === 0
            ? 'Nothing is called that. Try a component or one word less.'
            : `${found.length} found${found.length > SHOWN ? `, the first ${SHOWN} shown` : ''}`
          : found.length === 0
            ? 'Every parameter is as the scenario has it.'
            : `${found.length} not as the scenario has ${found.length === 1 ? 'it' : 'them'}:`}
      </p>
      <ul className={styles.found}>
        {found.slice(0, SHOWN).map((p) => (
          <li key={p.path}>
            <button
              type="button"
              className={styles.parameter}
              aria-pressed={p.path === chosen}
              title={p.describe}
              onClick={() => setChosen(p.path === chosen ? null : p.path)}
            >
              <span className={styles.path}>{p.path}</span>
              <span className={styles.number}>{quantityWords(p.value, p.quantity)}</span>
              {p.value !== p.base && (
                <span className={styles.quiet}>was {quantityWords(p.base, p.quantity)}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
