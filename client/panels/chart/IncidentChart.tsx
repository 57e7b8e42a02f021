import { lazy, Suspense } from 'react'
import { useView } from '../../store/table.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { clock } from '../../ui/format.ts'
import { pathSteps } from './layoutChart.ts'
import { Nudge } from './Nudge.tsx'
import styles from './chart.module.css'

// The drawing library is as large as the rest of the console; whoever does not lead never loads it.
const ChartFlow = lazy(async () => ({ default: (await import('./ChartFlow.tsx')).ChartFlow }))

/** Where the incident really is: its chart, the way so far, and a hand on it. */
export function IncidentChart() {
  const incident = useView('incident')
  if (!incident) return null
  const parents = new Set(incident.nodes.map((n) => n.parent))
  const now = incident.nodes.filter((n) => incident.active.includes(n.id) && !parents.has(n.id))
  const steps = pathSteps(incident.path, incident.nodes).toReversed()
  return (
    <section className={styles.chart} aria-label="Incident chart">
      <header className={styles.head}>
        <p className={styles.where} aria-live="polite">
          {now.length === 0 ? 'The incident has not begun.' : `Now: ${now.map((n) => n.title).join(' · ')}`}
        </p>
        <Nudge accepts={incident.accepts} />
      </header>
      <div className={styles.flow}>
        {incident.nodes.length === 0 ? (
          <EmptyState icon="map" title="No chart" text="This scenario has no states to draw." />
        ) : (
          <Suspense fallback={<p className={styles.loading}>Drawing the chart…</p>}>
            <ChartFlow incident={incident} />
          </Suspense>
        )}
      </div>
      {steps.length > 0 && (
        <ol className={styles.path} aria-label="The way so far, newest first" tabIndex={0}>
          {steps.map((step, i) => (
            <li key={steps.length - i}>
              <time>{clock(step.at)}</time> {step.event} → {step.titles.join(' · ')}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
