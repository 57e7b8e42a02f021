import { useState } from 'react'
import { ROLE_INFO } from '../../../shared/roles.ts'
import { send } from '../../net/send.ts'
import { Boards } from '../../panels/boards/Boards.tsx'
import { Changes } from '../../panels/changes/Changes.tsx'
import { showMiddle, useDesk } from '../../panels/deskState.ts'
import { Explore } from '../../panels/explore/Explore.tsx'
import { Logs } from '../../panels/logs/Logs.tsx'
import { Map } from '../../panels/map/Map.tsx'
import { Playbook } from '../../panels/playbook/Playbook.tsx'
import { useLeads, useMine, useMySeat, useTable, useView, ViewsProvider } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Markdown } from '../../ui/Markdown.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import styles from './Briefing.module.css'

const PAGES = [
  { value: 'briefing', title: 'Briefing' },
  { value: 'boards', title: 'The healthy system' },
  { value: 'map', title: 'Map' },
  { value: 'logs', title: 'Logs' },
  { value: 'explore', title: 'Requests' },
  { value: 'changes', title: 'Changes' },
  { value: 'playbooks', title: 'Playbooks' },
] as const
type PageName = (typeof PAGES)[number]['value']

/** The situation before anything breaks: what the table is told, what it practises, and what normal looks like. */
export function Briefing() {
  const lifecycle = useView('lifecycle')
  // What is looked at of the system is the desk's to say, so that "show on charts" turns to the charts here too.
  const [sheet, setSheet] = useState<'briefing' | 'playbooks' | null>('briefing')
  const middle = useDesk((d) => d.middle)
  const page = sheet ?? (middle === 'status' ? 'boards' : middle)
  const pick = (to: PageName) => {
    if (to === 'briefing' || to === 'playbooks') return setSheet(to)
    setSheet(null)
    return showMiddle(to)
  }
  const leads = useLeads()
  const [busy, setBusy] = useState(false)
  const gms = (useView('seats')?.seats ?? []).filter((s) => s.roles.includes('gm')).map((s) => s.name)
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
            <Icon name="clock" /> Waiting for {gms.join(' or ') || 'the game master'} to start the clock. Look
            at the healthy system meanwhile: its boards, its map, what changed lately, the playbooks.
          </p>
        )}
      </header>
      <Tabs label="Before the clock starts" tabs={PAGES} value={page} onPick={pick}>
        {page === 'briefing' && <Situation text={lifecycle.briefing} />}
        {page === 'playbooks' && (
          <div className={styles.look}>
            <Playbook />
          </div>
        )}
        {page !== 'briefing' && page !== 'playbooks' && <Look at={page} />}
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
            {comms?.handouts.map((h, i, all) => (
              <div key={`${h.title} ${h.text}`}>
                {/* Somebody with several roles has several sheets of the same name. */}
                {h.title !== all[i - 1]?.title && <h3>{h.title}</h3>}
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

/** A look at the system before the clock starts: everything can be read, nothing can be done yet. */
function Look({ at }: { readonly at: Exclude<PageName, 'briefing' | 'playbooks'> }) {
  const views = useTable((t) => t.views)
  const seat = useTable((t) => t.seat)
  if (!views || seat === null) return null
  return (
    <ViewsProvider views={views} seat={seat} readOnly>
      <div className={at === 'map' || at === 'logs' || at === 'explore' ? styles.room : styles.look}>
        {at === 'boards' && (
          <>
            <p className={styles.quiet}>
              This is the last hour on an ordinary day. Knowing normal is half of detecting: look at the
              shapes and the sizes before the clock starts.
            </p>
            <Boards />
          </>
        )}
        {at === 'map' && <Map />}
        {at === 'logs' && <Logs />}
        {at === 'explore' && <Explore />}
        {at === 'changes' && <Changes />}
      </div>
    </ViewsProvider>
  )
}
