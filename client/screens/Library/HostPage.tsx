import { Library as LibraryShape, type ScenarioCard } from '../../../shared/api.ts'
import { useApi } from '../../net/useApi.ts'
import { Link } from '../../router.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { LoadFailed } from '../LoadFailed.tsx'
import { Page } from '../Page.tsx'
import { HostForm } from './HostForm.tsx'
import { Level } from './Level.tsx'
import type { Lead } from './Library.tsx'
import { Spoilers } from './Spoilers.tsx'
import styles from './Library.module.css'

/** One scenario without spoilers, the form to host it, and the spoilers for those who ask. */
export function HostPage({ lead, scenario }: { readonly lead: Lead; readonly scenario: string }) {
  const [library, again] = useApi('/api/scenarios', LibraryShape)
  const card = library.state === 'ready' ? library.data.scenarios.find((s) => s.id === scenario) : undefined
  return (
    <Page title={card ? card.codename : 'Scenario'}>
      <Link to={lead === 'human' ? '/host' : '/practise'} className={styles.back}>
        <Icon name="back" /> All scenarios
      </Link>
      {library.state === 'loading' && <Spinner label="Reading the scenario…" />}
      {library.state === 'failed' && <LoadFailed error={library.error} onAgain={again} />}
      {library.state === 'ready' && !card && (
        <>
          <h1>No such scenario</h1>
          <EmptyState
            icon="book"
            title="This scenario is not on the server"
            text="It may have been edited since: its address changes with its content. All scenarios are one step back."
          />
        </>
      )}
      {card && (
        <div className={styles.host}>
          <div className={styles.about}>
            <About card={card} />
            {lead === 'human' && <Spoilers key={card.id} id={card.id} />}
          </div>
          <HostForm card={card} lead={lead} />
        </div>
      )}
    </Page>
  )
}

function About({ card }: { readonly card: ScenarioCard }) {
  return (
    <>
      <div>
        <h1>{card.codename}</h1>
        <p className={styles.quiet}>
          {card.company} · {card.kind}
        </p>
      </div>
      <p className={styles.lead}>{card.summary}</p>
      <p className={styles.facts}>
        <Level level={card.level} />
        <span>
          <Icon name="clock" /> {card.minutes} min
        </span>
        <span>
          <Icon name="people" /> {card.seats}
        </span>
        <span>
          <Icon name="server" /> {card.components} components
        </span>
      </p>
      {card.topics.length > 0 && (
        <p className={styles.topics}>
          {card.topics.map((t) => (
            <Badge key={t}>{t}</Badge>
          ))}
        </p>
      )}
      {card.goals.length > 0 && (
        <section>
          <h2>What the team practises</h2>
          <ul className={styles.list}>
            {card.goals.map((g) => (
              <li key={g}>{g}</li>
            ))}
          </ul>
        </section>
      )}
      {card.playbooks.length > 0 && (
        <section>
          <h2>Playbooks on the table</h2>
          <ul className={styles.list}>
            {card.playbooks.map((p) => (
              <li key={p}>{p}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
