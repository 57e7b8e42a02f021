import { describe, expect, it } from 'vitest'
import { stuckFor } from '../../../client/panels/controls/stuck.ts'
import { lastActs } from '../../../client/panels/gmTable/lastActs.ts'
import { sortInjects, type Inject } from '../../../client/panels/lane/sortInjects.ts'
import { marksReached, runSheet } from '../../../client/panels/runsheet/runsheet.ts'
import { effectWords, holds } from '../../../client/panels/effectWords.ts'
import type { Message } from '../../../shared/contracts/comms.ts'
import type { RoleView, ViewOf } from '../../../shared/contracts/index.ts'
import { SeatId, simMs, wallMs } from '../../../shared/ids.ts'
import { theAlerts } from '../panels/views.ts'

const mia = SeatId.parse('st_miamiamia')
const leo = SeatId.parse('st_leoleoleo')
const minutes = (n: number) => simMs(n * 60_000)

const entry = (at: number, seat: SeatId | null, text = 'acts') => ({
  id: `entry-${at}`,
  at: minutes(at),
  wall: wallMs(0),
  kind: 'mitigation' as const,
  seat,
  text,
})
const said = (at: number, seat: SeatId | null): Message => ({
  id: `msg-${at}`,
  at: minutes(at),
  wall: wallMs(0),
  seat,
  from: 'Mia',
  text: 'Looking at the cache.',
  kind: 'message',
})
const inject = (id: string, more: Partial<Inject> = {}): Inject => ({
  id,
  title: id,
  state: 'planned',
  trigger: 'by hand',
  plannedAt: null,
  deliveredAt: null,
  from: 'Chief executive',
  to: 'commander',
  via: 'mail',
  text: 'What is going on?',
  expected: '',
  objective: null,
  ...more,
})

describe('a table that is stuck', () => {
  const table = {
    phase: 'running' as const,
    now: minutes(9),
    entries: [entry(3, mia)],
    channel: [],
    runs: [],
    players: [mia],
    knownSince: minutes(1),
    resolved: false,
  }

  it('is one where no player has done anything for five minutes of exercise time', () => {
    expect(stuckFor(table)).toBe(minutes(6))
    expect(stuckFor({ ...table, now: minutes(7) })).toBeNull()
  })
  it('is not one where people talk', () => {
    expect(stuckFor({ ...table, channel: [said(8, mia)] })).toBeNull()
  })
  it('counts what the system does as nobody acting', () => {
    expect(stuckFor({ ...table, entries: [entry(3, mia), entry(8, null)] })).toBe(minutes(6))
  })
  it('is not one before anything shows or after it is resolved', () => {
    expect(stuckFor({ ...table, knownSince: null })).toBeNull()
    expect(stuckFor({ ...table, knownSince: minutes(8) })).toBeNull()
    expect(stuckFor({ ...table, resolved: true })).toBeNull()
  })
  it('is not one while the clock stands or nobody has joined', () => {
    expect(stuckFor({ ...table, phase: 'paused' })).toBeNull()
    expect(stuckFor({ ...table, players: [] })).toBeNull()
  })
})

describe('what everybody did last', () => {
  it('is the newest of the timeline and the channel, by seat', () => {
    const acts = lastActs([entry(3, mia, 'Mia opens a page.'), entry(5, leo, 'Leo rolls.')], [said(4, mia)])
    expect(acts.get(mia)).toEqual({ at: minutes(4), text: '“Looking at the cache.”' })
    expect(acts.get(leo)?.text).toBe('Leo rolls.')
  })
})

describe('the lane', () => {
  it('puts what is due first, then the timed by time, and what is over newest first', () => {
    const lane = sortInjects([
      inject('late', { plannedAt: minutes(15) }),
      inject('soon', { plannedAt: minutes(5) }),
      inject('hand'),
      inject('now', { state: 'due', plannedAt: minutes(4) }),
      inject('old', { state: 'delivered', deliveredAt: minutes(1) }),
      inject('newer', { state: 'delivered', deliveredAt: minutes(2) }),
    ])
    expect(lane.due.map((i) => i.id)).toEqual(['now'])
    expect(lane.timed.map((i) => i.id)).toEqual(['soon', 'late'])
    expect(lane.untimed.map((i) => i.id)).toEqual(['hand'])
    expect(lane.over.map((i) => i.id)).toEqual(['newer', 'old'])
  })
})

