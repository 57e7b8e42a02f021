import { randomBytes } from 'node:crypto'
import pino from 'pino'
import { afterEach, vi } from 'vitest'
import { Seated } from '../../shared/api.ts'
import type { Settings } from '../../shared/contracts/lifecycle.ts'
import type { ExerciseId, SeatId } from '../../shared/ids.ts'
import type { PlayerRole } from '../../shared/roles.ts'
import { type AppOptions, createApp } from '../../server/app.ts'
import { exporters } from '../../server/exports/index.ts'
import type { Scenario } from '../../server/sim/scenario/scenario.ts'
import type { LogStore } from '../../server/store/logStore.ts'
import { createMemoryStore } from '../../server/store/memoryStore.ts'
import { type Client, knock, type Knock } from './client.ts'
import { handTime } from './handTime.ts'
import { compiled } from './scenario.ts'

// Every server simulates an hour of healthy past first; on a busy machine that alone takes seconds.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one()
})

export const HUMAN: Settings = { lead: 'human', dice: 'off', approval: 'none' }

export interface ServerOptions {
  readonly store?: LogStore
  readonly scenario?: Scenario
  readonly makeSim?: AppOptions['makeSim']
  readonly webRoot?: string
  /** Collects every line the server logs. */
  readonly lines?: string[]
  readonly hand?: ReturnType<typeof handTime>
}

/** Somebody with a seat's cookie: what they can fetch, and their connections. */
export interface Person {
  readonly exercise: ExerciseId
  readonly seat: SeatId
  readonly cookie: string
  get(path: string): Promise<{ status: number; text: string; json: unknown }>
  connect(more?: Partial<Knock>): Promise<Client>
  knock(more?: Partial<Knock>): Client
}

/** The whole server on a free port of this machine, with a clock moved by hand. Closed after the test. */
export async function startServer(options: ServerOptions = {}) {
  const scenario = options.scenario ?? compiled()
  const hand = options.hand ?? handTime()
  const app = await createApp({
    store: options.store ?? createMemoryStore(),
    scenarios: {
      library: () => ({ scenarios: [], refused: [] }),
      spoilers: () => undefined,
      find: (id) => (id === 'sc_test' ? scenario : undefined),
    },
    compile: () => scenario,
    compare: async () => ({ idle: null, par: null }),
    exporters,
    time: hand.time,
    entropy: randomBytes,
    log: options.lines
      ? pino({ level: 'trace' }, { write: (line: string) => void options.lines?.push(line) })
      : pino({ level: process.env.TEST_LOG ?? 'silent' }),
    webRoot: options.webRoot ?? '',
    ...(options.makeSim && { makeSim: options.makeSim }),
  })
  const url = `http://127.0.0.1:${await app.listen(0, '127.0.0.1')}`
  let closed = false
  const close = async () => {
    if (!closed) await app.close()
    closed = true
  }
  undo.push(close)

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })

  async function seated(answer: Response): Promise<Person> {
    if (answer.status !== 200) throw new Error(`not seated: ${answer.status} ${await answer.text()}`)
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return person({ ...Seated.parse(await answer.json()), cookie })
  }

  /** A seat known from another run of the server. */
  function person(who: { exercise: ExerciseId; seat: SeatId; cookie: string }): Person {
    const enter = (more: Partial<Knock> = {}) => {
      const client = knock({ url, seat: who.seat, cookie: who.cookie, ...more })
      undo.push(client.leave)
      return client
    }
    return {
      ...who,
      async get(path) {
        const answer = await fetch(`${url}${path}`, { headers: { cookie: who.cookie } })
        const text = await answer.text()
        return {
          status: answer.status,
          text,
          json: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined,
        }
      },
      knock: enter,
      async connect(more = {}) {
        const client = enter(more)
        const outcome = await client.outcome()
        if (outcome !== 'in') throw new Error(`turned away: ${outcome}`)
        if (more.since === undefined) await client.until(() => client.frames.length > 0)
        return client
      },
    }
  }

  return {
    url,
    hand,
    close,
    person,
    post,
    host: async (settings = HUMAN, seed = 7) =>
      seated(
        await post('/api/exercises', { scenario: 'sc_test', name: 'Tuesday', host: 'Grace', settings, seed }),
      ),
    join: async (code: string, name: string, roles: PlayerRole[]) =>
      seated(await post('/api/join', { code, name, roles })),
    /** A hosted exercise with its game master connected, and the code for the others. */
    async table() {
      const gm = await this.host()
      const screen = await gm.connect()
      const code = screen.views()?.role.lifecycle?.joinCode ?? ''
      return { gm, screen, code }
    },
    /** A table at which play has started. */
    async playing() {
      const table = await this.table()
      for (const type of ['lifecycle.brief', 'lifecycle.start'] as const) {
        const answer = await table.screen.does({ type })
        if (!answer.ok) throw new Error(`could not ${type}: ${answer.code}`)
      }
      return table
    },
  }
}
export type TestServer = Awaited<ReturnType<typeof startServer>>
