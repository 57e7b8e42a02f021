import { expect, test } from 'vitest'
import { contracts } from '../../shared/contracts/index.ts'
import { REFUSALS } from '../../shared/refusals.ts'
import { generator, testSeed } from '../support/seed.ts'
import { startServer } from '../support/server.ts'

const MESSAGES = 2000
const TYPES = Object.entries(contracts).flatMap(([mechanic, { commands }]) =>
  Object.keys(commands).map((name) => `${mechanic}.${name}`),
)

/** Anything JSON (and a little more) can hold, nested a few levels. */
function anything({ pick, below, next }: ReturnType<typeof generator>, depth = 3): unknown {
  const leaf = (): unknown =>
    pick<() => unknown>([
      () => null,
      () => true,
      () => below(1e9) - 5e8,
      () => next() * 1e300,
      () => '',
      () => 'x'.repeat(below(3000)),
      () => '\u0000\u202e\ud800'.repeat(below(5)),
      () => '__proto__',
      () => Buffer.from([1, 2, 3]),
      () => `st_${'a'.repeat(12)}`,
      () => 'lifecycle.finish',
    ])()
  if (depth === 0 || next() < 0.4) return leaf()
  const key = () =>
    pick([
      'id',
      'command',
      'type',
      'seat',
      '__proto__',
      'constructor',
      'toString',
      'alert',
      'run',
      'text',
      '0',
      'to',
      'length',
    ])
  return next() < 0.3
    ? Array.from({ length: below(4) }, () => anything({ pick, below, next }, depth - 1))
    : Object.fromEntries(
        Array.from({ length: below(5) }, () => [key(), anything({ pick, below, next }, depth - 1)]),
      )
}

test(`${MESSAGES} malformed messages: the server stays, nothing changes, each is answered with a code`, async () => {
  const random = generator(testSeed('malformed messages'))
  const server = await startServer()
  const { screen, code } = await server.table()
  const ada = await (await server.join(code, 'Ada', ['operations'])).connect()
  await ada.until(() => ada.frames.length > 0)
  const watcher = await (await server.join(code, 'Watcher', ['observer'])).connect()
  const before = watcher.views()

  const bad = (): unknown => {
    const type = random.pick(TYPES as [string, ...string[]])
    const body = anything(random)
    return random.pick<() => unknown>([
      () => anything(random),
      () => ({ id: 'fuzz-command', command: anything(random) }),
      () => ({ id: anything(random), command: { type: 'comms.say', text: '' } }),
      () => ({
        id: `fuzz-${random.below(1e9)}-x`,
        command: { type, ...(typeof body === 'object' ? body : {}), surely: 'unknown' },
      }),
      () => ({ id: `fuzz-${random.below(1e9)}-x`, command: { type: `${type}x` } }),
      () => ({ id: `fuzz-${random.below(1e9)}-x`, command: { type: 'comms.say', text: 'x', extra: body } }),
    ])()
  }
  const codes = new Map<string, number>()
  for (let i = 0; i < MESSAGES; i++) {
    const event =
      random.next() < 0.9 ? 'command' : random.pick(['peek', 'frame', 'nonsense', 'disconnecting-not'])
    const answer: unknown = await ada.socket.timeout(5000).emitWithAck(event as 'command', bad() as never)
    const said = answer === null && event === 'peek' ? 'null' : (answer as { ok: unknown; code: string }).code
    if (said !== 'null') {
      expect((answer as { ok: unknown }).ok).toBe(false)
      expect(Object.keys(REFUSALS)).toContain(said)
      expect(JSON.stringify(answer).length).toBeLessThan(250)
    }
    codes.set(said, (codes.get(said) ?? 0) + 1)
    // Without this, the rate gate would answer most of them and the parsers behind it would see nothing.
    if (i % 20 === 19) server.hand.pass(1000)
  }
  expect(watcher.views()).toEqual(before)
  expect(codes.get('internal-error')).toBeUndefined()
  expect(await screen.does({ type: 'comms.say', text: 'still here' })).toEqual({ ok: true })
  await watcher.until(() => watcher.views()?.role.comms?.channel.length === 1)
  expect(watcher.gaps()).toBe(0)
}, 60_000)

test('an object that cannot even be compared is malformed like any other (found by fuzzing, SEED=639811728)', async () => {
  const server = await startServer()
  const { screen } = await server.table()
  const hostile = { length: { toString: null, valueOf: null } }
  for (const command of [
    hostile,
    { type: hostile },
    { type: 'alerts.acknowledge', alert: hostile },
    { type: 'alerts.silence', target: 'rule', of: hostile, minutes: hostile, reason: hostile },
    { type: 'alerts.unsilence', silence: hostile },
    { type: 'comms.say', text: hostile },
  ]) {
    const answer: unknown = await screen.socket
      .timeout(5000)
      .emitWithAck('command', { id: 'hostile-command', command })
    expect(answer).toMatchObject({ ok: false, code: 'malformed' })
  }
  expect(await screen.socket.timeout(5000).emitWithAck('peek', hostile as never)).toBeNull()
  const join = await server.post('/api/join', { code: hostile, name: hostile, roles: hostile })
  expect(join.status).toBe(400)
})

test('garbage below the protocol, and messages too long, end one connection and nothing else', async () => {
  const random = generator(testSeed('raw garbage'))
  const server = await startServer()
  const { gm, screen } = await server.table()
  const garbage = [
    '',
    '4',
    '40',
    '42',
    '42[',
    '42[]',
    '42["command"]',
    '42["disconnect"]',
    '42["connect"]',
    '42/other,["x"]',
    '451-["x",{"_placeholder":true,"num":0}]',
    '451-["command",{"_placeholder":true,"num":9}]',
    '42["error"]',
    '4299999999999999999999["command",{}]',
    '41',
    '44{}',
    '43[]',
    '9',
    'x',
    '2probe',
    '5',
    '6',
    '\u0000',
    '42["__proto__",{}]',
    `42["command","${'x'.repeat(40_000)}"]`,
    `42${'['.repeat(8000)}`,
  ]
  for (const one of [
    ...garbage,
    ...Array.from({ length: 40 }, () => Buffer.from(Array.from({ length: 20 }, () => random.below(256)))),
  ]) {
    const client = await gm.connect()
    client.wire().send(one)
    // Either the server cut the connection or it still talks: never silence.
    const talked = client.does({ type: 'comms.whisper', to: null, text: 'x' }).catch(() => 'cut')
    const cut = new Promise((told) => client.socket.once('disconnect', () => told('cut')))
    await Promise.race([talked, cut])
    client.leave()
    server.hand.pass(2000)
  }
  expect(await screen.does({ type: 'comms.say', text: 'still here' })).toEqual({ ok: true })
})
