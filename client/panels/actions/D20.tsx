import { useEffect, useState } from 'react'
import type { Odds } from '../../../shared/contracts/mitigations.ts'
import styles from './actions.module.css'

interface Rolled {
  readonly dice: readonly number[]
  readonly total: number
  readonly success: boolean
}

const ROLL_MS = 1400
/** Rolls already on the screen once: coming back to the tab does not roll them again. */
const shown = new Set<string>()

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** The roll as it fell. New ones tumble for a second and a half at most; a click skips it; none for reduced motion. */
export function D20({ id, roll, odds }: { readonly id: string; readonly roll: Rolled; readonly odds: Odds }) {
  const [rolling, setRolling] = useState(() => !shown.has(id) && !still())
  useEffect(() => {
    shown.add(id)
    if (!rolling) return
    const timer = setTimeout(() => setRolling(false), ROLL_MS)
    return () => clearTimeout(timer)
  }, [id, rolling])
  const bonus = odds.modifiers.reduce((sum, m) => sum + m.value, 0)
  return (
    <button
      type="button"
      className={styles.d20}
      disabled={!rolling}
      onClick={() => setRolling(false)}
      aria-label={
        rolling
          ? 'The die is rolling; press to skip'
          : `Rolled ${roll.dice.join(' and ')}, total ${roll.total} against ${odds.dc}: ${roll.success ? 'success' : 'no success'}`
      }
    >
      {roll.dice.map((die, i) => (
        <svg
          key={i}
          viewBox="0 0 48 52"
          width="44"
          height="48"
          className={rolling ? styles.tumble : undefined}
          aria-hidden="true"
        >
          <path d="M24 2 45 14v24L24 50 3 38V14Z" className={styles.die} />
          <path
            d="M24 2 9 34h30ZM3 14l6 20M45 14l-6 20M9 34l15 16 15-16M3 38l6-4M45 38l-6-4"
            className={styles.edges}
          />
          <text x="24" y="29" textAnchor="middle" className={styles.pips}>
            {rolling ? '' : die}
          </text>
        </svg>
      ))}
      {!rolling && (
        <span className={styles.rolled}>
          {roll.dice.length === 1 ? roll.dice[0] : roll.dice.join(' / ')}
          {bonus !== 0 && ` ${bonus > 0 ? '+' : '−'} ${Math.abs(bonus)}`} = {roll.total} against {odds.dc}
          <strong>{roll.success ? 'Success' : 'No success'}</strong>
        </span>
      )}
      {rolling && <span className={styles.rolled}>Rolling… press to skip</span>}
    </button>
  )
}
