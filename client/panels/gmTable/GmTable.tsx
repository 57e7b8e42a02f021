import type { SeatId } from '../../../shared/ids.ts'
import { useTable, useView } from '../../store/table.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { lastActs } from './lastActs.ts'
import { SeatRow } from './SeatRow.tsx'
import styles from './gmTable.module.css'

/** Who sits at the table, who is away, what each did last; and the private line to each. */
export function GmTable({ onEyes }: { readonly onEyes: (seat: SeatId) => void }) {
  const seats = useView('seats')?.seats ?? []
  const entries = useView('timeline')?.entries ?? []
  const comms = useView('comms')
  const here = useTable((t) => t.presence)
  const players = seats.filter((s) => !s.roles.includes('gm'))
  const acts = lastActs(entries, comms?.channel ?? [])
  if (players.length === 0) {
    return <EmptyState icon="people" title="Nobody has joined yet" text="Give the table the join code." />
  }
  return (
    <ul className={styles.seats} aria-label="Seats">
      {players.map((seat) => (
        <SeatRow
          key={seat.id}
          seat={seat}
          here={here.includes(seat.id)}
          act={acts.get(seat.id) ?? null}
          line={comms?.lines?.[seat.id] ?? []}
          onEyes={onEyes}
        />
      ))}
    </ul>
  )
}
