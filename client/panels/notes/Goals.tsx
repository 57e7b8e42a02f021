import { useState } from 'react'
import { useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useAct } from '../useAct.ts'
import { RATING_KEYS, RATINGS, type Rating } from './ratings.ts'
import form from '../form.module.css'
import styles from './notes.module.css'

type Goal = { readonly id: string; readonly title: string }
type Rated = { readonly rating: Rating; readonly why: string }

/** The goals of the exercise, each rated by the game master with the reason. */
export function Goals() {
  const view = useView('objectives')
  if (!view) return null
  if (view.goals.length === 0) {
    return <EmptyState icon="target" title="No goals" text="This scenario names no goals to rate." />
  }
  return (
    <ul className={styles.goals} aria-label="Goals of the exercise">
      {view.goals.map((g) => (
        <RateGoal key={g.id} goal={g} rated={view.ratings?.[g.id] ?? null} />
      ))}
    </ul>
  )
}

function RateGoal({ goal, rated }: { readonly goal: Goal; readonly rated: Rated | null }) {
  const [why, setWhy] = useState(rated?.why ?? '')
  const { busy, act } = useAct()
  const rate = (rating: Rating) =>
    act({ type: 'objectives.rate', objective: goal.id, rating, why: why.trim() })
  return (
    <li className={styles.goal}>
      <p>{goal.title}</p>
      <div className={styles.ratings} role="group" aria-label={`Rating of: ${goal.title}`}>
        {RATING_KEYS.map((key) => (
          <button
            key={key}
            type="button"
            className={styles.rating}
            aria-pressed={rated?.rating === key}
            aria-label={RATINGS[key]}
            title={RATINGS[key]}
            disabled={busy}
            onClick={() => void rate(key)}
          >
            {key}
          </button>
        ))}
        <span className={styles.quiet}>{rated ? RATINGS[rated.rating] : 'Not rated yet'}</span>
      </div>
      <form
        className={styles.pair}
        onSubmit={(e) => {
          e.preventDefault()
          if (rated) void rate(rated.rating)
        }}
      >
        <input
          className={form.input}
          value={why}
          maxLength={500}
          aria-label={`Why this rating of: ${goal.title}`}
          placeholder="Why: what happened that says so"
          onChange={(e) => setWhy(e.target.value)}
        />
        {rated && rated.why !== why.trim() && (
          <Button size="small" type="submit" disabled={busy}>
            Keep the reason
          </Button>
        )}
      </form>
    </li>
  )
}
