import { LEVELS, levelWord } from './levels.ts'
import styles from './Library.module.css'

/** A level as pips and a word. */
export function Level({ level }: { readonly level: number }) {
  return (
    <span className={styles.level}>
      <span className={styles.pips} role="img" aria-label={`level ${level} of 5`}>
        {LEVELS.map((l) => (
          <span key={l.level} className={l.level <= level ? styles.pip : styles.hole} />
        ))}
      </span>
      {levelWord(level)}
    </span>
  )
}
