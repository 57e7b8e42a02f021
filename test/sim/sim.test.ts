import { describe, expect, it } from 'vitest'
import { contracts, MECHANICS } from '../../shared/contracts/index.ts'
import { PHASES, PLAYER_ROLES, ROLES } from '../../shared/roles.ts'
import { simMs, wallMs } from '../../shared/ids.ts'
import { mechanics } from '../../server/sim/mechanics/index.ts'
import type { Permission } from '../../server/sim/mechanic.ts'
import type { World } from '../../server/sim/world.ts'
import {
  exercise,
  LED,
  minutes,
  mitigate,
  type Played,
  seatOf,
  seconds,
  SHIPPED,
} from '../support/exercise.ts'

const throughJson = <T>(x: T): T => JSON.parse(JSON.stringify(x)) as T

/** A little of everything, so that a replay has something to repeat. */
function played(): Played {
  const e = exercise('cold-cache', {
    settings: { lead: 'human', dice: 'open', approval: 'commander' },
    seed: 41,
  }).started()
  e.after(minutes(5))
  const alert = e.as('operations').sees().alerts?.alerts[0]?.id ?? ''
  e.as('operations').does({ type: 'alerts.acknowledge', alert })
  e.as('commander').does({ type: 'response.declare', severity: 'SEV-1', title: 'Shop is slow' })
  e.as('communications').does({
    type: 'comms.update',
    audience: 'status',
    text: 'We are looking into slow pages.',
  })
  e.as('operations').does({
    type: 'mitigations.propose',
    mitigation: 'shed-at-edge',
    params: { amount: 0.7 },
    reason: 'queue grows',
    cite: null,
  })
  const run = e.as('commander').sees().mitigations?.runs[0]?.id ?? ''
  e.as('commander').does({ type: 'mitigations.approve', run })
  e.as('operations').does({ type: 'mitigations.commit', run })
  e.after(seconds(17)).after(minutes(4))
  e.as('gm').does({ type: 'lifecycle.pause' }).as('gm').does({ type: 'lifecycle.resume' })
  return e.after(minutes(3))
}

describe('the same run twice', { timeout: 60_000 }, () => {
  it('the same inputs give a byte-equal log and a byte-equal world', () => {
    const [a, b] = [played(), played()]
    expect(JSON.stringify(b.world)).toBe(JSON.stringify(a.world))
    expect(JSON.stringify(b.log)).toBe(JSON.stringify(a.log))
  })

  it('replaying the log through JSON at every step gives the same world', () => {
    const a = played()
    let world: World | undefined
    for (const { input } of throughJson(a.log)) {
      if (input.type === 'open') world = throughJson(a.sim.open(input).world)
      else if (world) {
        const s = a.sim.step(throughJson(world), input)
        if (!s.ok) throw new Error(s.code)
        world = throughJson(s.world)
      }
    }
    expect(JSON.stringify(world)).toBe(JSON.stringify(a.world))
  })

  it('another seed gives another telemetry', () => {
    const rps = (seed: number) =>
      exercise('cold-cache', { seed }).started().after(minutes(1)).history('storefront.rps')
    expect(rps(1)).not.toEqual(rps(2))
  })

  it('advancing in one leap is advancing in many steps', () => {
    const leap = exercise('cold-cache').started().after(minutes(6))
    const steps = exercise('cold-cache').started()
    for (let i = 0; i < 72; i++) steps.after(seconds(5))
    // Wall time is a field of each input, and there were more of them.
    const withoutWall = (x: unknown) =>
      JSON.stringify(x, (key, value: unknown) => (key === 'wall' ? undefined : value))
    expect(steps.samples).toEqual(leap.samples)
    expect(withoutWall(steps.world)).toBe(withoutWall(leap.world))
  })

  it('a refused input leaves the world as it was', () => {
    const e = exercise('cold-cache').started()
    const before = JSON.stringify(e.world)
    e.as('operations').isRefused({ type: 'lifecycle.pause' }, 'not-yours')
    expect(e.sim.step(e.world, { type: 'advance', wall: wallMs(1), to: simMs(-5) })).toMatchObject({
      ok: false,
    })
    expect(JSON.stringify(e.world)).toBe(before)
  })
})

