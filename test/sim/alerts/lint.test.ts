import { describe, expect, it } from 'vitest'
import { exercise } from '../../support/exercise.ts'
import { failing, linted, set, watched } from './watched.ts'

const rule = (more: object) => ({ title: 'x', severity: 'page', playbook: 'web.md', ...more })
const findings = (alerts: Record<string, unknown>, alerting?: unknown, components = {}) => {
  const result = linted({ alerts, components, ...(alerting !== undefined && { alerting }) })
  return result.ok ? [] : result.findings.map((f) => f.message)
}
const window = { factor: 14.4, long: '1h', short: '5m' }

describe('an alerting rule', () => {
  it.each([
    ['two ways to fire', rule({ expr: 'web.cpu > 0.5', absent: 'web.cpu' }), /exactly one of expr, absent/],
    ['no way to fire', rule({}), /exactly one of expr, absent/],
    ['a metric nobody has', rule({ absent: 'web.cpus' }), /no metric `web.cpus`/],
    ['an objective nobody has', rule({ burn_rate: { slo: 'answer' } }), /no objective `answer`/],
    [
      'a scale for its own windows',
      rule({ burn_rate: { slo: 'answers', scale: 0.1, windows: [window] } }),
      /`scale` is for the standard windows/,
    ],
    [
      'windows the wrong way round',
      rule({ burn_rate: { slo: 'answers', windows: [{ ...window, short: '2h' }] } }),
      /short window is longer/,
    ],
    [
      'a factor that is never reached',
      rule({ burn_rate: { slo: 'answers', windows: [{ ...window, factor: 1001 }] } }),
      /cannot burn that fast/,
    ],
    ['a negative time', rule({ expr: 'web.cpu > 0.5', keep_firing_for: '-1m' }), /negative/],
    ['what players cannot see', rule({ expr: 'monitoring.up < 1.0' }), /monitoring/],
  ])('with %s is refused', (_, alert, message) => {
    expect(findings({ bad: alert }).join()).toMatch(message)
  })

  it('in each of its four forms is accepted', () => {
    expect(
      findings({
        a: rule({ expr: 'web.cpu > 0.5', for: '1m', keep_firing_for: '2m' }),
        b: rule({ absent: 'web.cpu', for: '1m' }),
        c: rule({ burn_rate: { slo: 'answers', scale: 0.0167 } }),
        d: rule({ watchdog: {} }),
      }),
    ).toEqual([])
  })
})

describe('alerting', () => {
  it.each([
    ['an inhibition by nobody', { inhibits: [{ source: 'no', target: ['web'] }] }, /no alert `no`/],
    ['an inhibition of itself', { inhibits: [{ source: 'web', target: ['web'] }] }, /hold itself back/],
    ['a carrier that is not there', { via: 'pigeon' }, /no component `pigeon`/],
    ['a grouping nobody knows', { group_by: 'team' }, /group_by/],
  ])('with %s is refused', (_, alerting, message) => {
    expect(findings({ web: failing('web') }, alerting).join()).toMatch(message)
  })

  it('leaves its own names to itself', () => {
    const pager = { alerting: { kind: 'service', title: 'Pager' } }
    expect(findings({ web: failing('web') }, undefined, pager).join()).toMatch(/cannot be called `alerting`/)
  })
})

describe('parameters beside the system', () => {
  it('are set by hand like any other, within their range, and stand in the list of parameters', () => {
    const e = exercise(watched({ alerts: {}, alerting: { delay: '15s' } })).started()
    set(e, 'alerting.up', 'off')
    expect(e.as('gm').sees().faults?.running[0]?.title).toBe('Alerting: up is set to off')
    const delay = { type: 'faults.set', path: 'alerting.delay', op: 'set', minutes: null, over: 0 } as const
    e.as('gm').isRefused({ ...delay, value: '2h', cause: false }, 'out-of-range')
    e.as('gm').isRefused({ ...delay, path: 'alerting.dely', value: '1s', cause: false }, 'no-such-parameter')
    const of = (path: string) => e.sim.parameters(e.world).parameters.find((p) => p.path === path)
    expect(of('alerting.up')).toMatchObject({ owner: 'Alerting', base: 1, value: 0, set: 0 })
    expect(of('alerting.delay')).toMatchObject({ base: 15, value: 15 })
    expect(of('monitoring.up')).toMatchObject({ owner: 'Monitoring', value: 1 })
  })
})
