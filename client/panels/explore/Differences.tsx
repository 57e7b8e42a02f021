import { useMemo } from 'react'
import { compareRequests, type AttributeDifference } from '../../../shared/exploration.ts'
import type { RequestTable } from '../../../shared/requests.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { number } from '../../ui/format.ts'
import { addCondition, NO_VALUE } from './exploreState.ts'
import styles from './explore.module.css'
import type { Looking } from './looking.ts'

const MOST_ATTRIBUTES = 16
const MOST_VALUES = 5

/** What sets the selected requests apart from the others, attribute by attribute, the greatest difference first. */
export function Differences({ table, looking }: { readonly table: RequestTable; readonly looking: Looking }) {
  const { inside, outside, compared } = looking
  const found = useMemo(() => compareRequests(table, inside, outside), [table, inside, outside])
  const what = compared === 'box' ? 'the selected requests' : 'failed requests'
  if (found.length === 0)
    return (
      <EmptyState
        icon="search"
        title="Nothing to compare"
        text={
          compared === 'failed'
            ? 'No request failed here. Drag a box over a part of the heat map to compare it with the rest.'
            : 'All requests, or none, lie in the selection.'
        }
      />
    )
  // That failed requests have another status than good ones is no news.
  const news = found.filter(
    (f) => compared === 'box' || !['status', 'failed', 'failed-with'].includes(f.attribute),
  )
  const sure = news.filter((f) => f.beyondChance).slice(0, MOST_ATTRIBUTES)
  return (
    <div className={styles.differences}>
      <p className={styles.quiet}>
        Compares {inside.length} samples of {what} (upper bar) with {outside.length} of the others (lower
        bar).
      </p>
      {sure.length === 0 && (
        <EmptyState
          icon="unknown"
          title="No attribute stands out"
          text="They are spread like all the others, as far as so few samples can tell."
        />
      )}
      {sure.map((difference) => (
        <OneAttribute key={difference.attribute} difference={difference} />
      ))}
    </div>
  )
}

function OneAttribute({ difference }: { readonly difference: AttributeDifference }) {
  const { attribute, values } = difference
  const width = (share: number) => ({ width: `${Math.min(1, share) * 100}%` })
  return (
    <section className={styles.difference} aria-label={attribute}>
      <h3>{attribute}</h3>
      <ul>
        {values.slice(0, MOST_VALUES).map(({ value, inside, outside }) => (
          <li key={value ?? NO_VALUE}>
            <button
              type="button"
              className={styles.pick}
              title={`Only ${attribute} = ${value ?? NO_VALUE}`}
              onClick={() => addCondition({ attribute, op: 'is', value })}
            >
              {value ?? NO_VALUE}
            </button>
            <span className={styles.pair} aria-hidden="true">
              <span data-side="inside" style={width(inside)} />
              <span data-side="outside" style={width(outside)} />
            </span>
            <span className={styles.numbers}>
              {number(inside, 'ratio')}{' '}
              <span className={styles.quiet}>against {number(outside, 'ratio')}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
