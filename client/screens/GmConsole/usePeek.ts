import { useEffect, useState } from 'react'
import type { SeatId } from '../../../shared/ids.ts'
import type { Peeked } from '../../panels/eyes/EyesFrame.tsx'
import { peek } from '../../net/peek.ts'
import { tableStore } from '../../store/table.ts'

const EVERY_MS = 1000

/** What a seat sees, asked for anew every second while the game master looks. */
export function usePeek(seat: SeatId): Peeked {
  const [seen, setSeen] = useState<Peeked>({ state: 'waiting' })
  useEffect(() => {
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async () => {
      const answer = await peek(seat)
      if (over) return
      if (answer !== null) setSeen({ state: 'seen', views: answer })
      // While the line is down nothing is known; what was seen last stays.
      else if (tableStore.getState().status === 'live') setSeen({ state: 'gone' })
      timer = setTimeout(() => void look(), EVERY_MS)
    }
    void look()
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [seat])
  return seen
}
