import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, test } from 'vitest'
import { ExerciseId, SeatId, simMs, wallMs } from '../../../shared/ids.ts'
import type { Input } from '../../../server/sim/input.ts'
import { type Head, NO_HEAD, sealEntry, unpackSamples } from '../../../server/store/entry.ts'
import { DEFAULT_TEAM, type LogStore, type NewExercise } from '../../../server/store/logStore.ts'
import { createMemoryStore } from '../../../server/store/memoryStore.ts'
import { createSqliteStore } from '../../../server/store/sqliteStore.ts'

const exercise = ExerciseId.parse('ex_aaaaaaaaaaaa')
const other = ExerciseId.parse('ex_bbbbbbbbbbbb')
const seat = SeatId.parse('st_aaaaaaaaaaaa')
const undo: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one()
})

const opening: Input = {
  type: 'open',
  wall: wallMs(1000),
  name: 'Tuesday',
  joinCode: 'ABCD-EFGH',
  seed: 7,
  settings: { lead: 'human', dice: 'open', approval: 'commander' },
}
const advance = (to: number): Input => ({ type: 'advance', wall: wallMs(2000 + to), to: simMs(to) })
const say = (id: string): Input => ({
  type: 'command',
  wall: wallMs(5000),
  seat,
  id,
  command: { type: 'comms.say', text: 'hello' },
})
const seal = (head: Head, input: Input) =>
  sealEntry(head, {
    input,
    facts: [],
    samples: [{ n: 3, at: simMs(5000), values: [1.23456, null, Number.NaN] }],
    logs: [],
    evidence: ['["00112233aabbccdd",4000,1,"users",0,1,200,123]', '[5000,0,1.5]'],
  })

function made(id = exercise, code = 'code'): NewExercise {
  return {
    meta: {
      id,
      team: DEFAULT_TEAM,
      name: 'Tuesday',
      codename: 'Blue Heron',
      scenarioHash: 'abc',
      source: { 'scenario.yaml': 'title: ünïcode\u0000end' },
      engine: '0.1.0',
      createdAt: wallMs(id === exercise ? 1000 : 2000),
    },
    joinCodeHash: code,
    status: { phase: 'lobby', seats: [] },
    first: seal(NO_HEAD, opening),
  }
}

function sqliteFile() {
  const dir = mkdtempSync(join(tmpdir(), 'rfr-store-'))
  undo.push(() => rmSync(dir, { recursive: true, force: true }))
  return join(dir, 'rfr.sqlite')
}
const stores: readonly [string, () => LogStore][] = [
  ['the store in memory', createMemoryStore],
  ['the SQLite store', () => createSqliteStore(sqliteFile())],
]

describe.each(stores)('%s', (_name, create) => {
  const open = () => {
    const store = create()
    undo.push(() => store.close())
    return store
  }

  test('gives back an exercise exactly as it was stored', async () => {
    const store = open()
    await store.create(made())
    expect(await store.exercise(exercise)).toEqual({
      meta: made().meta,
      status: { phase: 'lobby', seats: [] },
      quarantined: null,
    })
    expect(await store.exercise(other)).toBeUndefined()
    expect(await store.byJoinCode('code')).toBe(exercise)
    expect(await store.byJoinCode('wrong')).toBeUndefined()
  })

  test('keeps entries in order, telemetry beside them, and the chain holds', async () => {
    const store = open()
    const first = made()
    await store.create(first)
    const a = seal(first.first, advance(500))
    const b = seal(a, say('command-1'))
    await store.append({ exercise, entries: [a, b], status: { phase: 'running', seats: [] } })
    const log = await store.load(exercise)
    expect(log).toEqual({ entries: [first.first, a, b], damage: null, snapshots: [] })
    expect(unpackSamples(log.entries[1]?.samples ?? '')).toEqual([
      { n: 3, at: 5000, values: [1.235, null, null] },
    ])
    expect((await store.exercise(exercise))?.status.phase).toBe('running')
  })

  test('refuses an entry out of order and a command id twice, and changes nothing then', async () => {
    const store = open()
    const first = made()
    await store.create(first)
    const a = seal(first.first, say('command-1'))
    const twice = seal(a, say('command-1'))
    const gap = seal({ n: 5, hash: a.hash }, advance(500))
    await expect(store.append({ exercise, entries: [gap] })).rejects.toThrow()
    await expect(
      store.append({ exercise, entries: [a, twice], status: { phase: 'closed', seats: [] } }),
    ).rejects.toThrow()
    await expect(store.append({ exercise: other, entries: [a] })).rejects.toThrow()
    expect((await store.load(exercise)).entries).toEqual([first.first])
    expect((await store.exercise(exercise))?.status.phase).toBe('lobby')
    await store.append({ exercise, entries: [a] })
    expect((await store.load(exercise)).entries).toEqual([first.first, a])
  })

  test('one failing write does not take another exercise with it', async () => {
    const store = open()
    await store.create(made())
    await store.create(made(other, 'code-2'))
    const good = seal(made().first, advance(1))
    const bad = seal({ n: 8, hash: '' }, advance(1))
    const results = await Promise.allSettled([
      store.append({ exercise, entries: [good] }),
      store.append({ exercise: other, entries: [bad] }),
    ])
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected'])
    expect((await store.load(exercise)).entries).toHaveLength(2)
    expect((await store.load(other)).entries).toHaveLength(1)
    expect((await store.list(DEFAULT_TEAM)).map((e) => e.meta.id)).toEqual([other, exercise])
  })

  test('a token opens its seat until the seat is revoked', async () => {
    const store = open()
    const first = made()
    await store.create(first)
    const a = seal(first.first, advance(1))
    await store.append({ exercise, entries: [a], admit: { seat, tokenHash: 'th' } })
    expect(await store.seat('th')).toEqual({ seat, exercise })
    expect(await store.seat('other')).toBeUndefined()
    await store.append({ exercise, entries: [seal(a, advance(2))], revoke: [seat] })
    expect(await store.seat('th')).toBeUndefined()
  })

  test('keeps the two newest snapshots', async () => {
    const store = open()
    const first = made()
    await store.create(first)
    const a = seal(first.first, advance(1))
    const b = seal(a, advance(2))
    await store.append({ exercise, entries: [a, b] })
    for (const n of [0, 1, 2]) await store.snapshot(exercise, { n, engine: '0.1.0', world: `{"n":${n}}` })
    expect((await store.load(exercise)).snapshots.map((s) => s.n)).toEqual([2, 1])
  })

  test('remembers where a log is damaged', async () => {
    const store = open()
    await store.create(made())
    await store.quarantine(exercise, { lastGood: 0, why: 'a test' })
    expect((await store.exercise(exercise))?.quarantined).toEqual({ lastGood: 0, why: 'a test' })
  })
})

