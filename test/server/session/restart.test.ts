import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, test, vi } from 'vitest'
import { createSim } from '../../../server/sim/sim.ts'
import type { LogStore } from '../../../server/store/logStore.ts'
import { createMemoryStore } from '../../../server/store/memoryStore.ts'
import { createSqliteStore } from '../../../server/store/sqliteStore.ts'
import { nextId } from '../../support/client.ts'
import { handTime } from '../../support/handTime.ts'
import { startServer } from '../../support/server.ts'

const dir = mkdtempSync(join(tmpdir(), 'rfr-restart-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
let files = 0
const file = () => join(dir, `${++files}.sqlite`)

test('after a restart everybody finds the exercise as they left it, and exercise time stood still meanwhile', async () => {
  const db = file()
  const hand = handTime()
  const before = await startServer({ store: createSqliteStore(db), hand })
  const { gm, screen, code } = await before.playing()
  const ada = await before.join(code, 'Ada', ['operations'])
  for (let i = 0; i < 20; i++) {
    hand.pass(500)
    await screen.does({ type: 'comms.say', text: `message ${i}` })
  }
  const id = nextId()
  expect(await screen.does({ type: 'comms.say', text: 'the last one' }, id)).toEqual({ ok: true })
  const history = (await gm.get(`/api/seats/${gm.seat}/telemetry`)).text
  const seen = screen.views()
  const since = screen.seq()
  await before.close()

  hand.pass(3_600_000)
  const after = await startServer({ store: createSqliteStore(db), hand })
  const again = await after.person(gm).connect({ since })
  await again.until(() => again.frames.length > 0)
  expect(again.frames[0]?.kind).toBe('welcome')
  expect(again.views()).toEqual(seen)
  expect((await after.person(gm).get(`/api/seats/${gm.seat}/telemetry`)).text).toBe(history)
  expect(await again.does({ type: 'comms.say', text: 'the last one' }, id)).toEqual({ ok: true })
  expect(again.views()?.role.comms?.channel.filter((m) => m.text === 'the last one')).toHaveLength(1)

  const desk = await after.person(ada).connect()
  const now = desk.views()?.role.lifecycle?.now ?? 0
  hand.pass(500)
  await desk.until(() => (desk.views()?.role.lifecycle?.now ?? 0) >= now + 500)
  expect(desk.views()?.role.lifecycle?.now).toBe(now + 500)
  expect((await after.join(code, 'Late', ['observer'])).exercise).toBe(gm.exercise)
})

test('a snapshot and the entries after it give the very same world as the whole log', async () => {
  const db = file()
  const hand = handTime()
  const before = await startServer({ store: createSqliteStore(db), hand })
  const { gm, screen } = await before.playing()
  // More entries than lie between two snapshots.
  for (let i = 0; i < 170; i++) {
    hand.pass(500)
    await screen.does({ type: 'comms.say', text: `message ${i}` })
  }
  const seen = screen.views()
  await before.close()
  const raw = new Database(db)
  expect((raw.prepare('SELECT max(n) AS n FROM snapshots').get() as { n: number }).n).toBeGreaterThan(300)
  const open = async () => {
    const server = await startServer({ store: createSqliteStore(db), hand })
    const views = (await server.person(gm).connect()).views()
    await server.close()
    return views
  }
  expect(await open()).toEqual(seen)
  raw.exec('DELETE FROM snapshots')
  raw.close()
  expect(await open()).toEqual(seen)
}, 30_000)

test('a damaged exercise is set aside and still readable; the others go on', async () => {
  const db = file()
  const hand = handTime()
  const before = await startServer({ store: createSqliteStore(db), hand })
  const broken = await before.playing()
  await broken.screen.does({ type: 'comms.say', text: 'good' })
  await broken.screen.does({ type: 'comms.say', text: 'to be damaged' })
  const fine = await before.table()
  await before.close()
  const raw = new Database(db)
  raw
    .prepare("UPDATE entries SET input = replace(input, 'to be damaged', 'was damaged!!') WHERE exercise = ?")
    .run(broken.gm.exercise)
  raw.close()

  const after = await startServer({ store: createSqliteStore(db), hand })
  const gm = after.person(broken.gm)
  expect(await gm.knock().outcome()).toBe('quarantined')
  const record = await gm.get(`/api/seats/${gm.seat}/export/json`)
  expect(record.status).toBe(200)
  expect(record.text).not.toContain('damaged')
  expect(
    (await after.post('/api/join', { code: broken.code, name: 'Ada', roles: ['observer'] })).status,
  ).toBe(404)
  const other = await after.person(fine.gm).connect()
  expect(await other.does({ type: 'comms.say', text: 'unharmed' })).toEqual({ ok: true })
})

test('when the disk is full nothing changes and people are told; when there is room, play goes on', async () => {
  const inner = createMemoryStore()
  let full = false
  const store: LogStore = {
    ...inner,
    append: async (append) => {
      if (full) throw new Error('SQLITE_FULL: database or disk is full')
      return inner.append(append)
    },
  }
  const server = await startServer({ store })
  const { gm, screen } = await server.playing()
  full = true
  const id = nextId()
  const before = screen.views()
  expect(await screen.does({ type: 'comms.say', text: 'into the void' }, id)).toEqual({
    ok: false,
    code: 'not-stored',
  })
  server.hand.pass(5000)
  expect(await screen.does({ type: 'comms.say', text: 'still' })).toEqual({ ok: false, code: 'not-stored' })
  expect(screen.views()).toEqual(before)
  expect((await gm.get(`/api/seats/${gm.seat}/telemetry`)).status).toBe(200)
  full = false
  expect(await screen.does({ type: 'comms.say', text: 'into the void' }, id)).toEqual({ ok: true })
  await screen.until(() => screen.views()?.role.comms?.channel.length === 1)
})

test("a bug in one exercise stops that exercise only, and its people learn it with an error's number", async () => {
  const server = await startServer({
    makeSim: (scenario) => {
      const sim = createSim(scenario)
      return {
        ...sim,
        step(world, input) {
          if (input.type === 'command' && input.command.type === 'comms.say' && input.command.text === 'boom')
            throw new Error('a bug')
          return sim.step(world, input)
        },
      }
    },
  })
  const one = await server.table()
  const two = await server.table()
  const stopped = { ok: false, code: 'exercise-stopped', errorId: expect.stringMatching(/^err_/) }
  expect(await one.screen.does({ type: 'comms.say', text: 'boom' })).toEqual(stopped)
  expect(await one.screen.does({ type: 'comms.say', text: 'hello?' })).toEqual(stopped)
  expect(await one.gm.knock().outcome()).toBe('exercise-stopped')
  expect((await one.gm.get(`/api/seats/${one.gm.seat}/record`)).status).toBe(200)
  expect(await two.screen.does({ type: 'comms.say', text: 'fine here' })).toEqual({ ok: true })
})

test('an exercise of another engine version can be read but not played', async () => {
  const db = file()
  const before = await startServer({ store: createSqliteStore(db) })
  const { gm } = await before.table()
  await before.close()
  const raw = new Database(db)
  raw.exec("UPDATE exercises SET engine = '0.0.1'")
  raw.close()
  const after = await startServer({ store: createSqliteStore(db) })
  const person = after.person(gm)
  expect(await person.knock().outcome()).toBe('exercise-stopped')
  expect((await person.get(`/api/seats/${gm.seat}/telemetry`)).status).toBe(200)
  expect((await person.get(`/api/seats/${gm.seat}/record`)).json).toMatchObject({ engine: '0.0.1' })
})

test('an exercise nobody looks at is forgotten, and is just as it was when somebody comes back', async () => {
  const server = await startServer()
  const { gm, screen } = await server.table()
  await screen.does({ type: 'comms.say', text: 'see you tomorrow' })
  const since = screen.seq()
  const seen = screen.views()
  screen.leave()
  await vi.waitFor(async () => {
    server.hand.pass(60_000)
    const again = await gm.connect({ since })
    await again.until(() => again.presence.length > 0)
    const kinds = again.frames.map((frame) => frame.kind)
    again.leave()
    // A feed that goes on has nothing to say; one made anew from the store begins with a welcome.
    expect(kinds).toEqual(['welcome'])
    expect(again.views()).toEqual(seen)
  }, 10_000)
})
