import type { Odds } from '../../../shared/contracts/mitigations.ts'
import styles from './requests.module.css'

const signed = (n: number) => (n > 0 ? `+${n}` : String(n).replace('-', '−'))
const ADVANTAGE: Readonly<Record<string, string>> = { '1': 'advantage', '-1': 'disadvantage' }

/** Odds on one line: `90 % · difficulty 11 · +3 cites the open step`. */
export function OddsWords({ odds }: { readonly odds: Odds }) {
  const parts = [
    `difficulty ${odds.dc}`,
    ...odds.modifiers.map((m) => `${signed(m.value)} ${m.why}`),
    ...(odds.advantage === 0 ? [] : [ADVANTAGE[String(odds.advantage)] ?? '']),
  ]
  return (
    <p className={styles.odds}>
      <strong>{Math.round(odds.chance * 100)} %</strong> to succeed · {parts.join(' · ')}
    </p>
  )
}
