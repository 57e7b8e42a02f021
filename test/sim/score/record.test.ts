import { describe, expect, test } from 'vitest'
import type { Fact } from '../../../shared/contracts/index.ts'
import { RecordSchema } from '../../../shared/record.ts'
import { ana, ben, fired, gina, joined, log, minutes, proposed, seconds, started } from './smallLog.ts'

const opened = (step: string | null, when: boolean | null = null): Fact => ({
  type: 'playbooks.opened',
  seat: ana,
  book: 'cold-cache-book',
  step,
  when,
  done: null,
})
const rolled = (run: string, chance: number, success: boolean): Fact => ({
  type: 'mitigations.rolled',
  run,
  mitigation: 'shed-load',
  title: 'Shed load at the edge',
  seat: ana,
  odds: { dc: 11, modifiers: [], advantage: 0, chance },
  roll: { dice: [success ? 20 : 1], total: success ? 20 : 1, success },
})

describe('the record', () => {
  test('is what its contract says, even of an exercise in which nothing happened', () => {
    expect(() => RecordSchema.parse(log().record())).not.toThrow()
  })
  test('follows an action from proposal to result', () => {
    const { mitigations } = log()
      .at(minutes(1))
      .says(proposed('run-1', 'shed-load', ana, 'shed-load'))
      .at(minutes(2))
      .says(rolled('run-1', 0.9, true), started('run-1', 'shed-load', ana, 'shed-load'))
      .at(minutes(3))
      .says({
        type: 'mitigations.done',
        run: 'run-1',
        mitigation: 'shed-load',
        title: 'Shed load at the edge',
        seat: ana,
        class: 'right',
        params: {},
        reveals: '',
      })
      .record()
    expect(mitigations).toMatchObject([
      {
        id: 'run-1',
        class: 'right',
        state: 'done',
        proposedAt: minutes(1),
        startedAt: minutes(2),
        endedAt: minutes(3),
        roll: { total: 20 },
      },
    ])
  })
  test('sets luck apart: what was to be expected, and what came', () => {
    const { luck } = log()
      .says(rolled('run-1', 0.9, false), rolled('run-2', 0.5, true))
      .record()
    expect(luck).toEqual({ rolls: 2, expected: 1.4, actual: 1 })
  })
  test('measures the way from the page to the step that leads to a right action', () => {
    const { playbooks } = log()
      .at(minutes(1))
      .says(fired())
      .at(minutes(2))
      .says(opened('restart'))
      .at(minutes(4))
      .says(opened('shed-load'))
      .record()
    expect(playbooks.timeToRightStep).toBe(minutes(3))
  })
  test('lists every step, opened or not', () => {
    const { playbooks } = log().says(opened('restart', false)).record()
    expect(playbooks.steps.map((s) => [s.step, s.openedBy.length])).toEqual([
      ['shed-load', 0],
      ['restart', 1],
    ])
  })
  test('takes a card back out of the hot wash when it is erased', () => {
    const card = (id: string, text: string): Fact => ({
      type: 'hotwash.written',
      card: id,
      seat: ana,
      kind: 'start',
      text,
    })
    const { hotwash } = log()
      .says(card('card-1', 'a'), card('card-2', 'b'), { type: 'hotwash.erased', card: 'card-1' })
      .record()
    expect(hotwash.map((c) => c.text)).toEqual(['b'])
  })
  test('names planned injects with what became of them, and improvised ones too', () => {
    const delivered = (inject: string, byHand: boolean): Fact => ({
      type: 'injects.delivered',
      inject,
      title: inject === 'press' ? 'The press calls' : 'Improvised',
      from: 'Press',
      to: 'all',
      via: 'phone',
      text: 'Hello?',
      byHand,
    })
    expect(log().record().injects).toMatchObject([{ id: 'press', state: 'planned', deliveredAt: null }])
    const l = log().at(minutes(5)).as(gina).says(delivered('press', false), delivered('inject-9', true))
    expect(l.record().injects).toMatchObject([
      { id: 'press', state: 'delivered', deliveredAt: minutes(5) },
      { id: 'inject-9', title: 'Improvised' },
    ])
    expect(l.record().interventions).toEqual([{ at: minutes(5), text: 'Delivers by hand: Improvised' }])
  })
  test('discloses terms and nudges by the game master, and does not count what the world did itself', () => {
    const { interventions } = log()
      .says(joined(gina, 'Gina', 'gm'), proposed('run-1', 'shed-load', ana))
      .at(minutes(1))
      .says()
      .as(gina)
      .asks({ type: 'mitigations.approve', run: 'run-1', dc: 8, advantage: 1 })
      .asks({ type: 'incident.nudge', event: 'SPREAD' })
      .at(minutes(2))
      .as(null)
      .says({ type: 'injects.skipped', inject: 'press', title: 'The press calls' })
      .record()
    expect(interventions).toEqual([
      { at: minutes(1), text: 'Sets the terms for “Shed load at the edge”: difficulty 8, advantage.' },
      { at: minutes(1), text: 'Sends SPREAD to the incident.' },
    ])
  })
  test('rates each objective by the last word on it', () => {
    const rate = (rating: 'S' | 'P', why: string): Fact => ({
      type: 'objectives.rated',
      objective: 'triage',
      rating,
      why,
    })
    expect(log().says(rate('S', 'late'), rate('P', 'in time after all')).record().goals).toEqual([
      {
        id: 'triage',
        title: 'Find the right playbook within five minutes',
        rating: 'P',
        why: 'in time after all',
      },
    ])
  })
})

