import { useState } from 'react'
import { ROLE_INFO } from '../../../shared/roles.ts'
import { send } from '../../net/send.ts'
import { Boards } from '../../panels/boards/Boards.tsx'
import { useLeads, useMine, useMySeat, useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Markdown } from '../../ui/Markdown.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import styles from './Briefing.module.css'

const PAGES = [
  { value: 'briefing', title: 'Briefing' },
  { value: 'system', title: 'The healthy system' },
] as const
type PageName = (typeof PAGES)[number]['value']

/** The situation before anything breaks: what the table is told, what it practises, and what normal looks like. */
export function Briefing() {
  const lifecycle = useView('lifecycle')
  const [page, setPage] = useState<PageName>('briefing')
  const leads = useLeads()
  const [busy, setBusy] = useState(false)
  if (!lifecycle) return null
  const start = async () => {
    setBusy(true)
    await send({ type: 'lifecycle.start' })
    setBusy(false)
  }
  return (
    <main id="content" tabIndex={-1} className={styles.briefing}>
      <header className={styles.head}>
        <div>
          <h1>{lifecycle.name}</h1>
          <p className={styles.quiet}>
            {lifecycle.company} · about {lifecycle.minutes} minutes
          </p>
        </div>
        {leads ? (
          <Button kind="primary" size="large" disabled={busy} onClick={() => void start()}>
            <Icon name="play" /> Start the clock
          </Button>
        ) : (
          <p className={styles.waiting}>
            <Icon name="clock" /> Waiting for the game master to start the clock. Look at the healthy system
            meanwhile.
          </p>
        )}
      </header>
      <Tabs label="Before the clock starts" tabs={PAGES} value={page} onPick={setPage}>
        {page === 'briefing' ? <Situation text={lifecycle.briefing} /> : <Healthy />}
      </Tabs>
    </main>
  )
}

function Situation({ text }: { readonly text: string }) {
  const goals = useView('objectives')?.goals ?? []
  const comms = useMine('comms')
  const me = useMySeat()
  return (
    <div className={styles.columns}>
      <article>
        <Markdown source={text} level={2} />
      </article>
      <div className={styles.side}>
        {me && (
          <section className={styles.card} aria-labelledby="role">
            <h2 id="role">Your part</h2>
            {me.roles.map((role) => (
              <div key={role}>
                <strong>{ROLE_INFO[role].title}</strong>
                <p className={styles.quiet}>{ROLE_INFO[role].does}</p>
              </div>
            ))}
            {comms?.handouts.map((h) => (
              <div key={h.title}>
                <h3>{h.title}</h3>
                <Markdown source={h.text} />
              </div>
            ))}
          </section>
        )}
        {goals.length > 0 && (
          <section className={styles.card} aria-labelledby="goals">
            <h2 id="goals">What this table practises</h2>
            <ul className={styles.goals}>
              {goals.map((g) => (
                <li key={g.id}>{g.title}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </div>
  )
}

function Healthy() {
  return (
    <div className={styles.healthy}>
      <p className={styles.quiet}>
        This is the last hour on an ordinary day. Knowing normal is half of detecting: look at the shapes and
        the sizes before the clock starts.
      </p>
      <Boards />
    </div>
  )
}
