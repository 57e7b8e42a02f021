import { useState } from 'react'
import { useView } from '../../store/table.ts'
import { Toggle } from '../Toggle.tsx'
import { InEffect } from './InEffect.tsx'
import { Parameters } from './Parameters.tsx'
import { Running } from './Running.tsx'
import { StartFault } from './StartFault.tsx'
import styles from './chaos.module.css'

const PAGES = [
  { id: 'faults', title: 'Faults' },
  { id: 'parameters', title: 'Parameters' },
  { id: 'effects', title: 'In effect' },
] as const

/** What production does, by hand: faults on anything of the system, and any of its numbers, each taken back without residue. */
export function Chaos() {
  const view = useView('faults')
  const phase = useView('lifecycle')?.phase
  const [page, setPage] = useState<(typeof PAGES)[number]['id']>('faults')
  if (!view) return null
  const playing = phase === 'running' || phase === 'paused'
  return (
    <section className={styles.chaos} aria-label="Chaos by hand">
      <h2 className={styles.heading}>Running</h2>
      <Running running={view.running} />
      <div className={styles.pages} role="group" aria-label="What to do">
        {PAGES.map((p) => (
          <Toggle key={p.id} pressed={page === p.id} onPress={() => setPage(p.id)}>
            {p.title}
          </Toggle>
        ))}
      </div>
      {page === 'faults' && (
        <StartFault targets={view.targets} catalogue={view.catalogue} playing={playing} />
      )}
      {page === 'parameters' && <Parameters playing={playing} />}
      {page === 'effects' && <InEffect />}
    </section>
  )
}
