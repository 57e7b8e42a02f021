import { lazy, Suspense, useState } from 'react'
import { useTelemetry } from '../../store/telemetry.ts'
import { useView } from '../../store/table.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Toggle } from '../Toggle.tsx'
import { useComponents } from '../useComponents.ts'
import { ComponentDetails } from './ComponentDetails.tsx'
import { MapTable } from './MapTable.tsx'
import styles from './map.module.css'

// The graph library is heavy and many people never open the map.
const MapGraph = lazy(async () => ({ default: (await import('./MapGraph.tsx')).MapGraph }))

/** How the system hangs together and how each part feels, as a graph and as a list. */
export function Map() {
  const system = useView('system')
  const components = useComponents()
  const [selected, setSelected] = useState<string | null>(null)
  const [asList, setAsList] = useState(false)
  // Renders with every new sample.
  useTelemetry()
  if (!system || system.components.length === 0) {
    return <EmptyState icon="map" title="No map" text="This system came without components." />
  }
  const chosen = system.components.find((c) => c.id === selected)
  return (
    <section className={styles.map} aria-label="Map of the system">
      <div className={styles.tools}>
        <Toggle pressed={asList} onPress={() => setAsList(!asList)}>
          As a list
        </Toggle>
        {!asList && <span className={styles.hint}>Choose a component for its numbers, changes and logs</span>}
      </div>
      <div className={styles.body}>
        {asList ? (
          <MapTable system={system} selected={selected} onSelect={setSelected} />
        ) : (
          <Suspense fallback={<Spinner label="Drawing the map" />}>
            <MapGraph system={system} selected={selected} onSelect={setSelected} />
          </Suspense>
        )}
        {chosen && (
          <ComponentDetails component={chosen} components={components} onClose={() => setSelected(null)} />
        )}
      </div>
    </section>
  )
}
