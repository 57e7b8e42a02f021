import { describe, expect, it } from 'vitest'
import { exercise, minutes, mitigate, seatOf, SHIPPED } from '../support/exercise.ts'

describe('the clock and the phases', () => {
  it('time does not pass before play, in a pause, or after the end', () => {
    const e = exercise('cold-cache')
    expect(() => e.after(1000)).toThrow('wrong-phase')
    e.started().after(1000)
    e.as('gm').does({ type: 'lifecycle.pause' })
    expect(() => e.after(1000)).toThrow('wrong-phase')
    e.as('gm').does({ type: 'lifecycle.resume' }).after(1000).as('gm').does({ type: 'lifecycle.finish' })
    expect(() => e.after(1000)).toThrow('wrong-phase')
  })

  it('any seat stops the exercise for a real incident, and the game master resumes it', () => {
    const e = exercise('cold-cache').started().after(minutes(2))
    e.as('observer').does({ type: 'lifecycle.stop', note: 'Real page for payments' })
    expect(e.as('scribe').sees().lifecycle).toMatchObject({
      phase: 'paused',
      stopped: { by: seatOf('observer'), note: 'Real page for payments' },
    })
    e.as('operations').isRefused({ type: 'lifecycle.resume' }, 'not-yours')
    e.as('gm').does({ type: 'lifecycle.resume' }).after(minutes(1))
    expect(e.as('scribe').sees().lifecycle?.stopped).toBeNull()
  })

  it.each(SHIPPED)(
    '%s begins with an hour of healthy past',
    (slug) => {
      const e = exercise(slug)
      expect(e.samples).toHaveLength(780)
      expect(e.samples[0]?.at).toBe(-65 * 60_000 + 5000)
      expect(e.samples.at(-1)?.at).toBe(0)
    },
    30_000,
  )
})

describe('injects', () => {
  it('come by themselves after a grace in which the game master can hold them', () => {
    const e = exercise('bad-deploy-404')
      .started()
      .after(minutes(6) + 1000)
    const of = (id: string) =>
      e
        .as('gm')
        .sees()
        .injects?.list.find((i) => i.id === id)
    expect(of('support-first')?.state).toBe('due')
    e.as('gm').does({ type: 'injects.hold', inject: 'support-first' }).after(minutes(1))
    expect(of('support-first')?.state).toBe('held')
    e.as('gm').does({ type: 'injects.fire', inject: 'support-first' })
    expect(e.as('operations').sees().comms?.channel.at(-1)?.from).toBe('Aylin, customer support')
    e.as('gm').isRefused({ type: 'injects.skip', inject: 'support-first' }, 'already-done')
  })

  it('that nag about silence are skipped once somebody has acted', () => {
    const e = exercise('bad-deploy-404').started().after(minutes(5))
    const alert = e.as('operations').sees().alerts?.alerts[0]?.id ?? ''
    e.as('operations').does({ type: 'alerts.acknowledge', alert }).after(minutes(4))
    expect(
      e
        .as('gm')
        .sees()
        .injects?.list.find((i) => i.id === 'no-ack')?.state,
    ).toBe('skipped')
  })

  it('of pressure wait when the outside was told in time', () => {
    const e = exercise('bad-deploy-404').started().after(minutes(5))
    e.as('communications')
      .does({ type: 'comms.update', audience: 'status', text: 'Some pages are reported as not found.' })
      .after(minutes(3))
    expect(
      e
        .as('gm')
        .sees()
        .injects?.list.find((i) => i.id === 'support-first')?.state,
    ).toBe('planned')
  })

  it('of pressure do not come once nobody is hurt any more', () => {
    const e = exercise('bad-deploy-404').started().after(minutes(3.5))
    mitigate(e, 'drain-new-version').after(minutes(10))
    const ceo = e
      .as('gm')
      .sees()
      .injects?.list.find((i) => i.id === 'ceo')
    expect(ceo?.state).toBe('skipped')
  })
})
