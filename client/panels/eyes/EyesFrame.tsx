import type { ReactNode } from 'react'
import type { Views } from '../../../shared/frames.ts'
import type { SeatId } from '../../../shared/ids.ts'
import { ViewsProvider, useSeatName, useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import form from '../form.module.css'
import styles from './eyes.module.css'

/** What was seen of a seat: nothing yet, nothing because the seat is free, or its views. */
export type Peeked =
  | { readonly state: 'waiting' }
  | { readonly state: 'gone' }
  | { readonly state: 'seen'; readonly views: Views }

/** Looking through a player's eyes: their desk (`children`) with their views, read only, in a frame that says so. */
export function EyesFrame({
  seat,
  seen,
  onSeat,
  onClose,
  children,
}: {
  readonly seat: SeatId
  readonly seen: Peeked
  readonly onSeat: (seat: SeatId) => void
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const seats = useView('seats')?.seats ?? []
  const seatName = useSeatName()
  const name = seatName(seat)
  return (
    <section className={styles.eyes} aria-label={`What ${name} sees`}>
      <header className={styles.head}>
        <p>
          <Icon name="eye" /> You see what <strong>{name}</strong> sees. You can look and turn pages; nothing
          you do here reaches the table.
        </p>
        <select
          className={form.input}
          value={seat}
          aria-label="Whose eyes"
          onChange={(e) => {
            const chosen = seats.find((s) => s.id === e.target.value)
            if (chosen) onSeat(chosen.id)
          }}
        >
          {seats
            .filter((s) => !s.roles.includes('gm'))
            .map((s) => (
              <option key={s.id} value={s.id}>
                {s.name}
              </option>
            ))}
        </select>
        <Button kind="primary" onClick={onClose}>
          Back to the console
        </Button>
      </header>
      <div className={styles.desk}>
        {seen.state === 'waiting' && <EmptyState icon="eye" title={`Looking through the eyes of ${name}…`} />}
        {seen.state === 'gone' && (
          <EmptyState
            icon="door"
            title="This seat is free now"
            text="Choose another, or go back to the console."
          />
        )}
        {seen.state === 'seen' && (
          <ViewsProvider views={seen.views} seat={seat} readOnly>
            {children}
          </ViewsProvider>
        )}
      </div>
    </section>
  )
}
