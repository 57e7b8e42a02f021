import { useState } from 'react'
import type { ViewOf } from '../../../shared/contracts/index.ts'
import { useMySeat, useSeatName } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useAct } from '../useAct.ts'
import form from '../form.module.css'
import styles from './hotwash.module.css'

type Card = ViewOf<'hotwash'>['cards'][number]

/** One column of the board and the place to write its next card. Enter keeps the card, Shift+Enter starts a new line. */
export function HotWashColumn({
  kind,
  title,
  asks,
  cards,
  open,
}: {
  readonly kind: Card['kind']
  readonly title: string
  readonly asks: string
  readonly cards: readonly Card[]
  readonly open: boolean
}) {
  const [text, setText] = useState('')
  const seatName = useSeatName()
  const me = useMySeat()
  const { busy, act } = useAct()
  const keep = async () => {
    if (text.trim() !== '' && !busy && (await act({ type: 'hotwash.write', kind, text }))) setText('')
  }
  return (
    <section className={styles.column} aria-label={title}>
      <h3>
        {title} <span className={styles.count}>{cards.length}</span>
      </h3>
      <p className={styles.asks}>{asks}</p>
      {open && (
        <form
          className={styles.write}
          onSubmit={(e) => {
            e.preventDefault()
            void keep()
          }}
        >
          <textarea
            className={form.input}
            value={text}
            rows={2}
            maxLength={500}
            aria-label={`A card for ${title}`}
            placeholder="Write a card"
            onChange={(e) => setText(e.target.value)}
            onKeyDown={(e) => {
              if (e.key !== 'Enter' || e.shiftKey || e.nativeEvent.isComposing) return
              e.preventDefault()
              void keep()
            }}
          />
          <Button size="small" type="submit" disabled={busy || text.trim() === ''}>
            Add card
          </Button>
        </form>
      )}
      {cards.length === 0 && !open && <p className={styles.none}>No card.</p>}
      <ul className={styles.cards}>
        {cards.toReversed().map((card) => (
          <li key={card.id}>
            <p>{card.text}</p>
            <p className={styles.by}>
              {seatName(card.seat)}
              {open && (card.seat === me?.id || me?.roles.includes('gm') === true) && (
                <IconButton
                  size="small"
                  icon="trash"
                  label="Take this card off"
                  disabled={busy}
                  onClick={() => void act({ type: 'hotwash.erase', card: card.id })}
                />
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
