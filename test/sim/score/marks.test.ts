import { describe, expect, test } from 'vitest'
import { simMs } from '../../../shared/ids.ts'
import { ana, ben, fired, joined, log, measured, minutes, notified, seconds, started } from './smallLog.ts'

const impact = (since: number) =>
  ({ type: 'objectives.impact-started', slo: 'checkout', since: simMs(since) }) as const
const calm = (since: number) =>
  ({ type: 'objectives.impact-ended', slo: 'checkout', since: simMs(since) }) as const

describe('marks', () => {
  test('impact starts and ends when it did, not when it was sure', () => {
    const { marks } = log()
      .at(minutes(3))
      .says(impact(minutes(2)))
      .at(minutes(12))
      .says(calm(minutes(10)))
      .record()
    expect(marks.impactStart?.at).toBe(minutes(2))
    expect(marks.impactEnd?.at).toBe(minutes(10))
    expect(marks.mitigated?.at).toBe(minutes(10))
  })
  test('wall time stands beside exercise time as the log first reached it', () => {
    const l = log()
      .at(minutes(2))
      .says()
      .at(minutes(3))
      .says(impact(minutes(2)))
    const { marks } = l.record()
    expect(marks.impactStart?.wall).toBe(l.entries[0]?.input.wall)
  })
  test('nothing is mitigated while users are hurt again', () => {
    const { marks } = log()
      .at(minutes(3))
      .says(impact(minutes(2)))
      .at(minutes(9))
      .says(calm(minutes(7)))
      .at(minutes(20))
      .says(impact(minutes(19)))
      .record()
    expect(marks.mitigated).toBeNull()
  })
  test('mitigated is the end of the last impact', () => {
    const { marks } = log()
      .at(minutes(3))
      .says(impact(minutes(2)))
      .at(minutes(9))
      .says(calm(minutes(7)))
      .at(minutes(20))
      .says(impact(minutes(19)))
      .at(minutes(25))
      .says(calm(minutes(23)))
      .record()
    expect(marks.mitigated?.at).toBe(minutes(23))
  })
  test('an incident is detected by the first alert or by the commander, whoever is first', () => {
    const declared = { type: 'response.declared', seat: ana, severity: 'SEV-2', title: 'Slow' } as const
    expect(
      log().at(seconds(50)).as(ana).says(declared).at(seconds(90)).as(null).says(fired()).record().marks
        .detected?.at,
    ).toBe(seconds(50))
    expect(
      log().at(seconds(50)).says(fired()).at(seconds(90)).as(ana).says(declared).record().marks.detected?.at,
    ).toBe(seconds(50))
  })
  test('an alert whose notification was lost detects nothing until one arrives or somebody looks', () => {
    const lost = { type: 'alerts.lost', alert: 'alert-1', rule: 'slow', title: 'Slow' } as const
    const l = log().at(seconds(50)).says(fired(), lost)
    expect(l.record().marks.detected).toBeNull()
    const ack = {
      type: 'alerts.acknowledged',
      alert: 'alert-1',
      rule: 'slow',
      title: 'Slow',
      seat: ana,
    } as const
    expect(l.at(seconds(90)).as(ana).says(ack).record().marks.detected?.at).toBe(seconds(90))
    const late = log().at(seconds(50)).says(fired(), lost).at(seconds(70)).says(notified())
    expect(late.record().marks.detected?.at).toBe(seconds(70))
  })
  test('only a page can be acknowledged for the mark', () => {
    const ack = (alert: string) =>
      ({ type: 'alerts.acknowledged', alert, rule: 'slow', title: 'Slow', seat: ana }) as const
    const { marks } = log()
      .says(fired('slow', 'alert-1', 'ticket'), fired('slow', 'alert-2', 'page'))
      .at(seconds(20))
      .says(ack('alert-1'))
      .at(seconds(40))
      .says(ack('alert-2'))
      .record()
    expect(marks.acknowledged?.at).toBe(seconds(40))
  })
  test('the first right mitigation is the first of class right that starts', () => {
    const { marks } = log()
      .at(minutes(4))
      .says(started('run-1', 'restart-web', ben))
      .at(minutes(6))
      .says(started('run-2', 'shed-load', ben))
      .record()
    expect(marks.firstRight?.at).toBe(minutes(6))
  })
  test('a cause that comes back is not resolved', () => {
    const l = log().at(minutes(9)).says({ type: 'incident.resolved' })
    expect(l.record().marks.resolved?.at).toBe(minutes(9))
    expect(l.at(minutes(12)).says({ type: 'incident.cause-appeared' }).record().marks.resolved).toBeNull()
  })
  test('durations run from the start of impact, and what came before it took no time', () => {
    const { outcomes } = log()
      .at(minutes(1))
      .says(fired())
      .at(minutes(3))
      .says(impact(minutes(2)))
      .at(minutes(12))
      .says(calm(minutes(10)))
      .record()
    expect(outcomes.table).toMatchObject({ ttd: 0, tta: null, ttm: minutes(8), ttr: null })
  })
  test('two promises over the same traffic count its failed requests once', () => {
    const { outcomes } = log()
      .at(minutes(1))
      .says(measured(0.1, 10))
      .at(minutes(2))
      .says(measured(0.4, 40, minutes(1)))
      .record()
    expect(outcomes.table).toMatchObject({ failedRequests: 40, budgetSpent: 0.4, impactMs: minutes(1) })
  })
  test('people keep their latest name and roles, and stay in the record when their seat is freed', () => {
    const { seats } = log()
      .says(joined(ana, 'Ana', 'operations'), joined(ben, 'Ben', 'scribe'))
      .says(
        { type: 'seats.renamed', seat: ana, name: 'Ana B.' },
        { type: 'seats.roles-changed', seat: ana, roles: ['commander'] },
      )
      .says({ type: 'seats.removed', seat: ben })
      .record()
    expect(seats).toEqual([
      { id: ana, name: 'Ana B.', roles: ['commander'] },
      { id: ben, name: 'Ben', roles: ['scribe'] },
    ])
  })
})
