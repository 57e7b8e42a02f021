import type { Message } from '../../shared/contracts/comms.ts'
import { useMine, useReadOnly, useSeatId, useView } from '../store/table.ts'
import { useFreshRuns } from './runNews.ts'
import { useUnread } from './unread.ts'

const NONE: readonly Message[] = []

/** How many things wait behind each tab: unread messages, and decisions, commits and results of this seat. */
export function useMarks(): { readonly channel: number; readonly actions: number } {
  const seat = useSeatId() ?? ''
  const channel = useUnread(seat, 'channel', useView('comms')?.channel ?? NONE)
  const comms = useMine('comms')
  const inbox = useUnread(seat, 'inbox', comms?.inbox ?? NONE)
  const line = useUnread(seat, 'line', comms?.line ?? NONE)
  const mine = useMine('mitigations')
  const fresh = useFreshRuns()
  // What somebody else has read is not known here.
  const readOnly = useReadOnly()
  return {
    channel: readOnly ? 0 : channel + inbox + line,
    actions: (mine?.canApprove.length ?? 0) + (mine?.canCommit.length ?? 0) + (readOnly ? 0 : fresh),
  }
}