describe('who may do what', () => {
  const commands = MECHANICS.flatMap((m) => {
    const may: Readonly<Record<string, Permission>> = mechanics[m].may
    return Object.keys(contracts[m].commands).map((c) => ({ command: `${m}.${c}`, permission: may[c] }))
  })

  it('every command of every contract has its line in the table of permissions', () => {
    expect(commands.filter((c) => c.permission === undefined)).toEqual([])
    expect(commands.length).toBeGreaterThan(35)
  })

  it('what only the game master may, no player may in any phase', () => {
    const gmOnly = commands.filter((c) => c.permission?.roles.every((r) => r === 'gm')).map((c) => c.command)
    expect(gmOnly).toEqual([
      'lifecycle.brief',
      'lifecycle.start',
      'lifecycle.pause',
      'lifecycle.resume',
      'lifecycle.speed',
      'lifecycle.finish',
      'lifecycle.close',
      'seats.assign',
      'seats.remove',
      'incident.nudge',
      'objectives.rate',
      'injects.fire',
      'injects.hold',
      'injects.release',
      'injects.skip',
      'injects.improvise',
      'hints.give',
    ])
  })

  it('a table of every command, role and phase is what was reviewed', () => {
    const table = commands.map(
      ({ command, permission }) =>
        `${command.padEnd(26)} ${ROLES.filter((r) => permission?.roles.includes(r)).join(',')} | ${PHASES.filter((p) => permission?.phases.includes(p)).join(',')}`,
    )
    expect(table.join('\n')).toMatchSnapshot()
  })

  it.each(PLAYER_ROLES)(
    '%s sees no truth, no list of injects, no notes, no effects and no class of mitigation',
    (role) => {
      const e = exercise('cold-cache').started().after(minutes(5))
      e.as('gm').does({ type: 'notes.write', text: 'They have not looked at the cache yet', objective: null })
      const view = e.as(role).sees()
      expect([view.incident, view.injects, view.notes]).toEqual([undefined, undefined, undefined])
      expect(view.system?.effects).toBeUndefined()
      expect(view.lifecycle?.scenario).toBeUndefined()
      expect(view.mitigations?.catalogue.some((m) => 'class' in m)).toBe(false)
      expect(e.as('gm').sees().notes?.notes).toHaveLength(1)
    },
  )
})

describe('a mitigation', () => {
  it('goes from proposal through approval and commitment to its effect', () => {
    const e = exercise('cold-cache', { settings: { ...LED, approval: 'gm' } })
      .started()
      .after(minutes(1))
    e.as('operations').does({
      type: 'mitigations.propose',
      mitigation: 'shed-at-edge',
      params: { amount: 0.4 },
      reason: '',
      cite: null,
    })
    const id = e.as('operations').has().mitigations?.canWithdraw[0] ?? ''
    e.as('operations').isRefused({ type: 'mitigations.commit', run: id }, 'already-done')
    e.as('commander').isRefused({ type: 'mitigations.approve', run: id }, 'not-yours')
    e.as('gm').does({ type: 'mitigations.approve', run: id, dc: 5, bonus: 1 })
    e.as('operations').does({ type: 'mitigations.commit', run: id }).after(seconds(60))
    expect(e.metric('edge.shed')).toBeCloseTo(0.4)
    e.as('operations').does({ type: 'mitigations.revert', run: id }).after(seconds(10))
    expect(e.metric('edge.shed')).toBe(0)
  })

  it('keeps the hands of whoever does it full', () => {
    const e = exercise('cold-cache').started().after(minutes(1))
    const propose = (mitigation: string) =>
      e.as('operations').does({ type: 'mitigations.propose', mitigation, params: {}, reason: '', cite: null })
    propose('shed-at-edge')
    propose('inspect-cache')
    const [first = '', second = ''] = e.as('operations').has().mitigations?.canCommit ?? []
    e.as('operations').does({ type: 'mitigations.commit', run: first })
    e.as('operations').isRefused({ type: 'mitigations.commit', run: second }, 'busy')
    e.after(minutes(1)).as('operations').does({ type: 'mitigations.commit', run: second })
  })

  it('cited from a step that does not link to it is refused', () => {
    const e = exercise('cold-cache').started()
    const book = e.as('operations').sees().playbooks?.books[0]
    const cite = { book: book?.id ?? '', step: book?.steps[0]?.id ?? '' }
    const propose = {
      type: 'mitigations.propose',
      mitigation: 'restart-cache',
      params: {},
      reason: '',
      cite,
    } as const
    e.as('operations').isRefused(propose, 'not-cited')
  })

  it('takes no value outside its range and no parameter it does not have', () => {
    const e = exercise('cold-cache').started()
    const propose = (params: Record<string, number>) =>
      ({ type: 'mitigations.propose', mitigation: 'shed-at-edge', params, reason: '', cite: null }) as const
    e.as('operations').isRefused(propose({ amount: 4 }), 'bad-parameter')
    e.as('operations').isRefused(propose({ amount: 0.5, force: 1 }), 'bad-parameter')
  })

  it('behind the screen shows its number to the game master alone', () => {
    const e = exercise('cold-cache', {
      settings: { lead: 'human', dice: 'screen', approval: 'none' },
    }).started()
    mitigate(e, 'inspect-cache')
    expect(e.as('gm').sees().mitigations?.runs[0]?.roll?.dice).toHaveLength(1)
    for (const role of PLAYER_ROLES) expect(e.as(role).sees().mitigations?.runs[0]?.roll).toBeNull()
    const said = JSON.stringify(e.as('operations').sees().timeline)
    expect(said).not.toMatch(/d20|rolls a \d/)
  })
})

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

  it.each(SHIPPED)('%s begins with an hour of healthy past', (slug) => {
    const e = exercise(slug)
    expect(e.samples).toHaveLength(780)
    expect(e.samples[0]?.at).toBe(-65 * 60_000 + 5000)
    expect(e.samples.at(-1)?.at).toBe(0)
  })
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
