import { createStore, useStore } from 'zustand'
import type { RunView } from '../../shared/contracts/mitigations.ts'
import type { SeatId } from '../../shared/ids.ts'

/** The states in which nothing more is to come of a run without somebody's doing, as words. */
const CAME: Readonly<Partial<Record<RunView['state'], string>>> = {
  done: 'is done',
  failed: 'did not work out',
  reverted: 'is reverted',
  declined: 'was declined',
}

/** Runs of this person that came to an end and whose end they have not looked at yet. */
const newsStore = createStore<{ readonly fresh: readonly string[] }>(() => ({ fresh: [] }))

/** How many ends wait to be looked at. */
export const useFreshRuns = (): number => useStore(newsStore, (s) => s.fresh.length)

/** They stand on the screen now. */
export function markRunsSeen(): void {
  if (newsStore.getState().fresh.length > 0) newsStore.setState({ fresh: [] })
}

/** These came to an end out of sight. */
export function keepFresh(runs: readonly RunView[]): void {
  newsStore.setState(({ fresh }) => ({ fresh: [...fresh, ...runs.map((r) => r.id)] }))
}

/** The states of all runs, to be compared with later ones. */
export type RunStates = ReadonlyMap<string, RunView['state']>

export const runStates = (runs: readonly RunView[]): RunStates => new Map(runs.map((r) => [r.id, r.state]))

/** Runs of a seat that have ended since; one never seen before is old news after a reload. */
export function endedSince({
  before,
  runs,
  seat,
}: {
  before: RunStates
  runs: readonly RunView[]
  seat: SeatId | null
}): RunView[] {
  return runs.filter((r) => {
    const was = before.get(r.id)
    return r.by === seat && was !== undefined && was !== r.state && r.state in CAME
  })
}

/** The end of a run in a line: what came of it, and what it showed. */
export function endInWords(run: RunView): string {
  const how = CAME[run.state] ?? 'goes on'
  const more = run.state === 'declined' ? (run.decided?.why ?? '') : run.result
  // A result says by itself what came of it.
  return run.state === 'declined' || more === ''
    ? `“${run.title}” ${how}${more === '' ? '.' : `: ${more}`}`
    : `“${run.title}”: ${more}`
}
