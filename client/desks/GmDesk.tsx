import { useState, type ReactNode } from 'react'
import type { SeatId } from '../../shared/ids.ts'
import { useMedia } from '../store/prefs.ts'
import { useView } from '../store/table.ts'
import { Badge } from '../ui/Badge.tsx'
import { cx } from '../ui/cx.ts'
import { Tabs, type Tab } from '../ui/Tabs.tsx'
import { Channel } from '../panels/channel/Channel.tsx'
import { Chaos } from '../panels/chaos/Chaos.tsx'
import { IncidentChart } from '../panels/chart/IncidentChart.tsx'
import { GmTable } from '../panels/gmTable/GmTable.tsx'
import { useDesk } from '../panels/deskState.ts'
import { Lane } from '../panels/lane/Lane.tsx'
import { Map } from '../panels/map/Map.tsx'
import { Goals } from '../panels/notes/Goals.tsx'
import { Notes } from '../panels/notes/Notes.tsx'
import { ApprovalRequests } from '../panels/requests/ApprovalRequests.tsx'
import { RunSheetPanel } from '../panels/runsheet/RunSheetPanel.tsx'
import { Timeline } from '../panels/timeline/Timeline.tsx'
import { Truth } from '../panels/truth/Truth.tsx'
import styles from './GmDesk.module.css'

type Page =
  'now' | 'chart' | 'truth' | 'map' | 'chaos' | 'lane' | 'timeline' | 'channel' | 'table' | 'notes' | 'goals'

/** The game master's arrangement: three columns and the run sheet, four on a wide screen, one with tabs on a tablet. */
export function GmDesk({ onEyes }: { readonly onEyes: (seat: SeatId) => void }) {
  const narrow = useMedia('(max-width: 1039px)')
  const wide = useMedia('(min-width: 1600px)')
  const waiting = (useView('mitigations')?.runs ?? []).filter((r) => r.state === 'proposed').length
  const due = (useView('injects')?.list ?? []).filter((i) => i.state === 'due').length
  const faults = (useView('faults')?.running ?? []).length
  const count = (n: number) => (n > 0 ? { mark: <Badge tone="accent">{n}</Badge> } : {})
  const pages: Readonly<Record<Page, Tab<Page>>> = {
    now: { value: 'now', title: 'Now', ...count(waiting) },
    chart: { value: 'chart', title: 'Chart' },
    truth: { value: 'truth', title: 'Truth' },
    map: { value: 'map', title: 'Map' },
    chaos: { value: 'chaos', title: 'Chaos', ...count(faults) },
    lane: { value: 'lane', title: 'Injects', ...count(due) },
    timeline: { value: 'timeline', title: 'Timeline' },
    channel: { value: 'channel', title: 'Channel' },
    table: { value: 'table', title: 'Table' },
    notes: { value: 'notes', title: 'Notes' },
    goals: { value: 'goals', title: 'Goals' },
  }
  const draw = (page: Page): ReactNode => {
    switch (page) {
      case 'now':
        return (
          <>
            <RunSheetPanel />
            <ApprovalRequests />
          </>
        )
      case 'chart':
        return <IncidentChart />
      case 'truth':
        return <Truth />
      case 'map':
        return <Map />
      case 'chaos':
        return <Chaos />
      case 'lane':
        return <Lane />
      case 'timeline':
        return <Timeline />
      case 'channel':
        return <Channel />
      case 'table':
        return <GmTable onEyes={onEyes} />
      case 'notes':
        return <Notes />
      case 'goals':
        return <Goals />
    }
  }
  const column = (label: string, list: readonly Page[]) => (
    <Pages label={label} tabs={list.map((p) => pages[p])} draw={draw} tall={list.includes('chart')} />
  )
  if (narrow) {
    return (
      <main className={styles.narrow}>
        {column('Console', [
          'now',
          'chart',
          'truth',
          'map',
          'chaos',
          'lane',
          'table',
          'timeline',
          'channel',
          'notes',
          'goals',
        ])}
      </main>
    )
  }
  return (
    <main className={styles.desk} data-wide={wide || undefined}>
      <div className={styles.column}>
        {wide ? (
          <>
            {column('Incident', ['chart'])}
            {column('The truth', ['truth', 'map', 'chaos'])}
          </>
        ) : (
          column('The truth', ['chart', 'truth', 'map', 'chaos'])
        )}
      </div>
      <div className={styles.column}>
        {column('What comes and what was', wide ? ['lane'] : ['lane', 'timeline', 'channel'])}
      </div>
      {wide && (
        <div className={styles.column}>{column('What was said and done', ['timeline', 'channel'])}</div>
      )}
      <div className={styles.column}>
        <div className={styles.requests}>
          <ApprovalRequests />
        </div>
        {column('The table', ['table', 'notes', 'goals'])}
      </div>
      <div className={styles.sheet}>
        <RunSheetPanel />
      </div>
    </main>
  )
}

/** One column of pages; each column remembers its own page while the console is open. */
function Pages({
  label,
  tabs,
  draw,
  tall,
}: {
  readonly label: string
  readonly tabs: readonly Tab<Page>[]
  readonly draw: (page: Page) => ReactNode
  /** Takes more of its column than its neighbour does. */
  readonly tall: boolean
}) {
  const [page, setPage] = useState<Page>(tabs[0]?.value ?? 'now')
  const calls = useDesk((s) => s.chaosCalls)
  const [answered, setAnswered] = useState(calls)
  if (calls !== answered) {
    setAnswered(calls)
    if (tabs.some((t) => t.value === 'chaos')) setPage('chaos')
  }
  const shown = tabs.some((t) => t.value === page) ? page : (tabs[0]?.value ?? 'now')
  return (
    <Tabs
      label={label}
      tabs={tabs}
      value={shown}
      onPick={setPage}
      className={cx(styles.pages, tall && styles.tall)}
    >
      {draw(shown)}
    </Tabs>
  )
}
