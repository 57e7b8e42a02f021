import { describe, expect, it } from 'vitest'
import type { Command } from '../../shared/contracts/index.ts'
import { valueUnder, withOne } from '../../shared/influence.ts'
import { FAULTS } from '../../server/sim/mechanics/faults/catalogue.ts'
import { planFault, planOverride } from '../../server/sim/mechanics/faults/plan.ts'
import { targetsOf } from '../../server/sim/mechanics/faults/targets.ts'
import { exercise, minutes, mitigate, type Played, seconds, simOf } from '../support/exercise.ts'

const slow: Command = {
  type: 'faults.start',
  fault: 'slow',
  target: 'web',
  amount: 6,
  minutes: null,
  over: 0,
}
const byHand = (path: string, value: string, cause: boolean): Command => ({
  type: 'faults.set',
  path,
  op: 'set',
  value,
  minutes: null,
  over: 0,
  cause,
})
const set = (path: string, value: string) => byHand(path, value, true)
const helps = (path: string, value: string) => byHand(path, value, false)
const running = (e: Played) => e.as('gm').sees().faults?.running ?? []
const value = (e: Played, path: string) =>
  e.sim.parameters(e.world).parameters.find((p) => p.path === path)?.value ?? NaN
const { model } = simOf('cold-cache').scenario
const web = model.components.find((c) => c.kind === 'service')?.id ?? ''

describe('a fault by hand', () => {
  it('holds until it is taken back, and leaves its parameter as it was', () => {
    const e = exercise('cold-cache').started()
    const path = `${web}.service_time`
    const before = value(e, path)
    e.as('gm').does({ ...slow, target: web })
    expect(value(e, path)).toBeCloseTo(before * 6, 9)
    e.after(minutes(3))
    expect(running(e)).toHaveLength(1)
    e.as('gm').does({ type: 'faults.end', id: running(e)[0]?.id ?? '' })
    expect(running(e)).toEqual([])
    expect(value(e, path)).toBe(before)
    expect(
      e
        .as('gm')
        .sees()
        .system?.effects?.filter((x) => x.source.startsWith('fault:')),
    ).toEqual([])
  })

  it('ends by itself after the minutes it was given, in the second they are over', () => {
    const e = exercise('cold-cache').started()
    e.as('gm').does({ ...slow, target: web, minutes: 2 })
    e.after(minutes(2) - 1)
    expect(running(e)).toHaveLength(1)
    e.after(1)
    expect(running(e)).toEqual([])
    expect(e.facts.filter((f) => f.type === 'faults.ended')).toEqual([
      { type: 'faults.ended', id: 'fault-1', title: expect.any(String), byHand: false },
    ])
  })

  it('comes on over its ramp', () => {
    const e = exercise('cold-cache').started()
    const path = `${web}.service_time`
    const before = value(e, path)
    e.as('gm').does({ ...slow, target: web, over: 2 })
    e.after(minutes(1))
    expect(value(e, path) / before).toBeCloseTo(3.5, 5)
    e.after(minutes(1))
    expect(value(e, path) / before).toBeCloseTo(6, 5)
  })

  it('composes with others on the same parameter, and each takes back only its own part', () => {
    const e = exercise('cold-cache').started()
    const path = `${web}.service_time`
    const before = value(e, path)
    e.as('gm').does({ ...slow, target: web, amount: 2 })
    e.as('gm').does({ ...slow, target: web, amount: 3 })
    e.as('gm').does(set(path, '10ms'))
    expect(value(e, path)).toBeCloseTo(0.06, 9)
    e.as('gm').does({ type: 'faults.end', id: 'fault-1' })
    expect(value(e, path)).toBeCloseTo(0.03, 9)
    e.as('gm').does({ type: 'faults.end', id: 'fault-3' })
    expect(value(e, path)).toBeCloseTo(before * 3, 9)
    e.as('gm').does({ type: 'faults.end', id: 'fault-2' })
    expect(value(e, path)).toBe(before)
  })

  it('can be started and ended while the clock stands', () => {
    const e = exercise('cold-cache').started()
    e.as('gm').does({ type: 'lifecycle.pause' })
    e.as('gm').does({ ...slow, target: web })
    e.as('gm').does({ type: 'faults.end', id: 'fault-1' })
    expect(running(e)).toEqual([])
  })

  it('done at once leaves nothing running and nothing to end', () => {
    const e = exercise('cold-cache').started()
    e.as('gm').does({ type: 'faults.start', fault: 'kill', target: web, minutes: 5, over: 0 })
    expect(running(e)).toEqual([])
    e.after(seconds(5))
    expect(e.facts.some((f) => f.type === 'system.operated')).toBe(true)
  })

  it('is refused with the way out', () => {
    const e = exercise('cold-cache').started()
    const gm = e.as('gm')
    gm.isRefused({ ...slow, target: web, amount: 1e9 }, 'out-of-range')
    gm.isRefused({ ...slow, fault: 'constructor' }, 'no-such-thing')
    gm.isRefused({ ...slow, target: 'nowhere' }, 'no-such-thing')
    gm.isRefused({ ...slow, fault: 'cold-cache', target: web }, 'does-not-fit')
    gm.isRefused({ type: 'faults.end', id: 'fault-9' }, 'no-such-thing')
    for (let n = 0; n < 60; n += 1) gm.does({ ...slow, target: web })
    gm.isRefused({ ...slow, target: web }, 'too-many')
  })

  it('is told to the game master at once, to players only after play, and is listed among the interventions', () => {
    const e = exercise('cold-cache').started()
    e.as('gm').does({ ...slow, target: web })
    const told = (role: 'gm' | 'operations') =>
      (e.as(role).sees().timeline?.entries ?? []).filter((x) => x.text.includes('6 times')).length
    expect([told('gm'), told('operations')]).toEqual([1, 0])
    expect(e.as('operations').sees().faults).toBeUndefined()
    e.as('gm').does({ type: 'lifecycle.finish' })
    expect(told('operations')).toBe(1)
  })
})

