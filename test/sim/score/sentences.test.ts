import { describe, expect, test } from 'vitest'
import { contracts, type Fact, MECHANICS } from '../../../shared/contracts/index.ts'
import { simMs, wallMs } from '../../../shared/ids.ts'
import { namesOf } from '../../../server/sim/score/names.ts'
import { entryOf } from '../../../server/sim/score/sentences.ts'
import { ana, notified, proposed, scenario, started } from './smallLog.ts'

const say = (fact: Fact, dice: 'off' | 'open' | 'screen' = 'open') =>
  entryOf(
    { at: simMs(0), wall: wallMs(0), seat: ana, fact },
    namesOf(scenario, [{ id: ana, name: 'Ana' }], dice),
  )

const rolled: Fact = {
  type: 'mitigations.rolled',
  run: 'run-1',
  mitigation: 'shed-load',
  title: 'Shed load at the edge',
  seat: ana,
  odds: { dc: 11, modifiers: [], advantage: 0, chance: 0.5 },
  roll: { dice: [17], total: 19, success: true },
}

describe('the timeline', () => {
  test('names people, actions and playbook steps', () => {
    expect(say(proposed('run-1', 'shed-load', ana, 'shed-load'))?.text).toBe(
      'Ana proposes “Shed load at the edge” from “Cold cache › Shed load”.',
    )
    expect(say(started('run-1', 'shed-load', ana))).toEqual({
      kind: 'mitigation',
      text: 'Ana starts “Shed load at the edge”.',
      visibility: 'all',
    })
  })
  test('says who is paged of what, and that nobody took it; what on-call never heard of waits for the debrief', () => {
    expect(say(notified())).toEqual({
      kind: 'alert',
      text: 'On-call is paged: Checkout is slow',
      visibility: 'all',
    })
    expect(say(notified(['Slow', 'Fails'], 2, 300_000))?.text).toBe(
      'On-call is paged: Checkout (2 alerts: Slow; Fails). Notice 2: nobody has acknowledged it for 5 min; it goes on to the next person on call.',
    )
    const lost = { alert: 'alert-1', rule: 'slow', title: 'Slow' }
    expect(say({ type: 'alerts.lost', ...lost })?.visibility).toBe('debrief')
    expect(say({ type: 'alerts.resolved', ...lost, told: false })?.visibility).toBe('debrief')
    expect(
      say({
        type: 'alerts.silenced',
        silence: 'silence-1',
        title: 'Slow',
        seat: ana,
        until: simMs(3_723_000),
        reason: 'Known',
      })?.text,
    ).toBe('Ana silences “Slow” until 01:02:03. Reason: Known')
  })
  test('shows an open roll to everyone and one behind the screen to the game master alone', () => {
    expect(say(rolled, 'open')).toMatchObject({
      text: 'Ana rolls a 17 for “Shed load at the edge”: 19 against 11, success.',
      visibility: 'all',
    })
    expect(say(rolled, 'screen')?.visibility).toBe('gm')
    expect(say(rolled, 'off')).toBeNull()
  })
  test('tells the incident by the titles of its innermost states and by why it moved', () => {
    const move = (event: string): Fact => ({
      type: 'incident.moved',
      event,
      entered: [],
      left: [],
      states: ['cache', 'cache.cold'],
    })
    expect(say(move('start'))?.text).toBe('The incident begins: “Cold and drowning”.')
    expect(say(move('NODES_LOST'))?.text).toBe('The incident moves on NODES_LOST: “Cold and drowning”.')
    expect(say(move('xstate.after.120000.cache'))?.text).toBe(
      'The incident moves on with time: “Cold and drowning”.',
    )
  })
  test('keeps the truth for the debrief', () => {
    for (const fact of [
      { type: 'incident.moved', event: 'START', entered: [], left: [], states: ['cold'] },
      { type: 'incident.cause-appeared' },
      { type: 'incident.cause-removed' },
      { type: 'incident.resolved' },
      { type: 'objectives.impact-started', slo: 'checkout', since: simMs(0) },
      { type: 'injects.due', inject: 'press', title: 'The press calls' },
    ] satisfies Fact[])
      expect(say(fact)?.visibility, fact.type).toBe('debrief')
  })
  test('does not show the table what was said to one role', () => {
    const inject = {
      type: 'injects.delivered',
      inject: 'press',
      title: 'The press calls',
      from: 'Press',
      via: 'phone',
      text: 'Hello?',
      byHand: false,
    } as const
    expect(say({ ...inject, to: 'all' })).toMatchObject({ text: 'Press: Hello?', visibility: 'all' })
    expect(say({ ...inject, to: 'communications' })?.visibility).toBe('debrief')
  })
  test('never repeats private lines and notes', () => {
    expect(say({ type: 'comms.whispered', message: 'msg-1', from: ana, to: ana, text: 'psst' })).toBeNull()
    expect(
      say({ type: 'notes.written', note: 'note-1', seat: ana, text: 'slow start', objective: null }),
    ).toBeNull()
  })
  test('never gives away the class of an action', () => {
    for (const id of Object.keys(scenario.spec.mitigations))
      expect(say(started('run-1', id, ana))?.text).not.toMatch(/right|tempting|neutral|wrong/)
  })
  test('knows every fact there is', () => {
    const types = MECHANICS.flatMap((m) => Object.keys(contracts[m].facts).map((f) => `${m}.${f}`))
    // A fact the switch does not know would come back as undefined; the empty bodies only reach the tag.
    const reached = types.filter((type) => {
      try {
        return say({ type } as Fact) !== undefined
      } catch {
        return true
      }
    })
    expect(reached).toEqual(types)
  })
})