describe('effects in words', () => {
  const effect = {
    source: 'incident',
    path: 'web-tier.service_time',
    op: 'scale',
    value: 3,
    from: simMs(0),
    until: null,
  } as const
  const title = (id: string) => ({ 'web-tier': 'Web tier', db: 'Database' })[id] ?? id

  it('say what is done to which component', () => {
    expect(effectWords(effect, title)).toBe('Web tier: service time is multiplied by 3')
    expect(effectWords({ ...effect, path: 'web-tier.calls.db.retries', op: 'set', value: 5 }, title)).toBe(
      'Web tier: calls to Database, retries is set to 5',
    )
    expect(effectWords({ ...effect, op: 'add', value: -2 }, title)).toBe(
      'Web tier: service time is lowered by 2',
    )
  })
  it('hold from their beginning until before their end', () => {
    expect(holds(effect, 0)).toBe(true)
    expect(holds({ ...effect, until: minutes(1) }, minutes(1))).toBe(false)
  })
})

describe('the run sheet', () => {
  // Only the parts it reads; the full lifecycle view is long and says nothing more here.
  const lifecycle = (phase: ViewOf<'lifecycle'>['phase']) =>
    ({ phase, minutes: 45, joinCode: 'ABC-DEF', stopped: null }) as ViewOf<'lifecycle'>

  it('names the seats nobody holds and those not heard yet in the lobby', () => {
    const view: RoleView = {
      lifecycle: lifecycle('lobby'),
      seats: { seats: [{ id: mia, name: 'Mia', roles: ['commander'], heard: false }] },
    }
    const sheet = runSheet(view, 0)
    expect(sheet.say[0]?.text).toContain('ABC-DEF')
    expect(sheet.watch[0]?.text).toBe('Nobody sits here yet: Operations, Communications, Scribe.')
    expect(sheet.watch[1]?.text).toContain('Mia')
  })

  it('says whom to play when an inject is due, and what comes next in time order', () => {
    const view: RoleView = {
      lifecycle: lifecycle('running'),
      injects: {
        list: [
          inject('call', {
            title: 'Support is flooded',
            state: 'due',
            via: 'phone',
            from: 'Head of support',
            plannedAt: minutes(10),
          }),
          inject('b', { title: 'Second', plannedAt: minutes(20) }),
          inject('a', { title: 'First', plannedAt: minutes(12) }),
        ],
      },
    }
    const sheet = runSheet(view, minutes(10))
    expect(sheet.say.map((l) => l.text)).toEqual(['Call as Head of support: Support is flooded'])
    expect(sheet.next.map((l) => l.at)).toEqual([minutes(12), minutes(20), minutes(45)])
  })

  it('keeps to a few lines, the newest first, and says how many there are besides', () => {
    const due = [1, 2, 3, 4, 5, 6].map((n) =>
      inject(`due-${n}`, { title: `Inject ${n}`, state: 'due', via: 'phone', plannedAt: minutes(n) }),
    )
    const { say } = runSheet({ lifecycle: lifecycle('running'), injects: { list: due } }, minutes(9))
    expect(say.map((l) => l.text)).toEqual([
      'Call as Chief executive: Inject 6',
      'Call as Chief executive: Inject 5',
      'Call as Chief executive: Inject 4',
      'And 3 more.',
    ])
  })

  it('watches for the first mark not reached yet', () => {
    const view: RoleView = { lifecycle: lifecycle('running'), alerts: theAlerts([]) }
    expect(
      marksReached(view)
        .filter((m) => m.reached)
        .map((m) => m.title),
    ).toEqual([])
    expect(runSheet(view, 0).watch[0]?.text).toBe('The next mark: detected.')
  })
})
