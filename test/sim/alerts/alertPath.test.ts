import { describe, expect, it } from 'vitest'
import { firstPage, marksOf } from '../../../server/sim/score/marks.ts'
import { wallMs } from '../../../shared/ids.ts'
import { type Played, exercise, minutes, mitigate, seconds } from '../../support/exercise.ts'
import { failing, fails, looks, playing, service, set, watched } from './watched.ts'

const marks = (e: Played) => {
  const facts = e.log.flatMap((l) => l.facts)
  return { ...marksOf(facts, () => wallMs(0)), page: firstPage(facts) }
}

describe('the alert path', () => {
  it('that is down loses notifications: the panel has what fires, nobody hears of it, and it is not detected', () => {
    const e = exercise(watched({ alerts: { web: failing('web') } })).started()
    const { told, firing, view } = looks(e)
    set(e, 'alerting.up', 'off')
    fails(e)
    e.after(minutes(2))
    expect(firing().map((a) => [a.rule, a.notifiedAt])).toEqual([['web', null]])
    expect(view('gm').path).toEqual({ up: false, delay: 0, monitored: true })
    expect(view().path).toBeUndefined()
    expect([told('alerts.lost').length, told('alerts.notified').length]).toEqual([1, 0])
    expect(marks(e)).toMatchObject({ detected: null, page: null })
    expect(
      e
        .as('operations')
        .sees()
        .timeline?.entries.some((x) => x.kind === 'alert'),
    ).toBe(false)
    // Somebody who looks finds it all the same.
    e.as('operations').does({ type: 'alerts.acknowledge', alert: firing()[0]?.id ?? '' })
    expect(marks(e).detected?.at).toBe(120_000)
  })

  it('that comes back tells of what still fires, and a mitigation can bring it back', () => {
    const { e, told } = playing({
      alerts: { web: failing('web') },
      chart: {
        id: 'mute',
        initial: 'mute',
        states: { mute: { tags: ['cause-present'], meta: { effects: [{ path: 'alerting.up', set: 0 }] } } },
      },
    })
    fails(e)
    e.after(minutes(1))
    expect(told('alerts.notified')).toEqual([])
    mitigate(e, 'mend-paging')
    e.after(seconds(10))
    expect(told('alerts.notified').map((f) => f.at)).toEqual([90])
    expect(marks(e).detected?.at).toBe(90_000)
  })

  it('that is slow tells late, by its own delay and by that of the world', () => {
    const { e, told } = playing({ alerts: { web: failing('web') }, alerting: { delay: '20s' } })
    const undo = fails(e)
    e.after(minutes(1))
    expect(told('alerts.notified').map((f) => f.at)).toEqual([25])
    undo()
    e.after(minutes(1))
    set(e, 'alerting.delay', '90s')
    fails(e)
    e.after(minutes(3))
    expect(told('alerts.notified').map((f) => f.at)).toEqual([25, 215])
  })

  it('through a component is as good as that component: its errors delay, its end is silence', () => {
    const { e, told } = playing({
      components: { pager: service('Pager') },
      alerts: { web: failing('web') },
      alerting: { via: 'pager' },
    })
    // Half of its answers fail: one further try of ten seconds on average.
    const half = fails(e, 'pager', '50%')
    const undo = fails(e)
    e.after(minutes(1))
    expect(told('alerts.notified')[0]?.at).toBeCloseTo(15, 1)
    undo()
    half()
    e.after(minutes(1))
    fails(e, 'pager', '100%')
    e.after(seconds(10))
    fails(e)
    e.after(minutes(1))
    expect(told('alerts.notified')).toHaveLength(1)
    expect(told('alerts.lost')).toHaveLength(1)
  })

  it.each(['alerting.up', 'monitoring.up'])('has a watchdog that tells from outside when %s is 0', (path) => {
    const { e, told, firing } = playing({
      alerts: {
        web: failing('web'),
        heartbeat: {
          title: 'Alerting has fallen silent',
          watchdog: { after: '2m' },
          severity: 'page',
          playbook: 'web.md',
        },
      },
    })
    e.after(minutes(1))
    const undo = set(e, path, '0')
    e.after(minutes(3))
    expect(told('alerts.notified').map((f) => [f.at, 'title' in f && f.title])).toEqual([
      [180, 'Alerting has fallen silent'],
    ])
    expect(firing().map((a) => a.rule)).toEqual(['heartbeat'])
    undo()
    e.after(seconds(10))
    expect(firing()).toEqual([])
  })
})

describe('without monitoring', () => {
  it('players see nothing measured, the truth goes on, and the header says unknown', () => {
    const { e, view } = playing({ alerts: { web: failing('web') } })
    e.after(minutes(1))
    const undo = set(e, 'monitoring.up', '0')
    fails(e)
    e.after(minutes(2))
    expect(e.metric('web.error_ratio')).toBeCloseTo(0.5, 1)
    expect(e.sim.blind(e.samples.at(-1)?.values ?? [])).toBe(true)
    expect(e.as('operations').sees().objectives?.slos[0]).toMatchObject({
      sli: null,
      burnRate: null,
      budgetLeft: null,
      badPerMinute: null,
      impact: null,
    })
    expect(e.as('gm').sees().objectives?.slos[0]).toMatchObject({ impact: true })
    // What cannot be known neither fires nor resolves, and there is no alert manager to ask.
    expect(view()).toMatchObject({ reachable: false, alerts: [] })
    undo()
    e.after(seconds(10))
    expect(view().reachable).toBe(true)
    expect(view().alerts.map((a) => a.rule)).toEqual(['web'])
    expect(e.as('operations').sees().objectives?.slos[0]?.impact).toBe(true)
  })

  it('a page that came before stays on the list', () => {
    const { e, view } = playing({
      alerts: { web: failing('web'), quiet: failing('web', { severity: 'info' }) },
    })
    fails(e)
    e.after(seconds(30))
    expect(view().alerts).toHaveLength(2)
    set(e, 'monitoring.up', '0')
    e.after(seconds(10))
    expect(view().alerts.map((a) => a.rule)).toEqual(['web'])
    expect(view('gm').alerts).toHaveLength(2)
  })

  it('only the game master has the columns that say so', () => {
    const { e } = playing({ alerts: {} })
    const names = (role: 'gm' | 'operations') =>
      e
        .as(role)
        .sees()
        .system?.metrics.map((m) => m.name) ?? []
    expect(names('gm')).toHaveLength(e.sim.columns('gm').length)
    expect(names('gm')).toContain('monitoring.up')
    expect(names('operations')).toHaveLength(e.sim.columns('operations').length)
    expect(names('operations').filter((n) => /^(monitoring|alerting)\./.test(n))).toEqual([])
  })

  it('what an action needs to be seen first is left to the people', () => {
    const { e } = playing({ alerts: {}, needs: 'web.error_ratio > 0.1' })
    const action = () =>
      e
        .as('operations')
        .sees()
        .mitigations?.catalogue.find((m) => m.id === 'mend-paging')?.unavailable
    e.after(seconds(10))
    expect(action()).toBe('It needs: web.error_ratio > 0.1')
    set(e, 'monitoring.up', '0')
    e.after(seconds(10))
    expect(action()).toBeNull()
  })
})
