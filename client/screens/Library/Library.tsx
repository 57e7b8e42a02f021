import { useEffect, useRef, useState } from 'react'
import { Library as LibraryShape, type ScenarioCard } from '../../../shared/api.ts'
import { useApi } from '../../net/useApi.ts'
import { Link } from '../../router.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Field } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { LoadFailed } from '../LoadFailed.tsx'
import { Page } from '../Page.tsx'
import { findScenarios } from './findScenarios.ts'
import { Level } from './Level.tsx'
import { LEVELS } from './levels.ts'
import { Refused } from './Refused.tsx'
import styles from './Library.module.css'

export type Lead = 'human' | 'automatic'

/** The scenarios on this server, without spoilers: for a game master to host, or for one to practise alone. */
export function Library({ lead }: { readonly lead: Lead }) {
  const [library, again] = useApi('/api/scenarios', LibraryShape)
  const [query, setQuery] = useState('')
  const [levels, setLevels] = useState<readonly number[]>([])
  const search = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const pressed = (e: KeyboardEvent) => {
      if (
        e.key !== '/' ||
        e.ctrlKey ||
        e.metaKey ||
        (e.target instanceof HTMLElement && e.target.matches('input, textarea'))
      )
        return
      e.preventDefault()
      search.current?.focus()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [])
  const cards = library.state === 'ready' ? library.data.scenarios : []
  const found = findScenarios(cards, { query, levels })
  const clear = () => {
    setQuery('')
    setLevels([])
  }
  return (
    <Page title={lead === 'human' ? 'Host an exercise' : 'Practise alone'}>
      <div>
        <h1>{lead === 'human' ? 'Choose a scenario to host' : 'Choose a scenario to practise'}</h1>
        <p className={styles.quiet}>
          {lead === 'human'
            ? 'Cards tell nothing of what will break. Spoilers are on the next page, for those who ask.'
            : 'You take every place yourself. Nothing here tells what will break.'}
        </p>
      </div>
      {library.state === 'loading' && <Spinner label="Reading the scenarios…" />}
      {library.state === 'failed' && <LoadFailed error={library.error} onAgain={again} />}
      {library.state === 'ready' && (
        <>
          {cards.length > 0 && (
            <div className={styles.filters} role="search">
              <Field
                ref={search}
                label="Search"
                type="search"
                value={query}
                placeholder="cache, database, retries…"
                onChange={(e) => setQuery(e.target.value)}
              />
              <div role="group" aria-label="Levels" className={styles.levels}>
                {LEVELS.map(({ level, word }) => (
                  <button
                    key={level}
                    type="button"
                    aria-pressed={levels.includes(level)}
                    onClick={() =>
                      setLevels(
                        levels.includes(level) ? levels.filter((l) => l !== level) : [...levels, level],
                      )
                    }
                  >
                    {level} {word}
                  </button>
                ))}
              </div>
              <p className={styles.count} role="status">
                {found.length} of {cards.length}
              </p>
            </div>
          )}
          {cards.length === 0 && (
            <EmptyState
              icon="book"
              title="No scenarios on this server"
              text="The server reads its own folder and the one named by SCENARIOS_DIR. Put scenario folders there, then look again."
            >
              <Button onClick={again}>Look again</Button>
            </EmptyState>
          )}
          {cards.length > 0 && found.length === 0 && (
            <EmptyState icon="search" title="No scenario matches">
              <Button onClick={clear}>Show all</Button>
            </EmptyState>
          )}
          <ul className={styles.cards}>
            {found.map((card) => (
              <li key={card.id}>
                <Card card={card} lead={lead} />
              </li>
            ))}
          </ul>
          {library.data.refused.length > 0 && <Refused refused={library.data.refused} />}
        </>
      )}
    </Page>
  )
}

function Card({ card, lead }: { readonly card: ScenarioCard; readonly lead: Lead }) {
  return (
    <Link
      to={`/${lead === 'human' ? 'host' : 'practise'}/${encodeURIComponent(card.id)}`}
      className={styles.card}
    >
      <span className={styles.cardHead}>
        <strong>{card.codename}</strong>
        {card.kind !== 'incident' && <Badge>{card.kind}</Badge>}
      </span>
      <span className={styles.quiet}>{card.company}</span>
      <span className={styles.summary}>{card.summary}</span>
      <span className={styles.facts}>
        <Level level={card.level} />
        <span>
          <Icon name="clock" /> {card.minutes} min
        </span>
        <span>
          <Icon name="people" /> {card.seats}
        </span>
      </span>
      <span className={styles.facts}>
        <span>
          <Icon name="server" /> {card.components} components
        </span>
        <span title={card.playbooks.join(', ')}>
          <Icon name="book" />{' '}
          {card.playbooks.length === 1 ? '1 playbook' : `${card.playbooks.length} playbooks`}
        </span>
      </span>
      <span className={styles.topics}>
        {card.topics.map((t) => (
          <Badge key={t}>{t}</Badge>
        ))}
      </span>
    </Link>
  )
}
