import { expect, test } from 'vitest'
import { type Views } from '../../../shared/frames.ts'
import { SeatId } from '../../../shared/ids.ts'
import { nextId } from '../../support/client.ts'
import { startServer } from '../../support/server.ts'

const say = (text: string) => ({ type: 'comms.say', text }) as const
const heard = (views: Views | undefined) => views?.role.comms?.channel.map((m) => m.text) ?? []

test('hosting seats a game master who is welcomed with the lobby', async () => {
  const server = await startServer()
  const { gm, screen, code } = await server.table()
  expect(screen.frames[0]).toMatchObject({ kind: 'welcome', seat: gm.seat })
  expect(screen.views()?.role.lifecycle).toMatchObject({ phase: 'lobby', name: 'Tuesday' })
  expect(code).toMatch(/^.{4}-.{4}$/)
  expect(gm.cookie).toMatch(new RegExp(`^rfr_${gm.seat}=[\\w-]{43}$`))
})

test('a player joins by code, typed carelessly, and everybody sees them', async () => {
  const server = await startServer()
  const { screen, code } = await server.table()
  const ada = await server.join(code.toLowerCase().replace('-', ' '), 'Ada', ['operations'])
  await screen.until(() => screen.views()?.role.seats?.seats.some((s) => s.name === 'Ada'))
  const desk = await ada.connect()
  await screen.until(() => screen.presence.at(-1)?.here.includes(ada.seat))
  expect(desk.views()?.role.incident).toBeUndefined()
  expect(screen.views()?.role.incident).toBeDefined()
})

test('what one says, the other hears, each numbered for their own seat', async () => {
  const server = await startServer()
  const { code } = await server.table()
  const ada = await (await server.join(code, 'Ada', ['operations'])).connect()
  const bob = await (await server.join(code, 'Bob', ['commander'])).connect()
  expect(await ada.does(say('hello'))).toEqual({ ok: true })
  await bob.until(() => heard(bob.views()).includes('hello'))
  expect([ada.gaps(), bob.gaps()]).toEqual([0, 0])
})

test('a dropped client resumes with exactly what it missed', async () => {
  const server = await startServer()
  const { screen, code } = await server.table()
  const ada = await server.join(code, 'Ada', ['operations'])
  const desk = await ada.connect()
  const since = desk.seq()
  desk.leave()
  await screen.until(() => !screen.presence.at(-1)?.here.includes(ada.seat))
  await screen.does(say('while you were away'))
  const again = await ada.connect({ since })
  await again.until(() => again.frames.length > 0)
  expect(again.frames).toMatchObject([{ kind: 'update', seq: (since ?? 0) + 1 }])
  expect(JSON.stringify(again.frames)).toContain('while you were away')
})

test('a client that missed nothing is told nothing', async () => {
  const server = await startServer()
  const { screen, gm } = await server.table()
  const again = await gm.connect({ since: screen.seq() })
  await again.does(say('first words'))
  await again.until(() => again.frames.length > 0)
  expect(again.frames).toMatchObject([{ kind: 'update' }])
})

test('a command asked twice is done once and answered twice', async () => {
  const server = await startServer()
  const { screen } = await server.table()
  const id = nextId()
  const answers = await Promise.all([
    screen.does(say('once'), id),
    screen.does(say('once'), id),
    screen.does(say('once'), id),
  ])
  expect(answers).toEqual([{ ok: true }, { ok: true }, { ok: true }])
  await screen.until(() => heard(screen.views()).includes('once'))
  expect(heard(screen.views()).filter((t) => t === 'once')).toHaveLength(1)
})

test("a game master's command by a player is refused, also under the game master's own id", async () => {
  const server = await startServer()
  const { screen, code } = await server.table()
  const ada = await (await server.join(code, 'Ada', ['operations'])).connect()
  const id = nextId()
  expect(await screen.does({ type: 'lifecycle.brief' }, id)).toEqual({ ok: true })
  expect(await ada.does({ type: 'lifecycle.start' })).toEqual({ ok: false, code: 'not-yours' })
  expect(await ada.does({ type: 'lifecycle.start' }, id)).toEqual({ ok: false, code: 'not-yours' })
})