describe('what counts as a cause', () => {
  const incident = (e: Played) => e.as('gm').sees().incident
  const resolved = (e: Played) => e.facts.filter((f) => f.type === 'incident.resolved').length

  it('is a running fault: nothing is resolved while it holds, and one that starts later undoes what was', () => {
    const e = exercise('bad-deploy-404').started()
    const mild: Command = { ...slow, target: 'payments', amount: 1.5 }
    e.as('gm').does(mild)
    expect(incident(e)?.causePresent).toBe(true)
    for (let i = 0; i < 60 && !e.facts.some((f) => f.type === 'alerts.fired'); i += 1) e.after(seconds(15))
    for (const step of e.sim.scenario.spec.solution)
      mitigate(e.after(step.wait + 1), step.mitigation, step.params)
    e.after(minutes(10))
    // All is well but for what is kept up by hand.
    expect([incident(e)?.causePresent, resolved(e)]).toEqual([true, 0])
    e.as('gm').does({ type: 'faults.end', id: 'fault-1' })
    e.after(minutes(4))
    expect([incident(e)?.causePresent, resolved(e)]).toEqual([false, 1])
    e.as('gm').does({ ...mild, minutes: 2 })
    expect([incident(e)?.causePresent, incident(e)?.resolvedAt]).toEqual([true, null])
    e.after(minutes(6))
    expect(resolved(e)).toBe(2)
  })

  it('is a parameter set by hand, unless the game master says that it is a help', () => {
    const e = exercise('cold-cache').started()
    const before = incident(e)?.causePresent
    e.as('gm').does(helps(`${web}.cv`, '1.1'))
    expect(incident(e)?.causePresent).toBe(before)
    e.as('gm').does(set(`${web}.cv`, '1.1'))
    expect(incident(e)?.causePresent).toBe(true)
  })
})

describe('a parameter set by hand', () => {
  it('is written as in a scenario, and refused with what was meant, how it is written, or its range', () => {
    const plan = (path: string, op: 'set' | 'scale' | 'add', text: string) =>
      planOverride(model, { path, op, value: text })
    expect(plan(`${web}.service_time`, 'set', '40ms')).toMatchObject({
      effects: [{ op: 'set', value: 0.04 }],
    })
    expect(plan(`${web}.service_time`, 'scale', '×2.5')).toMatchObject({ effects: [{ value: 2.5 }] })
    expect(plan(`${web}.service_time`, 'scale', '50%')).toMatchObject({ effects: [{ value: 0.5 }] })
    expect(plan(`${web}.errors.500`, 'add', '10%')).toMatchObject({ effects: [{ value: 0.1 }] })
    expect(plan(`${web}.service_tme`, 'set', '40ms')).toEqual({
      code: 'no-such-parameter',
      where: `did you mean ${web}.service_time?`,
    })
    expect(plan(`${web}.service_time`, 'set', '40')).toMatchObject({
      code: 'not-written-so',
      where: expect.stringContaining('40ms'),
    })
    expect(plan(`${web}.service_time`, 'set', '9d')).toEqual({
      code: 'out-of-range',
      where: 'from 0 s to 1 d',
    })
    expect(plan(`${web}.errors.500`, 'set', '140%')).toEqual({
      code: 'out-of-range',
      where: 'from 0 % to 100 %',
    })
    expect(plan(`${web}.service_time`, 'scale', '-1')).toMatchObject({ code: 'out-of-range' })
    expect(plan('__proto__', 'set', '1')).toMatchObject({ code: 'no-such-parameter' })
  })

  it('is previewed as the system then has it', () => {
    const e = exercise('cold-cache').started()
    const path = `${web}.service_time`
    e.as('gm').does({ ...slow, target: web, amount: 2 })
    const { about, parameters } = e.sim.parameters(e.world)
    const row = parameters.find((p) => p.path === path)
    const info = about[row?.about ?? -1]
    if (!row || !info) throw new Error('it is in the list')
    const now = { ...info, ...row }
    expect(valueUnder(now)).toBeCloseTo(row.value, 12)
    const preview = valueUnder(withOne(now, 'set', 0.05))
    e.as('gm').does(set(path, '50ms'))
    expect(value(e, path)).toBeCloseTo(preview, 12)
    expect(info.describe).not.toBe('')
  })

  it('is described, whichever it is', () => {
    const { about } = simOf('cold-cache').parameters(exercise('cold-cache').world)
    expect(about.filter((a) => a.describe === '').map((a) => a.name)).toEqual([])
  })
})

describe('the catalogue', () => {
  it('says each thing in words, and puts target and amount into what it says', () => {
    for (const target of targetsOf(model))
      for (const fault of target.faults) {
        const plan = planFault(model, { fault, target: target.id })
        if ('code' in plan) throw new Error(`${fault} on ${target.id}: ${plan.code}`)
        expect(plan.title, fault).not.toMatch(/[{}]|NaN|undefined/)
        expect(plan.effects.length + plan.operations.length, fault).toBeGreaterThan(0)
        for (const x of plan.effects) expect(Number.isFinite(x.value), `${fault} on ${target.id}`).toBe(true)
      }
  })
  it('names each fault once and describes it', () => {
    const titles = Object.values(FAULTS).map((f) => f.title)
    expect(new Set(titles).size).toBe(titles.length)
    for (const f of Object.values(FAULTS)) expect(f.describe.length).toBeGreaterThan(30)
  })
})
