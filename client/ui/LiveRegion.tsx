import { useEffect, useState } from 'react'
import { onAnnounce } from './announce.ts'
import styles from './LiveRegion.module.css'

/** The one place from which {@link announce} is spoken. Two lines take turns, so that the same words twice are read twice. */
export function LiveRegion() {
  const [said, setSaid] = useState({ text: '', turn: 0 })
  useEffect(() => onAnnounce((text) => setSaid((before) => ({ text, turn: 1 - before.turn }))), [])
  return (
    <div className={styles.region} role="status" aria-live="polite">
      <p>{said.turn === 0 ? said.text : ''}</p>
      <p>{said.turn === 1 ? said.text : ''}</p>
    </div>
  )
}
