import type { RunView } from '../../../shared/contracts/mitigations.ts'

const OPEN: readonly RunView['state'][] = ['proposed', 'approved', 'in-progress']

/** Runs that still ask for something, those waiting for this person first; and the ones that are over, newest first. */
export function sortRuns(
  runs: readonly RunView[],
  { waiting, seat }: { waiting: readonly string[]; seat: string | null },
): { open: RunView[]; over: RunView[] } {
  const weight = (run: RunView) =>
    (waiting.includes(run.id) ? 0 : 4) + (run.by === seat ? 0 : 2) + (run.state === 'in-progress' ? 1 : 0)
  return {
    open: runs
      .filter((r) => OPEN.includes(r.state))
      .toSorted((a, b) => weight(a) - weight(b) || b.proposedAt - a.proposedAt),
    over: runs
      .filter((r) => !OPEN.includes(r.state))
      .toSorted((a, b) => (b.endedAt ?? b.proposedAt) - (a.endedAt ?? a.proposedAt)),
  }
}
