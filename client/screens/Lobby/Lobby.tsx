import { useState } from 'react'
import { send } from '../../net/send.ts'
import { useLeads, useMySeat, useTable, useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Status } from '../../ui/Status.tsx'
import { Invitation } from './Invitation.tsx'
import { readiness } from './readiness.ts'
import { SeatRow } from './SeatRow.tsx'
import styles from './Lobby.module.css'

/** Before the exercise: who is here, as what, and can everybody hear one another? */
export function Lobby() {
  const lifecycle = useView('lifecycle')
  const seats = useView('seats')?.seats ?? []
  const here = useTable((t) => t.presence)
  const me = useMySeat()
  const leads = useLeads()
  const [busy, setBusy] = useState(false)
  if (!lifecycle) return null
  const alone = lifecycle.settings.lead === 'automatic' && seats.length === 1
  const warnings = lifecycle.settings.lead === 'automatic' ? [] : readiness(seats, here)
  const begin = async () => {
    setBusy(true)
    await send({ type: 'lifecycle.brief' })
    setBusy(false)
  }
  const gms = seats.filter((s) => s.roles.includes('gm')).map((s) => s.name)
  return (
    <main id="content" tabIndex={-1} className={styles.lobby}>
      <header>
        <h1>{lifecycle.name}</h1>
        <p className={styles.quiet}>
          {lifecycle.company} · about {lifecycle.minutes} minutes · level {lifecycle.level} of 5
        </p>
        <p>{lifecycle.summary}</p>
      </header>
      <div className={styles.columns}>
        <Invitation joinCode={lifecycle.joinCode} />
        <div className={styles.start}>
          {me && !me.heard && !alone && (
            <div className={styles.check}>
              <p>
                <strong>Comms check.</strong> Say hello in your call or in the room. Can you hear everyone,
                and do they hear you?
              </p>
              <Button
                kind={leads ? 'plain' : 'primary'}
                size="large"
                onClick={() => void send({ type: 'seats.check-in' })}
              >
                <Icon name="ear" /> I can hear everyone
              </Button>
            </div>
          )}
          {me?.heard && !alone && <Status level="good" word="You confirmed that you hear everyone." />}
          {alone && (
            <p className={styles.quiet}>
              All places are yours: you look, decide, act and write. Next comes a short briefing with a look
              at the healthy system; the clock waits until you start it, and play ends by itself a minute
              after all is well again. Somebody else may join with the code and share the places.
            </p>
          )}
          {leads ? (
            <>
              {warnings.length > 0 && (
                <ul className={styles.warnings} aria-label="Before you start">
                  {warnings.map((w) => (
                    <li key={w}>
                      <Icon name="warning" /> {w}
                    </li>
                  ))}
                </ul>
              )}
              <Button kind="primary" size="large" disabled={busy} onClick={() => void begin()}>
                {warnings.length > 0 ? 'Start the briefing anyway' : 'Start the briefing'}
              </Button>
            </>
          ) : (
            <p className={styles.waiting}>
              <Icon name="clock" /> Waiting for {gms.join(' or ') || 'the game master'} to start the briefing.
              Then this page goes on by itself: first the situation and a look at the healthy system, then the
              clock.
            </p>
          )}
        </div>
      </div>
      <section aria-labelledby="table">
        <h2 id="table">At the table</h2>
        <ul className={styles.seats}>
          {seats.map((s) => (
            <SeatRow
              key={s.id}
              seat={s}
              here={here.includes(s.id)}
              mine={s.id === me?.id}
              leads={leads}
              alone={alone}
            />
          ))}
        </ul>
      </section>
    </main>
  )
}
