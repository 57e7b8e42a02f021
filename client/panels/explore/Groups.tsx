import { groupRequests, type Group } from '../../../shared/exploration.ts'
import type { RequestTable } from '../../../shared/requests.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { number } from '../../ui/format.ts'
import form from '../form.module.css'
import { addCondition, exploreStore } from './exploreState.ts'
import styles from './explore.module.css'
import { attributeNames, valueWords } from './looking.ts'

const MOST_ROWS = 40
const time = (s: number | null) => (s === null ? '—' : number(s, 's'))

/** Requests by the values of one attribute: how many, how fast, how often they failed. */
export function Groups({
  table,
  places,
  by,
  seconds,
}: {
  readonly table: RequestTable
  readonly places: readonly number[]
  readonly by: string
  readonly seconds: number
}) {
  const names = attributeNames(table)
  const groups = groupRequests(table, places, { by, seconds })
  return (
    <div>
      <label className={styles.by}>
        Group by{' '}
        <select
          className={form.input}
          value={names.includes(by) ? by : ''}
          onChange={(e) => exploreStore.setState({ by: e.target.value })}
        >
          {!names.includes(by) && <option value="">{by}</option>}
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{by}</th>
              <th scope="col">requests</th>
              <th scope="col">rate</th>
              <th scope="col">failed</th>
              <th scope="col">p50</th>
              <th scope="col">p95</th>
              <th scope="col">p99</th>
              <th scope="col">
                <span className={styles.unseen}>Filter</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {groups.slice(0, MOST_ROWS).map((group) => (
              <Row key={valueWords(by, group.value)} by={by} group={group} />
            ))}
          </tbody>
        </table>
      </div>
      {groups.length > MOST_ROWS && (
        <p className={styles.quiet}>{groups.length - MOST_ROWS} more values, each rarer than these.</p>
      )}
    </div>
  )
}

function Row({ by, group }: { readonly by: string; readonly group: Group }) {
  const { value } = group
  const name = valueWords(by, value)
  return (
    <tr title={`${group.samples} sampled requests`}>
      <th scope="row">{name}</th>
      <td>{number(group.count, 'count')}</td>
      <td>{number(group.perSecond, 'per_s')}</td>
      <td>
        <span className={styles.share}>
          <span className={styles.bar} aria-hidden="true">
            <span style={{ width: `${group.failed * 100}%` }} />
          </span>
          {number(group.failed, 'ratio')}
        </span>
      </td>
      <td>{time(group.p50)}</td>
      <td>{time(group.p95)}</td>
      <td>{time(group.p99)}</td>
      <td className={styles.acts}>
        <IconButton
          size="small"
          icon="filter"
          label={`Only ${by} = ${name}`}
          onClick={() => addCondition({ attribute: by, op: 'is', value })}
        />
        <IconButton
          size="small"
          icon="minus"
          label={`Without ${by} = ${name}`}
          onClick={() => addCondition({ attribute: by, op: 'not', value })}
        />
      </td>
    </tr>
  )
}
