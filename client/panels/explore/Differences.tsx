import { useMemo, useState } from 'react'
import { compareRequests, type AttributeDifference } from '../../../shared/compareRequests.ts'
import type { RequestTable } from '../../../shared/requests.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { number } from '../../ui/format.ts'
import { addCondition } from './exploreState.ts'
import styles from './explore.module.css'
import { valueWords, type Looking } from './looking.ts'

/** Attributes shown at first: the answer is nearly always among them. */
const FIRST = 6
const MOST_VALUES = 5
/** How a request ended. It says what happened, and only the rest says to whom: never first. */
const ENDINGS = new Set(['status', 'failed', 'failed-with'])

/** What is worth telling, in the order to tell it: what the requests have, how they ended, and what they never reached. */
function tellable(found: readonly AttributeDifference[], compared: Looking['compared']) {
  const sure = found.filter((f) => f.beyondChance)
  const have = sure.filter((f) => f.kind === 'value' && !ENDINGS.has(f.attribute))
  // That failed requests ended otherwise than good ones is no news.
  const ended = compared === 'failed' ? [] : sure.filter((f) => ENDINGS.has(f.attribute))
  const lack = sure.filter((f) => f.kind === 'unreached' && !ENDINGS.has(f.attribute))
  return { have: [...have, ...ended], lack }
}

/** What sets the selected requests apart from the others, attribute by attribute, the greatest difference first. */
export function Differences({ table, looking }: { readonly table: RequestTable; readonly looking: Looking }) {
  const { inside, outside, compared } = looking
  const [all, setAll] = useState(false)
  const found = useMemo(() => compareRequests(table, inside, outside), [table, inside, outside])
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
  const { have, lack } = tellable(found, compared)
  const more = have.length - FIRST
  return (
    <div className={styles.differences}>
      <p className={styles.key}>
        <span>
          <span data-side="inside" aria-hidden="true" />
          {inside.length} samples of {compared === 'box' ? 'the selected requests' : 'failed requests'}
        </span>
        <span>
          <span data-side="outside" aria-hidden="true" />
          {outside.length} of the others
        </span>
      </p>
      {have.length === 0 && (
        <EmptyState
          icon="unknown"
          title="No attribute stands out"
          text="They are spread like all the others, as far as so few samples can tell."
        />
      )}
      {(all ? have : have.slice(0, FIRST)).map((difference) => (
        <OneAttribute key={difference.attribute} difference={difference} />
      ))}
      {more > 0 && (
        <Button size="small" kind="quiet" onClick={() => setAll(!all)}>
          {all ? `Show the first ${FIRST} only` : `Show ${more} more`}
        </Button>
      )}
      {lack.length > 0 && (
        <section className={styles.difference} aria-label="Not reached">
          <h3>Not reached</h3>
          <p className={styles.quiet}>
            They ended before they got there, or never went there: more likely what follows than why.
          </p>
          <ul>
            {lack.map(({ attribute, values: [missing] }) => (
              <Value key={attribute} attribute={attribute} name={attribute} shares={missing} />
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

function OneAttribute({ difference: { attribute, values } }: { readonly difference: AttributeDifference }) {
  return (
    <section className={styles.difference} aria-label={attribute}>
      <h3>{attribute}</h3>
      <ul>
        {values.slice(0, MOST_VALUES).map((v) => (
          <Value key={valueWords(attribute, v.value)} attribute={attribute} shares={v} />
        ))}
      </ul>
    </section>
  )
}

/** How often one value occurs on both sides; its button keeps only requests that have it. */
function Value({
  attribute,
  name,
  shares,
}: {
  readonly attribute: string
  /** What to call the line; the value where it is left out. */
  readonly name?: string
  readonly shares: AttributeDifference['values'][number] | undefined
}) {
  if (!shares) return null
  const { value, inside, outside } = shares
  const width = (share: number) => ({ width: `${Math.min(1, share) * 100}%` })
  return (
    <li>
      <button
        type="button"
        className={styles.pick}
        title={`Only ${attribute} = ${valueWords(attribute, value)}`}
        onClick={() => addCondition({ attribute, op: 'is', value })}
      >
        {name ?? valueWords(attribute, value)}
      </button>
      <span className={styles.pair} aria-hidden="true">
        <span data-side="inside" style={width(inside)} />
        <span data-side="outside" style={width(outside)} />
      </span>
      <span className={styles.numbers}>
        {number(inside, 'ratio')} <span className={styles.quiet}>against {number(outside, 'ratio')}</span>
      </span>
    </li>
  )
}
