import { describe, expect, it } from 'vitest'
import { exercise, minutes, seconds } from '../../support/exercise.ts'
import { fails, looks, watched } from './watched.ts'

const slos = { answers: { title: 'Answers', traffic: 'to-web', objective: '99.9%', period: '30d' } }

describe('a burn-rate alert over the simulated system', () => {
  it.each([
    { scale: 1, share: 0.5 },
    { scale: 1, share: 0.1 },
    { scale: 1 / 6, share: 0.5 },
    { scale: 1 / 6, share: 0.1 },
    { scale: 1 / 6, share: 0.03 },
    { scale: 1 / 60, share: 0.03 },
  ])(
    'pages when the budget says and is over with the short window: ×$scale, $share bad',
    ({ scale, share }) => {
      const window = { factor: 14.4, long: 3600 * scale, short: 300 * scale }
      const e = exercise(
        watched({
          slos,
          alerts: {
            burn: {
              title: 'Budget burns',
              burn_rate: {
                slo: 'answers',
                windows: [{ factor: 14.4, long: `${window.long}s`, short: `${window.short}s` }],
              },
              severity: 'page',
              playbook: 'web.md',
            },
          },
        }),
      ).started()
      const { told } = looks(e)
      e.after(minutes(1))
      const undo = fails(e, 'web', `${share * 100}%`)
      const budget = window.factor * 0.001
      const computed = (window.long * budget) / share
      const holdFor = Math.ceil((computed * 1.2 + window.short) / 5) * 5
      e.after(seconds(holdFor))
      undo()
      e.after(seconds(Math.ceil(window.short / 5) * 5 + 30))
      const fired = (told('alerts.fired')[0]?.at ?? NaN) - 60
      const over = (told('alerts.resolved')[0]?.at ?? NaN) - 60 - holdFor
      const reset = window.short * (1 - budget / share)
      console.log(
        `×${scale.toFixed(3)}, ${share * 100} % bad: page after ${fired} s, computed ${computed.toFixed(1)} s; over after ${over} s, computed ${reset.toFixed(1)} s`,
      )
      expect(Math.abs(fired - computed)).toBeLessThanOrEqual(5)
      expect(Math.abs(over - reset)).toBeLessThanOrEqual(5)
    },
  )

  it('takes the standard windows for its severity, in the share of the period that they are of 30 days', () => {
    const e = exercise(
      watched({
        slos: { answers: { ...slos.answers, period: '12h' } },
        alerts: {
          page: { title: 'Fast', burn_rate: { slo: 'answers' }, severity: 'page', playbook: 'web.md' },
          ticket: { title: 'Slow', burn_rate: { slo: 'answers' }, severity: 'ticket', playbook: 'web.md' },
        },
      }),
    ).started()
    e.after(minutes(1))
    fails(e, 'web', '0.4%')
    e.after(minutes(30))
    // 0.4 % of 99.9 % burns four times too fast: a ticket after a tenth of a day's share, never a page.
    const fired = looks(e).told('alerts.fired')
    expect(fired.map((f) => ('rule' in f ? f.rule : ''))).toEqual(['ticket'])
    const computed = ((86_400 / 60) * 3 * 0.001) / 0.004
    const third = ((3 * 86_400) / 60 / 0.004) * 0.001
    const first = Math.min(computed, third)
    console.log(
      `0.4 % bad, 12 h: ticket after ${(fired[0]?.at ?? NaN) - 60} s, computed ${first.toFixed(1)} s`,
    )
    expect(Math.abs((fired[0]?.at ?? NaN) - 60 - first)).toBeLessThanOrEqual(5)
  })

  it('counts requests and bad ones in counters that only grow', () => {
    const e = exercise(watched({ slos, alerts: {} }))
      .started()
      .after(minutes(2))
    fails(e)
    e.after(minutes(2))
    for (const metric of ['slo.answers.total', 'slo.answers.bad']) {
      const values = e.history(metric)
      expect(values.every((v, i) => i === 0 || (v ?? 0) >= (values[i - 1] ?? 0))).toBe(true)
    }
    expect(e.history('slo.answers.bad').at(-1)).toBeGreaterThan(10_000)
  })

  it('spends the whole budget in as many seconds of failing as it holds', () => {
    const short = { ...slos.answers, objective: '99%', period: '1h' }
    const e = exercise(watched({ slos: { answers: short }, alerts: {} }))
      .started()
      .after(minutes(1))
    fails(e, 'web', '100%')
    // 1 % of an hour is 36 s.
    e.after(seconds(40))
    const spent = 1 - (e.metric('slo.answers.budget_left') ?? 0)
    console.log(
      `40 s of failing against a budget of 36 s: ${spent.toFixed(3)} spent, computed ${(40 / 36).toFixed(3)}`,
    )
    expect(spent).toBeCloseTo(40 / 36, 2)
  })
})
