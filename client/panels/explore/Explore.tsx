import { useEffect, useMemo, useRef, useState } from 'react'
import { summaryOf } from '../../../shared/exploration.ts'
import type { RequestTable } from '../../../shared/requests.ts'
import { closeTrace, lookAgain, lookAtRequests, useRequests, useTrace } from '../../store/requests.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { number } from '../../ui/format.ts'
import { useDesk } from '../deskState.ts'
import { HeatMap } from '../HeatMap.tsx'
import { useGround } from '../useGround.ts'
import { Differences } from './Differences.tsx'
import { Examples } from './Examples.tsx'
import { exploreStore, PAGES, useExplore, type ExplorePage } from './exploreState.ts'
import styles from './explore.module.css'
import { FilterBar } from './FilterBar.tsx'
import { Groups } from './Groups.tsx'
import { lookAt } from './looking.ts'
import { RangePicker } from './RangePicker.tsx'
import { TraceView } from './TraceView.tsx'

const TITLES: Readonly<Record<ExplorePage, string>> = {
  groups: 'Groups',
  differences: 'What is different',
  requests: 'Single requests',
}
const requests = (n: number) => `${number(n, 'count')} requests`

/** Sampled requests of the simulated system: when they came, how long they took, what the odd ones have in common. */
export function Explore() {
  const range = useDesk((s) => s.exploreRange)
  const { state, why, table } = useRequests()
  const open = useTrace()
  useEffect(() => {
    lookAtRequests(range)
    return () => lookAtRequests(null)
  }, [range])
  const filter = useExplore((s) => s.filter)
  const box = useExplore((s) => s.box)
  // Who comes back from a trace goes on where they opened it.
  const [cameFrom, setCameFrom] = useState<string | null>(null)
  const section = useRef<HTMLElement>(null)
  useEffect(() => {
    // Opened from a log line, it may not be listed here.
    if (cameFrom !== null && document.activeElement === document.body) section.current?.focus()
  }, [cameFrom])
  if (open.state !== 'none')
    return (
      <section className={styles.explore} aria-label="Requests">
        <TraceView
          open={open}
          onClose={() => {
            setCameFrom(open.id)
            closeTrace()
          }}
        />
      </section>
    )
  return (
    <section ref={section} tabIndex={-1} className={styles.explore} aria-label="Requests">
      <div className={styles.tools}>
        <RangePicker range={range} />
        <FilterBar table={table} filter={filter} selected={box !== null} />
      </div>
      {state === 'failed' ? (
        <EmptyState icon="offline" title="The requests could not be fetched" text={why}>
          <Button onClick={lookAgain}>Try again</Button>
        </EmptyState>
      ) : !table ? (
        <Spinner label="Fetching requests…" />
      ) : table.trace.length === 0 ? (
        <EmptyState
          icon="search"
          title="No requests"
          text="Nobody used the system in this time, as far as is known."
        />
      ) : (
        <Found table={table} cameFrom={cameFrom} />
      )}
    </section>
  )
}

function Found({ table, cameFrom }: { readonly table: RequestTable; readonly cameFrom: string | null }) {
  const ground = useGround()
  const { filter, box, by, page } = useExplore((s) => s)
  const looking = useMemo(() => lookAt(table, { filter, box }), [table, filter, box])
  const { grid, shown, seconds } = looking
  const all = summaryOf(table, shown, seconds)
  const time = (s: number | null) => (s === null ? '—' : number(s, 's'))
  return (
    <div className={styles.found}>
      <HeatMap
        label="Requests by time and duration. Arrow keys read cells, with Shift they select, Escape takes it back."
        grid={grid}
        ground={ground}
        count={requests}
        box={box}
        onBox={(next) => exploreStore.setState({ box: next, ...(next && { page: 'differences' }) })}
      />
      <p className={styles.summary}>
        <strong>{requests(all.count)}</strong>
        {box ? ' in the selection' : ''} from {all.samples} samples · {number(all.perSecond, 'per_s')} ·{' '}
        {number(all.failed, 'ratio')} failed · p50 {time(all.p50)} · p95 {time(all.p95)} · p99 {time(all.p99)}
      </p>
      {shown.length === 0 ? (
        <EmptyState icon="search" title="No request matches" text="Take a condition away." />
      ) : (
        <Tabs
          label="Requests found"
          value={page}
          onPick={(next) => exploreStore.setState({ page: next })}
          tabs={PAGES.map((value) => ({ value, title: TITLES[value] }))}
        >
          {page === 'groups' && <Groups table={table} places={shown} by={by} seconds={seconds} />}
          {page === 'differences' && <Differences table={table} looking={looking} />}
          {page === 'requests' && <Examples table={table} places={shown} cameFrom={cameFrom} />}
        </Tabs>
      )}
    </div>
  )
}
