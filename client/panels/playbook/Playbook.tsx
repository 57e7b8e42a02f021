import { useDeferredValue, useMemo, useState } from 'react'
import type { Playbook as Book } from '../../../shared/contracts/playbooks.ts'
import { useView } from '../../store/table.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { openPlaybook } from '../deskState.ts'
import { Search } from '../Search.tsx'
import { BookReader } from './BookReader.tsx'
import { bookIndex, type Found } from './searchBooks.ts'
import { useReading } from './useReading.ts'
import styles from './playbook.module.css'

const NONE: readonly Book[] = []

/** The playbooks on the table: a search over all of them, the list, and the one that is open. */
export function Playbook() {
  const view = useView('playbooks')
  const alerts = useView('alerts')?.alerts
  const reading = useReading()
  const [listing, setListing] = useState(false)
  const [query, setQuery] = useState('')
  const books = view?.books ?? NONE
  const search = useMemo(() => bookIndex(books), [books])
  const wanted = useDeferredValue(query.trim())
  const found = useMemo(() => (wanted === '' ? [] : search(wanted)), [search, wanted])
  const book = books.find((b) => b.id === reading?.book)
  const called = new Set(
    (alerts ?? []).flatMap((a) => (a.state === 'firing' && a.playbook ? [a.playbook.book] : [])),
  )

  if (!view || books.length === 0) {
    return <EmptyState icon="book" title="No playbooks" text="This team has written none for this system." />
  }
  const turnTo = (page: { book: string; step: string | null }) => {
    setQuery('')
    setListing(false)
    openPlaybook(page)
  }
  return (
    <section className={styles.playbook} aria-label="Playbook">
      <div className={styles.tools}>
        {book && !listing && (
          <button type="button" className={styles.back} onClick={() => setListing(true)}>
            <Icon name="back" /> All playbooks
          </button>
        )}
        <Search
          label="Search all playbooks"
          value={query}
          onChange={setQuery}
          onKeyDown={(e) => {
            const first = found[0]
            if (e.key === 'Enter' && first) turnTo(first)
          }}
        />
      </div>
      {wanted !== '' ? (
        <Results found={found} onOpen={turnTo} />
      ) : book && !listing ? (
        <BookReader key={book.id} book={book} step={reading?.step ?? null} view={view} />
      ) : (
        <ul className={styles.books}>
          {books
            .toSorted((a, b) => Number(called.has(b.id)) - Number(called.has(a.id)))
            .map((b) => (
              <li key={b.id}>
                <button
                  type="button"
                  className={styles.book}
                  onClick={() => turnTo({ book: b.id, step: null })}
                >
                  <span className={styles.bookTitle}>{b.title}</span>
                  <span className={styles.meta}>
                    {b.owner} · {b.steps.length} steps · reviewed {b.lastReviewed}
                  </span>
                  {called.has(b.id) && (
                    <span className={styles.called}>
                      <Icon name="bell" /> linked from a firing alert
                    </span>
                  )}
                </button>
              </li>
            ))}
        </ul>
      )}
    </section>
  )
}

function Results({
  found,
  onOpen,
}: {
  readonly found: readonly Found[]
  readonly onOpen: (page: Found) => void
}) {
  if (found.length === 0)
    return <EmptyState icon="search" title="No step matches" text="Try another word for it." />
  return (
    <ul className={styles.books} aria-label="Found steps">
      {found.map((page) => (
        <li key={`${page.book}#${page.step ?? ''}`}>
          <button type="button" className={styles.book} onClick={() => onOpen(page)}>
            <span className={styles.bookTitle}>
              {page.stepTitle === '' ? page.bookTitle : page.stepTitle}
            </span>
            {page.stepTitle !== '' && <span className={styles.meta}>{page.bookTitle}</span>}
          </button>
        </li>
      ))}
    </ul>
  )
}
