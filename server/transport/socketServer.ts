import type { Server as HttpServer } from 'node:http'
import type { Socket as NetSocket } from 'node:net'
import { Server, type Socket } from 'socket.io'
import type { Answer, ClientEvents, ServerEvents } from '../../shared/frames.ts'
import { Envelope, Hello, SOCKET_PATH } from '../../shared/frames.ts'
import { parseCommand } from '../../shared/contracts/index.ts'
import { SeatId } from '../../shared/ids.ts'
import type { RefusalCode } from '../../shared/refusals.ts'
import type { Session } from '../session/session.ts'
import { tokenOf } from './cookies.ts'
import { survives } from './hostile.ts'
import { sameOrigin } from './origin.ts'
import type { Services } from './services.ts'
import { listen } from './socketListener.ts'
import { createBuckets } from './tokenBucket.ts'

/** Two devices and a few forgotten tabs; more is a loop somewhere. */
const MOST_CONNECTIONS_PER_SEAT = 8

/** How long a closing server waits for clients to close their side. */
const GOODBYE_MS = 1500

interface Who {
  readonly seat: SeatId
  readonly session: Session
  readonly since: number | undefined
}
type Table = Server<ClientEvents, ServerEvents, Record<string, never>, { who?: Who }>
type Link = Socket<ClientEvents, ServerEvents, Record<string, never>, { who?: Who }>

const no = (code: RefusalCode, where?: string): Answer => ({
  ok: false,
  code,
  ...(where !== undefined && { where }),
})

/** Socket.IO in, sessions out. Who speaks comes from the seat's cookie, never from a message; every message is answered. */
export function attachSockets(
  http: HttpServer,
  services: Pick<Services, 'registry' | 'log' | 'time' | 'errorId'>,
): { close(): Promise<void> } {
  const { registry, log, time, errorId } = services
  const perSeat = createBuckets({ perSecond: 20, burst: 40, now: time.mono })
  const perExercise = createBuckets({ perSecond: 200, burst: 400, now: time.mono })
  const io: Table = new Server(http, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: 16 * 1024,
    perMessageDeflate: false,
    httpCompression: false,
    pingInterval: 10_000,
    pingTimeout: 8_000,
    connectTimeout: 10_000,
    // CORS does not stop a WebSocket from another page; this does.
    allowRequest: (request, answer) => answer(null, sameOrigin(request.headers)),
  })

  /** Whose connection this is, or why it may not be. */
  async function identify(socket: Link): Promise<Who | RefusalCode> {
    const hello = survives(() => Hello.safeParse(socket.handshake.auth))
    if (!hello?.success) return 'malformed'
    const { seat, since } = hello.data
    const token = tokenOf(socket.handshake.headers.cookie, seat)
    const held = token === undefined ? undefined : await registry.seatOf(token)
    const opened = held?.seat === seat ? await registry.open(held.exercise) : undefined
    if (!opened) return 'not-yours'
    if (opened.kind === 'archived') return opened.code
    const { session } = opened
    if (session.stopped() !== null) return 'exercise-stopped'
    if (!session.seat(seat)) return 'not-yours'
    if (session.connections(seat) >= MOST_CONNECTIONS_PER_SEAT) return 'too-many'
    return { seat, session, since }
  }

  io.use((socket, next) => {
    const turnAway = (code: RefusalCode) => next(new Error(code))
    identify(socket).then(
      (who) => {
        if (typeof who === 'string') return turnAway(who)
        socket.data.who = who
        next()
      },
      (err: unknown) => {
        log.error({ err, errorId: errorId() }, 'a handshake failed')
        turnAway('internal-error')
      },
    )
  })

  async function handle(who: Who, event: unknown, said: unknown): Promise<unknown> {
    if (!perSeat.take(who.seat) || !perExercise.take(who.session.meta.id))
      return event === 'peek' ? null : no('too-fast')
    if (event === 'command') {
      const envelope = survives(() => Envelope.safeParse(said))
      if (!envelope?.success)
        return no('malformed', envelope?.error.issues[0]?.path.join('.').slice(0, 80) ?? '')
      const parsed = survives(() => parseCommand(envelope.data.command))
      if (!parsed?.ok) return no(parsed?.code ?? 'malformed', parsed?.where)
      return who.session.command(who.seat, envelope.data.id, parsed.command)
    }
    if (event === 'peek') {
      const other = survives(() => SeatId.safeParse(said))
      const gm = who.session.seat(who.seat)?.roles.includes('gm') === true
      return (gm && other?.success && who.session.look(other.data)) || null
    }
    return no('unknown-command', 'event')
  }

  io.on('connection', (socket) => {
    const { who } = socket.data
    if (!who) {
      socket.disconnect(true)
      return
    }
    // The one wrapper: whatever comes in is answered, and nothing that goes wrong here ends the process.
    socket.onAny((event: unknown, ...args: unknown[]) => {
      const last = args.at(-1)
      const reply = typeof last === 'function' ? (answer: unknown) => void last(answer) : () => {}
      handle(who, event, args[0]).then(reply, (err: unknown) => {
        const id = errorId()
        log.error({ err, errorId: id, exercise: who.session.meta.id }, 'a message could not be handled')
        reply({ ok: false, code: 'internal-error', errorId: id } satisfies Answer)
      })
    })
    try {
      const leave = who.session.connect(who.seat, { since: who.since, listener: listen(socket, log) })
      if (leave) socket.on('disconnect', leave)
      // Cut, not sent away: the client comes back by itself and finds the seat or a reason.
      else socket.conn.close()
    } catch (err) {
      log.error(
        { err, errorId: errorId(), exercise: who.session.meta.id },
        'a seat could not be shown its view',
      )
      socket.disconnect(true)
    }
  })

  const open = new Set<NetSocket>()
  http.on('connection', (connection) => {
    open.add(connection)
    connection.once('close', () => open.delete(connection))
  })

  return {
    /** Says goodbye to everybody; whoever does not answer is hung up on. */
    async close() {
      const hangUp = setTimeout(() => {
        for (const connection of open) connection.destroy()
      }, GOODBYE_MS)
      await io.close()
      clearTimeout(hangUp)
    },
  }
}