describe('playbook findings', () => {
  const findings = (l: ReturnType<typeof log>) => l.record().playbooks.findings
  test('name an alert without a playbook', () => {
    expect(findings(log().says(fired('lost', 'alert-2')))).toContain(
      'The alert “Checkout is slow” fires and links to no playbook.',
    )
  })
  test('name an action that no step leads to, and one taken from memory', () => {
    const l = log()
      .says(proposed('run-1', 'add-web', ben), started('run-1', 'add-web', ben))
      .says(proposed('run-2', 'shed-load', ben), started('run-2', 'shed-load', ben))
    expect(findings(l)).toContain('“Add web servers” was carried out, and no playbook step leads to it.')
    expect(findings(l)).toContain(
      '“Shed load at the edge” was carried out from memory, although “Cold cache › Shed load” leads to it.',
    )
  })
  test('name a step that was cited while its check said no', () => {
    const l = log()
      .at(seconds(10))
      .says(opened('shed-load', false))
      .at(seconds(20))
      .says(proposed('run-1', 'shed-load', ana, 'shed-load'), started('run-1', 'shed-load', ana, 'shed-load'))
    expect(findings(l)).toContain(
      '“Cold cache › Shed load” was cited for “Shed load at the edge” while its own check said that it does not apply.',
    )
  })
  test('name a step that led astray, without naming anybody', () => {
    const l = log().says(
      proposed('run-1', 'restart-web', ana, 'restart'),
      started('run-1', 'restart-web', ana, 'restart'),
    )
    const found = findings(l)
    expect(found).toContain(
      '“Cold cache › Restart” led to “Restart the web tier”, which did not help here: the step could say when not to use it.',
    )
    expect(found.join(' ')).not.toContain('Ana')
  })
  test('name right actions that stand nowhere or were never found', () => {
    const found = findings(log())
    expect(found).toContain('“Warm the cache” would have helped, and no playbook step leads to it.')
    expect(found).toContain(
      '“Shed load at the edge” would have helped; nobody was led to “Cold cache › Shed load”, where it is written.',
    )
  })
  test('carry what the table flagged', () => {
    const l = log().says({
      type: 'playbooks.flagged',
      seat: ana,
      book: 'cold-cache-book',
      step: null,
      flag: 'missing',
      why: 'no owner on call',
    })
    expect(findings(l)).toContain('“Cold cache” is flagged as missing: no owner on call.')
  })
})