describe('the SQLite store on disk', () => {
  test('what it acknowledged is there when it is opened again', async () => {
    const file = sqliteFile()
    const before = createSqliteStore(file)
    const first = made()
    await before.create(first)
    const a = seal(first.first, say('command-1'))
    await before.append({ exercise, entries: [a] })
    await before.close()
    const after = createSqliteStore(file)
    undo.push(() => after.close())
    expect((await after.load(exercise)).entries).toEqual([first.first, a])
  })

  test.each(['input', 'facts', 'wall'])(
    'finds an entry whose %s was changed, and keeps the good ones before it',
    async (column) => {
      const file = sqliteFile()
      const store = createSqliteStore(file)
      undo.push(() => store.close())
      const first = made()
      await store.create(first)
      const a = seal(first.first, advance(1))
      const b = seal(a, advance(2))
      await store.append({ exercise, entries: [a, b] })
      const raw = new Database(file)
      const value = column === 'wall' ? 77 : '{"type":"advance","wall":1,"to":9}'
      raw.prepare(`UPDATE entries SET ${column} = ? WHERE n = 1`).run(value)
      raw.close()
      const log = await store.load(exercise)
      expect(log.entries).toEqual([first.first])
      expect(log.damage).toMatchObject({ lastGood: 0 })
    },
  )

  test('finds changed telemetry, a missing entry and a changed scenario', async () => {
    const file = sqliteFile()
    const store = createSqliteStore(file)
    undo.push(() => store.close())
    const first = made()
    await store.create(first)
    const a = seal(first.first, advance(1))
    await store.append({ exercise, entries: [a, seal(a, advance(2))] })
    const raw = new Database(file)
    raw.exec("UPDATE telemetry SET samples = '[3,[5000],[[9,null,null]]]' WHERE n = 2")
    expect((await store.load(exercise)).damage).toMatchObject({ lastGood: 1 })
    raw.exec('DELETE FROM entries WHERE n = 1')
    expect((await store.load(exercise)).damage).toEqual({ lastGood: 0, why: 'entry 1 is missing' })
    raw.exec("UPDATE exercises SET source = '{}'")
    raw.close()
    expect((await store.exercise(exercise))?.quarantined).toMatchObject({ lastGood: -1 })
  })

  test('a full disk refuses the write, keeps what was there, and takes it when there is room again', async () => {
    const file = sqliteFile()
    const store = createSqliteStore(file, { maxPages: 60 })
    undo.push(() => store.close())
    const first = made()
    await store.create(first)
    const big = sealEntry(first.first, {
      input: advance(1),
      facts: [],
      samples: [],
      logs: [{ n: 0, at: 0, component: 'web', level: 'info', text: 'x'.repeat(400_000) }],
      evidence: [],
    })
    await expect(store.append({ exercise, entries: [big] })).rejects.toThrow(/full/)
    const small = seal(first.first, advance(1))
    await store.append({ exercise, entries: [small] })
    expect((await store.load(exercise)).entries).toEqual([first.first, small])
  })

  test('a database written by newer software is not touched', () => {
    const file = sqliteFile()
    const raw = new Database(file)
    raw.pragma('user_version = 99')
    raw.close()
    expect(() => createSqliteStore(file)).toThrow(/newer version/)
  })
})
