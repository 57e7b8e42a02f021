import { useEffect, useRef } from 'react'
import type { RunView } from '../../shared/contracts/mitigations.ts'
import { useReadOnly, useSeatId, useView } from '../store/table.ts'
import { announce } from '../ui/announce.ts'
import { toast } from '../ui/toasts.ts'
import { endedSince, endInWords, keepFresh, markRunsSeen, runStates, type RunStates } from './runNews.ts'

const NONE: readonly RunView[] = []
const SHOWN = 160

/**
 * Tells a person when their own work came to an end: aloud while the actions are in sight, else with a notice and a mark
 * on their tab until they look.
 */
export function useRunNews(inSight: boolean): void {
  const runs = useView('mitigations')?.runs ?? NONE
  const seat = useSeatId()
  const readOnly = useReadOnly()
  const before = useRef<RunStates>(new Map())
  useEffect(() => {
    const ended = readOnly ? [] : endedSince({ before: before.current, runs, seat })
    before.current = runStates(runs)
    if (inSight) {
      markRunsSeen()
      for (const run of ended) announce(endInWords(run))
      return
    }
    if (ended.length > 0) keepFresh(ended)
    for (const run of ended) {
      const words = endInWords(run)
      const level = run.state === 'done' ? 'good' : 'warning'
      toast(words.length > SHOWN ? `${words.slice(0, SHOWN - 1)}…` : words, level)
    }
  }, [runs, seat, readOnly, inSight])
}
