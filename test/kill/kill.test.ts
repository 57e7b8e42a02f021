import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { Library, Seated } from '../../shared/api.ts'
import type { Command } from '../../shared/contracts/index.ts'
import { ExerciseId } from '../../shared/ids.ts'
import { REFUSALS } from '../../shared/refusals.ts'
import { factsOf } from '../../server/store/entry.ts'
import { createSqliteStore } from '../../server/store/sqliteStore.ts'
import { type Client, knock, nextId } from '../support/client.ts'
import { freePort, spawnServer } from '../support/process.ts'
import { generator, testSeed } from '../support/seed.ts'

const KILLS = 20
const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one()
})

/** A server process that can be killed and started again on the same port and data. */
async function killable() {
  const dataDir = mkdtempSync(join(tmpdir(), 'rfr-kill-'))
  undo.push(() => rmSync(dataDir, { recursive: true, force: true }))
  const port = await freePort()
  let server = await spawnServer({ port, dataDir })
  undo.push(() => server.kill())
  return {
    url: `http://127.0.0.1:${port}`,
    file: join(dataDir, 'rfr.sqlite'),
    async killAndRestart() {
      await server.kill()
      server = await spawnServer({ port, dataDir })
    },
    stop: () => server.stop(),
  }
}

async function seat(url: string, path: string, body: unknown) {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (answer.status !== 200) throw new Error(`${path}: ${await answer.text()}`)
  return {
    ...Seated.parse(await answer.json()),
    cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '',
  }
}

/** A person who says one thing after another, each under one id until it is answered, across any number of deaths. */
function stubborn(url: string, who: Awaited<ReturnType<typeof seat>>) {
  let client: Client | undefined
  let gaps = 0
  let since: number | undefined
  async function connected(): Promise<Client> {
    for (;;) {
      if (client?.socket.connected) return client
      if (client) {
        gaps += client.gaps()
        since = client.seq() ?? since
        client.leave()
      }
      // As a browser would: a moment between two attempts.
      if (client) await new Promise((soon) => setTimeout(soon, 30))
      client = knock({ url, seat: who.seat, cookie: who.cookie, since })
      const outcome = await client.outcome()
      // A refusal in the server's own words is the end of the test; all else (a closed socket, a handshake that the
      // kill left hanging) is a server that is not there right now.
      if (Object.hasOwn(REFUSALS, outcome)) throw new Error(`turned away: ${outcome}`)
    }
  }
  return {
    async asks(command: Command) {
      const id = nextId()
      for (;;) {
        const at = await connected()
        const cut = new Promise<undefined>((told) => at.socket.once('disconnect', () => told(undefined)))
        const answer = await Promise.race([at.does(command, id).catch(() => undefined), cut])
        if (answer && (answer.ok || answer.code !== 'too-fast')) return answer
      }
    },
    gaps: () => gaps + (client?.gaps() ?? 0),
    views: async () => (await connected()).views(),
    leave: () => client?.leave(),
  }
}

test(`killed ${KILLS} times in the middle of play, the server loses nothing it acknowledged and does nothing twice`, async () => {
  const random = generator(testSeed('kill'))
  const server = await killable()
  const library = Library.parse(await (await fetch(`${server.url}/api/scenarios`)).json())
  const gm = await seat(server.url, '/api/exercises', {
    scenario: library.scenarios[0]?.id,
    name: 'Tuesday',
    host: 'Grace',
    settings: { lead: 'human', dice: 'off', approval: 'none' },
  })
  const host = stubborn(server.url, gm)
  undo.push(host.leave)
  for (const type of ['lifecycle.brief', 'lifecycle.start'] as const)
    expect(await host.asks({ type })).toEqual({ ok: true })
  const code = (await host.views())?.role.lifecycle?.joinCode
  const people = []
  for (const [i, role] of ['operations', 'commander', 'scribe'].entries()) {
    const one = stubborn(
      server.url,
      await seat(server.url, '/api/join', { code, name: `P${i}`, roles: [role] }),
    )
    undo.push(one.leave)
    people.push(one)
  }

  const said: string[] = []
  const acknowledged: string[] = []
  let bell = () => {}
  let over = false
  const talk = people.map(async (person, who) => {
    for (let i = 0; !over; i++) {
      const text = `${who}:${i}`
      said.push(text)
      const answer = await person.asks({ type: 'comms.say', text })
      expect(answer).toEqual({ ok: true })
      acknowledged.push(text)
      bell()
    }
  })
  // Dies after a random number of answers: in the middle of somebody's command, and never at the same place.
  const answered = async (more: number) => {
    const goal = acknowledged.length + more
    while (acknowledged.length < goal)
      await new Promise<void>((told) => {
        bell = told
      })
  }
  for (let kill = 0; kill < KILLS; kill++) {
    await answered(1 + random.below(12))
    await server.killAndRestart()
  }
  await answered(5)
  over = true
  await Promise.all(talk)

  expect(new Set(acknowledged)).toEqual(new Set(said))
  expect([host, ...people].map((p) => p.gaps())).toEqual([0, 0, 0, 0])
  expect(await server.stop()).toBe(0)

  const store = createSqliteStore(server.file)
  undo.push(() => store.close())
  const log = await store.load(ExerciseId.parse(gm.exercise))
  expect(log.damage).toBeNull()
  expect(log.entries.map((e) => e.n)).toEqual(log.entries.map((_, i) => i))
  const stored = log.entries.flatMap((e) =>
    factsOf(e).flatMap(({ fact }) => (fact.type === 'comms.said' ? [fact.text] : [])),
  )
  expect(stored.toSorted()).toEqual(said.toSorted())
  const times = log.entries
    .flatMap((e) => /"type":"advance".*"to":(\d+)/.exec(e.input)?.[1] ?? [])
    .map(Number)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
}, 180_000)
