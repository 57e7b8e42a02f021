import { describe, expect, it } from 'vitest'
import { simMs, wallMs } from '../../shared/ids.ts'
import type { World } from '../../server/sim/world.ts'
import { exercise, minutes, type Played, seconds } from '../support/exercise.ts'

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
