import { useEffect, useMemo, useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useTelemetry } from '../../store/telemetry.ts'
import { useView } from '../../store/table.ts'
import { useDesk } from '../deskState.ts'
import { useComponents } from '../useComponents.ts'
import { useGround } from '../useGround.ts'
import { annotationsOf } from './annotations.ts'
import { ChartFigure } from './ChartFigure.tsx'
import { chartRegistry } from './chartRegistry.ts'
import { GaugeFigure } from './GaugeFigure.tsx'
import { HeatFigure } from './HeatFigure.tsx'
import { StateTimelineFigure } from './StateTimelineFigure.tsx'
import { StatFigure } from './StatFigure.tsx'
import { TableFigure } from './TableFigure.tsx'
import { TimeControls } from './TimeControls.tsx'
import styles from './boards.module.css'

/** The dashboards of the simulated system, all on one time axis. */
export function Boards() {
  const system = useView('system')
  const response = useView('response')
  const mitigations = useView('mitigations')
  const markedChange = useDesk((s) => s.markedChange)
  const telemetry = useTelemetry()
  const components = useComponents()
  const ground = useGround()
  const [chosen, setChosen] = useState<string | null>(null)
  const [registry] = useState(chartRegistry)
  useEffect(() => registry.stop, [registry])
  useEffect(() => registry.ask(), [registry, telemetry.version])

  const annotations = useMemo(
    () =>
      annotationsOf(
        { ...(system && { system }), ...(response && { response }), ...(mitigations && { mitigations }) },
        markedChange,
      ),
    [system, response, mitigations, markedChange],
  )
  const boards = system?.boards ?? []
  const board = boards.find((b) => b.id === chosen) ?? boards[0]
  if (!board) return <EmptyState icon="chart" title="No boards" text="This system came without dashboards." />
  return (
    <div className={styles.boards}>
      <div className={styles.head}>
        {boards.length > 1 && (
          <div className={styles.boardTabs} role="group" aria-label="Boards">
            {boards.map((b) => (
              <button
                key={b.id}
                type="button"
                aria-pressed={b.id === board.id}
                onClick={() => setChosen(b.id)}
              >
                {b.title}
              </button>
            ))}
          </div>
        )}
        <TimeControls />
      </div>
      {/* Another board begins at its top. */}
      <div key={board.id} className={styles.grid}>
        {board.panels.map((panel) => {
          const key = `${board.id}/${panel.id}`
          switch (panel.kind) {
            case 'stat':
              return <StatFigure key={key} panel={panel} ground={ground} components={components} />
            case 'gauge':
              return <GaugeFigure key={key} panel={panel} />
            case 'table':
              return <TableFigure key={key} panel={panel} ground={ground} components={components} />
            case 'state-timeline':
              return <StateTimelineFigure key={key} panel={panel} />
            case 'heat-map':
              return <HeatFigure key={key} panel={panel} ground={ground} components={components} />
            case 'time-series':
              return (
                <ChartFigure
                  key={key}
                  panel={panel}
                  ground={ground}
                  components={components}
                  annotations={annotations}
                  registry={registry}
                />
              )
          }
        })}
      </div>
    </div>
  )
}
