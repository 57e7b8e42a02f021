import type { Odds } from '../../../shared/contracts/mitigations.ts'
import { chance } from './proposal.ts'
import styles from './actions.module.css'

const signed = (n: number) => (n > 0 ? `+${n}` : String(n).replace('-', '−'))

/** The chance of success and everything it is made of, before anybody commits. */
export function OddsList({ odds }: { readonly odds: Odds }) {
  return (
    <div className={styles.odds}>
      <p className={styles.chance}>
        <span className={styles.chanceNumber}>{chance(odds.chance)}</span> to succeed
      </p>
      <ul>
        <li>
          <span>Difficulty, on a twenty-sided die</span> <span className={styles.number}>{odds.dc}</span>
        </li>
        {odds.modifiers.map((m, i) => (
          <li key={i}>
            <span>{m.why}</span> <span className={styles.number}>{signed(m.value)}</span>
          </li>
        ))}
        {odds.advantage !== 0 && (
          <li>
            {odds.advantage > 0
              ? 'Advantage: two dice, the better counts'
              : 'Disadvantage: two dice, the worse counts'}
          </li>
        )}
      </ul>
    </div>
  )
}
