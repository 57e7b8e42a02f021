import { useState } from 'react'
import { MySeats } from '../../../shared/api.ts'
import { ROLE_INFO } from '../../../shared/roles.ts'
import { useApi } from '../../net/useApi.ts'
import { Link } from '../../router.tsx'
import { PHASE_WORDS } from '../../store/phaseWords.ts'
import { Badge } from '../../ui/Badge.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { ago } from '../../ui/format.ts'
import { CodeForm } from '../Join/CodeForm.tsx'
import { LoadFailed } from '../LoadFailed.tsx'
import { Page } from '../Page.tsx'
import styles from './Home.module.css'

/** The front page: what this is, three ways in, and the way back to seats already taken. */
export function Home() {
  const [seats, again] = useApi('/api/seats', MySeats)
  const [now] = useState(() => Date.now())
  return (
    <Page title={null}>
      <div className={styles.what}>
        <h1>Meet the worst hour of on-call in a safe place.</h1>
        <p>
          A tabletop exercise for the whole team: a simulated system breaks, you have its dashboards and your
          playbooks, and afterwards you know which playbook needs work.
        </p>
      </div>
      <div className={styles.ways}>
        <Link to="/host" className={styles.way}>
          <Icon name="people" />
          <strong>Host an exercise</strong>
          <span>You are the game master: choose a scenario, seat your team, set the pace.</span>
        </Link>
        <section className={styles.way} aria-label="Join with a code">
          <Icon name="door" />
          <strong>Join with a code</strong>
          <CodeForm primary={false} />
        </section>
        <Link to="/practise" className={styles.way}>
          <Icon name="person" />
          <strong>Practise alone</strong>
          <span>All places are yours; the scenario leads itself and gives hints when asked.</span>
        </Link>
      </div>
      <section aria-labelledby="yours" className={styles.yours}>
        <h2 id="yours">Your exercises</h2>
        {seats.state === 'loading' && <Spinner label="Looking for your seats…" />}
        {seats.state === 'failed' && <LoadFailed error={seats.error} onAgain={again} />}
        {seats.state === 'ready' && seats.data.length === 0 && (
          <EmptyState
            icon="clock"
            title="None yet"
            text="Seats you take in this browser appear here, so that you find back to them."
          />
        )}
        {seats.state === 'ready' && seats.data.length > 0 && (
          <ul className={styles.seats}>
            {seats.data.map((s) => (
              <li key={s.seat}>
                <Link to={`/x/${s.exercise}/${s.seat}`} className={styles.seat}>
                  <span className={styles.name}>
                    <strong>{s.name}</strong>
                    <span className={styles.quiet}>
                      {s.codename} · as {s.seatName},{' '}
                      {s.roles.map((r) => ROLE_INFO[r].title.toLowerCase()).join(', ')}
                    </span>
                  </span>
                  <span className={styles.quiet}>{agoWords(now - s.createdAt)}</span>
                  <Badge tone={s.phase === 'closed' ? 'plain' : 'accent'}>{PHASE_WORDS[s.phase]}</Badge>
                  <Icon name="right" />
                </Link>
              </li>
            ))}
          </ul>
        )}
      </section>
    </Page>
  )
}

const agoWords = (ms: number) => (ago(ms) === 'now' ? 'just now' : `${ago(ms)} ago`)
