import { useEffect, useState } from 'react'
import type { SeatId } from '../../../shared/ids.ts'
import { RecordSchema, type ExerciseRecord } from '../../../shared/record.ts'
import { api } from '../../net/api.ts'

export interface Recorded {
  readonly record: ExerciseRecord | null
  /** What went wrong with the last reading, null when nothing did. */
  readonly fault: string | null
  readonly again: () => void
}

/** Long enough that a burst of changes is read once. */
const SETTLE_MS = 400

/** The record of this exercise, read anew whenever `version` changes; the last one stays on the screen meanwhile. */
export function useRecord(seat: SeatId, version: string): Recorded {
  const [record, setRecord] = useState<ExerciseRecord | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let over = false
    const read = async () => {
      try {
        const next = await api.get(`/api/seats/${seat}/record`, RecordSchema)
        if (over) return
        setRecord(next)
        setFault(null)
      } catch (error) {
        // The page says so and offers to try again; what was read before stays.
        if (!over) setFault(error instanceof Error ? error.message : 'The record could not be read.')
      }
    }
    const timer = setTimeout(() => void read(), SETTLE_MS)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [seat, version, tries])
  return { record, fault, again: () => setTries(tries + 1) }
}
