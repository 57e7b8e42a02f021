import { useEffect } from 'react'
import { send } from '../../net/send.ts'
import { useMine, useReadOnly, useSeatId } from '../../store/table.ts'
import { deskStore, useDesk, type Reading } from '../deskState.ts'

/** The page that was last told to the server, so that looking twice is told once. */
let told = ''

/**
 * The page open in front of this person. Turning to it is told to the server once per page: who had what open when is
 * evidence about the playbook. After a reload the server's word is taken.
 */
export function useReading(): Reading | null {
  const mine = useMine('playbooks')
  const readOnly = useReadOnly()
  const local = useDesk((s) => s.reading)
  const remote = mine?.open ?? null
  const reading = readOnly ? remote : (local ?? remote)
  const seat = useSeatId() ?? ''
  const key = local ? `${seat}/${local.book}#${local.step ?? ''}` : ''
  useEffect(() => {
    if (readOnly || key === '' || key === told) return
    const { reading: page } = deskStore.getState()
    if (!page) return
    told = key
    void send({ type: 'playbooks.open', book: page.book, step: page.step }, { quiet: true })
  }, [key, readOnly])
  return reading
}
