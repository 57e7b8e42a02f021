import { describe, expect, it } from 'vitest'
import { contracts, MECHANICS } from '../../shared/contracts/index.ts'
import { PHASES, PLAYER_ROLES, ROLES } from '../../shared/roles.ts'
import { mechanics } from '../../server/sim/mechanics/index.ts'
import type { Permission } from '../../server/sim/mechanic.ts'
import { exercise, minutes } from '../support/exercise.ts'

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
      'faults.start',
      'faults.end',
      'faults.set',
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
    '%s sees no truth, no list of injects, no faults, no notes, no effects and no class of mitigation',
    (role) => {
      const e = exercise('cold-cache').started().after(minutes(5))
      e.as('gm').does({ type: 'notes.write', text: 'They have not looked at the cache yet', objective: null })
      const view = e.as(role).sees()
      expect([view.incident, view.injects, view.faults, view.notes]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
      ])
      expect(view.system?.effects).toBeUndefined()
      expect(view.lifecycle?.scenario).toBeUndefined()
      expect(view.mitigations?.catalogue.some((m) => 'class' in m)).toBe(false)
      expect(e.as('gm').sees().notes?.notes).toHaveLength(1)
    },
  )
})