test('nobody can act for another seat: a seat is only ever the one whose cookie was shown', async () => {
  const server = await startServer()
  const { gm, code } = await server.table()
  const ada = await server.join(code, 'Ada', ['operations'])
  expect(await ada.knock({ seat: gm.seat }).outcome()).toBe('not-yours')
  expect(await ada.knock({ cookie: ada.cookie.replace(ada.seat, gm.seat), seat: gm.seat }).outcome()).toBe(
    'not-yours',
  )
  expect(await ada.knock({ seat: SeatId.parse('st_nonexistent12') }).outcome()).toBe('not-yours')
  expect(await ada.knock({ cookie: '' }).outcome()).toBe('not-yours')
  const desk = await ada.connect()
  expect(
    await desk.socket
      .timeout(2000)
      .emitWithAck('command', { id: nextId(), command: { ...say('x'), seat: gm.seat } }),
  ).toMatchObject({
    ok: false,
    code: 'malformed',
  })
})

test('a malformed hello is turned away at the door', async () => {
  const server = await startServer()
  const gm = await server.host()
  const seat = 'st_aaaaaaaaaaaa'
  const hellos = [
    {},
    { protocol: 1 },
    { protocol: 99, seat },
    { protocol: 1, seat, admin: true },
    { protocol: 1, seat, since: -1 },
  ]
  for (const auth of [...hellos, { protocol: 1, seat: { length: { toString: 1 } } }]) {
    expect([auth, await gm.knock({ auth }).outcome()]).toEqual([auth, 'malformed'])
  }
})

test("a page of another origin cannot use a visitor's cookies", async () => {
  const server = await startServer()
  const gm = await server.host()
  expect(await gm.knock({ origin: 'http://evil.example' }).outcome()).toMatch(/websocket error/)
  expect(await gm.knock({ origin: server.url }).outcome()).toBe('in')
  const post = await server.post(
    '/api/join',
    { code: 'x', name: 'x', roles: ['operations'] },
    { origin: 'http://evil.example' },
  )
  expect(post.status).toBe(403)
})

test('a freed seat is told, cut off, and its cookie opens nothing any more', async () => {
  const server = await startServer()
  const { screen, code } = await server.table()
  const ada = await server.join(code, 'Ada', ['operations'])
  const desk = await ada.connect()
  expect(await screen.does({ type: 'seats.remove', seat: ada.seat })).toEqual({ ok: true })
  await desk.until(() => desk.removed() && !desk.socket.connected)
  expect(await ada.knock().outcome()).toBe('not-yours')
  expect((await ada.get(`/api/seats/${ada.seat}/telemetry`)).status).toBe(403)
  expect((await ada.get('/api/seats')).json).toEqual([])
})

test('the game master looks through the eyes of a seat; a player sees nothing that way', async () => {
  const server = await startServer()
  const { gm, screen, code } = await server.table()
  const ada = await server.join(code, 'Ada', ['operations'])
  const desk = await ada.connect()
  const peeked = await screen.socket.timeout(2000).emitWithAck('peek', ada.seat)
  expect(peeked).toEqual(desk.views())
  expect(await desk.socket.timeout(2000).emitWithAck('peek', gm.seat)).toBeNull()
  expect(await screen.socket.timeout(2000).emitWithAck('peek', 'st_nobodyatall1')).toBeNull()
})

test('an impatient client is asked to slow down and may go on after that', async () => {
  const server = await startServer()
  const { screen } = await server.table()
  const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => screen.does(say(`message ${i}`))))
  expect(answers.filter((a) => a.ok)).toHaveLength(40)
  expect(answers.find((a) => !a.ok)).toEqual({ ok: false, code: 'too-fast' })
  server.hand.pass(1000)
  expect(await screen.does(say('calmly'))).toEqual({ ok: true })
})

test('while play runs, exercise time passes by itself and telemetry comes in without a gap', async () => {
  const server = await startServer()
  const { gm, screen } = await server.playing()
  const history = (await gm.get(`/api/seats/${gm.seat}/telemetry`)).json as { first: number; at: number[] }
  expect(history.at.at(-1)).toBe(0)
  for (let i = 0; i < 40; i++) {
    server.hand.pass(500)
    await screen.does(say(`tick ${i}`))
    server.hand.pass(50)
  }
  await screen.until(() => (screen.views()?.role.lifecycle?.now ?? 0) >= 20_000)
  const numbers = screen.telemetry.flatMap((f) => f.at.map((_, i) => f.first + i))
  const next = history.first + history.at.length
  expect(numbers.slice(0, 3)).toEqual([next, next + 1, next + 2])
  const columns = screen.views()?.role.system?.metrics.length
  expect(screen.telemetry[0]?.values[0]).toHaveLength(columns ?? -1)
})
