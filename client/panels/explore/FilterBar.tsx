import { useState } from 'react'
import type { AttributeFilter, RequestFilter } from '../../../shared/exploration.ts'
import type { RequestTable } from '../../../shared/requests.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { duration, number } from '../../ui/format.ts'
import form from '../form.module.css'
import { addCondition, clearFilters, dropCondition, setSlower } from './exploreState.ts'
import styles from './explore.module.css'
import { attributeNames, valueWords } from './looking.ts'

const words = ({ attribute, op, value }: AttributeFilter) =>
  `${attribute} ${op === 'is' ? '=' : '≠'} ${valueWords(attribute, value)}`

/** Durations one can ask for, in seconds. */
const SLOWER = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10]

/** What requests must be like: conditions one by one, each of which can be taken away. */
export function FilterBar({
  table,
  filter,
  selected,
}: {
  readonly table: RequestTable | null
  readonly filter: RequestFilter
  /** Whether a part of the heat map is selected. */
  readonly selected: boolean
}) {
  const [attribute, setAttribute] = useState('')
  const names = table ? attributeNames(table) : []
  const values = table?.attributes.find((a) => a.name === attribute)?.values ?? []
  const onlyFailed: AttributeFilter = { attribute: 'status', op: 'not', value: '200' }
  const any = filter.attributes.length > 0 || filter.slower !== undefined || selected
  return (
    <div className={styles.filters} role="group" aria-label="Which requests">
      <ul className={styles.chips}>
        {filter.attributes.map((f) => (
          <li key={words(f)} className={styles.chip}>
            {words(f)}
            <IconButton
              size="small"
              icon="cross"
              label={`Take away ${words(f)}`}
              onClick={() => dropCondition(f)}
            />
          </li>
        ))}
      </ul>
      <select
        className={form.input}
        aria-label="Attribute to filter by"
        value={attribute}
        onChange={(e) => setAttribute(e.target.value)}
      >
        <option value="">Filter by…</option>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      {attribute !== '' && (
        <select
          className={form.input}
          aria-label={`Value of ${attribute}`}
          value=""
          onChange={(e) => {
            const [op, ...rest] = e.target.value.split(' ')
            if (op !== 'is' && op !== 'not') return
            addCondition({ attribute, op, value: rest.join(' ') })
            setAttribute('')
          }}
        >
          <option value="">is or is not…</option>
          {values.map((value) => (
            <option key={`is ${value}`} value={`is ${value}`}>
              = {value}
            </option>
          ))}
          {values.map((value) => (
            <option key={`not ${value}`} value={`not ${value}`}>
              ≠ {value}
            </option>
          ))}
        </select>
      )}
      <select
        className={form.input}
        aria-label="Only requests slower than"
        value={filter.slower ?? ''}
        onChange={(e) => setSlower(e.target.value === '' ? undefined : Number(e.target.value))}
      >
        <option value="">Any duration</option>
        {SLOWER.map((s) => (
          <option key={s} value={s}>
            slower than {s < 1 ? number(s, 's') : duration(s * 1000)}
          </option>
        ))}
      </select>
      <Button size="small" kind="quiet" onClick={() => addCondition(onlyFailed)}>
        Only failed
      </Button>
      {any && (
        <Button size="small" kind="quiet" onClick={clearFilters}>
          Show all
        </Button>
      )}
    </div>
  )
}
