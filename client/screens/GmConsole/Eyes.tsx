import type { SeatId } from '../../../shared/ids.ts'
import { PlayerDesk } from '../../desks/PlayerDesk.tsx'
import { EyesFrame } from '../../panels/eyes/EyesFrame.tsx'
import { usePeek } from './usePeek.ts'

/** A player's desk as that player sees it at this moment. */
export function Eyes({
  seat,
  onSeat,
  onClose,
}: {
  readonly seat: SeatId
  readonly onSeat: (seat: SeatId) => void
  readonly onClose: () => void
}) {
  const seen = usePeek(seat)
  return (
    <EyesFrame seat={seat} seen={seen} onSeat={onSeat} onClose={onClose}>
      <PlayerDesk />
    </EyesFrame>
  )
}
