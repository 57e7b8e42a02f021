import { describe, expect, it } from 'vitest'
import { minutes, seatOf, seconds } from '../../support/exercise.ts'
import { failing, fails, playing, service, set } from './watched.ts'

const api = { api: service('API') }

describe('a rule', () => {
  it('that keeps firing bridges a gap that would otherwise be two alerts', () => {
    const { e, told } = playing({
      alerts: { plain: failing('web'), kept: failing('web', { keep_firing_for: '1m' }) },
    })
    for (let i = 0; i < 2; i += 1) {
      const undo = fails(e)
      e.after(seconds(30))
      undo()
      e.after(seconds(30))
    }
    e.after(minutes(2))
    const of = (rule: string) => told('alerts.fired').filter((f) => 'rule' in f && f.rule === rule).length
    expect([of('plain'), of('kept')]).toEqual([2, 1])
    const ended = told('alerts.resolved').map((f) => [('rule' in f && f.rule) || '', f.at] as const)
    // The last bad answers are in the sample at 90 s; the first without at 95 s, and one minute later it is over.
    expect(ended.at(-1)).toEqual(['kept', 155])
  })

  it('on an absent metric fires when it has had no value for so long, and not before', () => {
    const { e, told } = playing({
      alerts: {
        silent: {
          title: 'Web says nothing',
          absent: 'web.error_ratio',
          for: '30s',
          severity: 'page',
          playbook: 'web.md',
        },
      },
    })
    e.after(minutes(1))
    const undo = set(e, 'monitoring.up', '0')
    e.after(minutes(2))
    expect(told('alerts.fired').map((f) => f.at)).toEqual([95])
    undo()
    e.after(seconds(5))
    expect(told('alerts.resolved').map((f) => f.at)).toEqual([185])
  })

  it('that comes and goes four times in ten minutes is flapping, and tells of itself once more only', () => {
    const { e, told, firing } = playing({ alerts: { flappy: failing('web') } })
    const blink = () => {
      const undo = fails(e)
      e.after(seconds(20))
      undo()
      e.after(seconds(20))
    }
    for (let i = 0; i < 6; i += 1) blink()
    expect(told('alerts.fired')).toHaveLength(6)
    expect(told('alerts.flapping')).toHaveLength(1)
    // Two before it flapped, one while it did.
    expect(told('alerts.notified')).toHaveLength(3)
    fails(e)
    e.after(seconds(20))
    expect(firing()[0]?.flapping).toBe(true)
    e.after(minutes(11))
    expect(firing()[0]?.flapping).toBe(false)
  })
})

describe('notifications', () => {
  it('of one group come as one, after its wait, and of what comes later after the interval', () => {
    const { e, view, told } = playing({
      components: api,
      alerts: {
        web: failing('web'),
        'web-too': failing('web', { expr: 'web.error_ratio > 0.2', for: '10s' }),
        'web-later': failing('web', { for: '40s' }),
        api: failing('api'),
      },
      alerting: { group_by: 'component', group_wait: '30s', group_interval: '1m' },
    })
    fails(e)
    e.after(minutes(3))
    const notices = told('alerts.notified')
    expect(notices.map((f) => [f.at, 'alerts' in f && f.alerts.length, 'title' in f && f.title])).toEqual([
      [35, 2, 'Web'],
      [95, 3, 'Web'],
    ])
    expect(view().groups).toEqual([{ id: 'component:web', title: 'Web', lastNoticeAt: 95_000, notices: 2 }])
    expect(view().alerts.map((a) => a.notices)).toEqual([2, 2, 1])
  })

  it('of a page come again until somebody acknowledges, those of a ticket do not', () => {
    const { e, told, view } = playing({
      alerts: { page: failing('web'), ticket: failing('web', { severity: 'ticket' }) },
      alerting: { repeat: '2m' },
    })
    fails(e)
    e.after(minutes(5))
    const of = (severity: string) =>
      told('alerts.notified')
        .filter((f) => 'severity' in f && f.severity === severity)
        .map((f) => f.at)
    expect(of('page')).toEqual([5, 125, 245])
    expect(of('ticket')).toEqual([5])
    const said = e
      .as('operations')
      .sees()
      .timeline?.entries.map((entry) => entry.text)
    expect(said).toContain(
      'On-call is paged: web fails. Notice 3: nobody has acknowledged it for 4 min; it goes on to the next person on call.',
    )
    const page = view().alerts.find((a) => a.severity === 'page')?.id ?? ''
    e.as('scribe').does({ type: 'alerts.acknowledge', alert: page })
    e.after(minutes(6))
    expect(of('page')).toHaveLength(3)
  })

  it('stay away while the source of an inhibition fires', () => {
    const { e, told, firing } = playing({
      alerts: { cause: failing('web', { for: '0s' }), effect: failing('web', { title: 'Follows' }) },
      alerting: { inhibits: [{ source: 'cause', target: ['effect'] }] },
    })
    fails(e)
    e.after(minutes(1))
    expect(firing().map((a) => [a.rule, a.inhibitedBy, a.notifiedAt])).toEqual([
      ['cause', null, 5000],
      ['effect', 'web fails', null],
    ])
    expect(told('alerts.inhibited')).toHaveLength(1)
    expect(told('alerts.notified')).toHaveLength(1)
  })
})

describe('a silence', () => {
  it('keeps a rule quiet for its minutes, with a reason, and says by whom', () => {
    const { e, told, firing, view } = playing({ alerts: { web: failing('web') }, alerting: { repeat: '1m' } })
    const silence = {
      type: 'alerts.silence',
      target: 'rule',
      of: 'web',
      minutes: 3,
      reason: 'Known',
    } as const
    e.as('operations').isRefused(silence, 'no-such-thing')
    fails(e)
    e.after(seconds(30))
    e.as('scribe').isRefused(silence, 'not-yours')
    e.as('operations').does(silence)
    e.as('commander').isRefused(silence, 'already-done')
    expect(firing()[0]?.silenced).toMatchObject({ by: seatOf('operations'), until: 210_000, reason: 'Known' })
    e.after(minutes(2.5))
    expect(told('alerts.notified')).toHaveLength(1)
    e.after(minutes(1))
    expect(told('alerts.unsilenced').map((f) => f.at)).toEqual([210])
    expect(told('alerts.notified').map((f) => f.at)).toEqual([5, 210])
    expect(view().silences).toEqual([])
  })

  it('of a group can be ended by hand, and what still fires is told then', () => {
    const { e, told, view } = playing({
      components: api,
      alerts: { web: failing('web'), second: failing('web', { for: '1m' }) },
      alerting: { group_by: 'component' },
    })
    fails(e)
    e.after(seconds(30))
    const of = view().groups[0]?.id ?? ''
    e.as('commander').does({ type: 'alerts.silence', target: 'group', of, minutes: 60, reason: 'Seen' })
    e.after(minutes(2))
    expect(told('alerts.notified')).toHaveLength(1)
    const id = view().silences[0]?.id ?? ''
    e.as('operations').does({ type: 'alerts.unsilence', silence: id })
    e.as('operations').isRefused({ type: 'alerts.unsilence', silence: id }, 'no-such-thing')
    e.after(seconds(5))
    expect(told('alerts.notified').map((f) => 'titles' in f && f.titles.length)).toEqual([1, 2])
  })
})
