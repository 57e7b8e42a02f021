import { useId } from 'react'
import form from '../form.module.css'
import styles from './chaos.module.css'

/** How long it lasts and how it comes on, in exercise minutes; null: until it is ended by hand. */
export interface Span {
  readonly minutes: number | null
  readonly over: number
}
export const AT_ONCE: Span = { minutes: null, over: 0 }

const LASTS = [
  { minutes: null, word: 'Until I end it' },
  { minutes: 2, word: '2 min' },
  { minutes: 5, word: '5 min' },
  { minutes: 10, word: '10 min' },
] as const
const COMES = [
  { over: 0, word: 'at once' },
  { over: 1, word: 'over 1 min' },
  { over: 5, word: 'over 5 min' },
  { over: 15, word: 'over 15 min' },
] as const

/** Chooses how long, and how fast it comes on. */
export function HowLong({ span, onSpan }: { readonly span: Span; readonly onSpan: (span: Span) => void }) {
  const name = useId()
  return (
    <div className={styles.how}>
      <fieldset className={styles.chips}>
        <legend>For</legend>
        {LASTS.map(({ minutes, word }) => (
          <label key={word} className={styles.chip}>
            <input
              type="radio"
              name={name}
              className={form.radio}
              checked={span.minutes === minutes}
              onChange={() => onSpan({ ...span, minutes })}
            />
            {word}
          </label>
        ))}
      </fieldset>
      <label className={styles.comes}>
        Comes on
        <select
          className={form.input}
          value={span.over}
          onChange={(e) => onSpan({ ...span, over: Number(e.target.value) })}
        >
          {COMES.map(({ over, word }) => (
            <option key={over} value={over}>
              {word}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
