import { useEffect, useState } from 'react'
import type { Odds } from '../../../shared/contracts/mitigations.ts'
import { Status } from '../../ui/Status.tsx'
import styles from './actions.module.css'

interface Rolled {
  readonly dice: readonly number[]
  readonly total: number
  readonly success: boolean
}

const ROLL_MS = 1400
/** The face that is up and the edges from its corners to the outline: a twenty-sided die from straight above. */
const FACES =
  'M24 11 38.5 35h-29ZM24 11V2M24 11 3 14M24 11 45 14M38.5 35 45 14M38.5 35 45 38M38.5 35 24 50M9.5 35 3 14M9.5 35 3 38M9.5 35 24 50'
/** Work that began longer ago than this was rolled before this page was open. */
const FRESH_MS = 8000
/** Rolls already on the screen once: coming back to the tab does not roll them again. */
const shown = new Set<string>()

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/**
 * The roll as it fell, `age` milliseconds (as the people at the table count them) ago. New ones tumble for a second and
 * a half at most; a click skips it; none for reduced motion.
 */
export function D20({
  id,
  roll,
  odds,
  age,
}: {
  readonly id: string
  readonly roll: Rolled
  readonly odds: Odds
  readonly age: number
}) {
  const [rolling, setRolling] = useState(() => !shown.has(id) && age < FRESH_MS && !still())
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
          width="52"
          height="56"
          className={rolling ? styles.tumble : undefined}
          aria-hidden="true"
        >
          <path d="M24 2 45 14v24L24 50 3 38V14Z" className={styles.die} />
          <path d={FACES} className={styles.edges} />
          <text x="24" y="31.5" textAnchor="middle" className={styles.pips}>
            {rolling ? '' : die}
          </text>
        </svg>
      ))}
      {!rolling && (
        <span className={styles.rolled}>
          {roll.dice.length === 1 ? roll.dice[0] : roll.dice.join(' / ')}
          {bonus !== 0 && ` ${bonus > 0 ? '+' : '−'} ${Math.abs(bonus)}`} = {roll.total} against {odds.dc}
          <Status level={roll.success ? 'good' : 'bad'} word={roll.success ? 'Success' : 'No success'} />
        </span>
      )}
      {rolling && <span className={styles.rolled}>Rolling… press to skip</span>}
    </button>
  )
}
