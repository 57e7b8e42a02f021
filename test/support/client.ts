import { io, type Socket } from 'socket.io-client'
import { vi } from 'vitest'
import {
  type Answer,
  type ClientEvents,
  type Frame,
  type LogLine,
  PROTOCOL_VERSION,
  type Presence,
  type ServerEvents,
  SOCKET_PATH,
  type TelemetryFrame,
  type Views,
} from '../../shared/frames.ts'
import type { Command } from '../../shared/contracts/index.ts'
import type { SeatId } from '../../shared/ids.ts'
import { applyPatch } from '../../shared/patch.ts'

interface Wire {
  send(data: string | Uint8Array): void
  readonly _socket: { pause(): void }
}

let ids = 0
/** A command id nobody used before in this process. */
export const nextId = () => `command-${process.pid}-${++ids}`

export interface Knock {
  readonly url: string
  readonly seat: SeatId
  readonly cookie: string
  readonly since?: number | undefined
  readonly origin?: string | undefined
  /** Said instead of a proper hello. */
  readonly auth?: unknown
}

/** A real Socket.IO connection of one seat that remembers everything it was told. */
export function knock(at: Knock) {
  const frames: Frame[] = []
  const telemetry: TelemetryFrame[] = []
  const logs: LogLine[] = []
  const presence: Presence[] = []
  const bytes: string[] = []
  let views: Views | undefined
  let gaps = 0
  let removed = false
  const hello = {
    protocol: PROTOCOL_VERSION,
    seat: at.seat,
    ...(at.since !== undefined && { since: at.since }),
  }
  const socket: Socket<ServerEvents, ClientEvents> = io(at.url, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    // Strange hellos are part of the tests; the library types them as records.
    auth: (at.auth ?? hello) as Record<string, unknown>,
    extraHeaders: { cookie: at.cookie, ...(at.origin !== undefined && { origin: at.origin }) },
  })
  socket.io.engine.on('packet', (packet: { data?: unknown }) => bytes.push(String(packet.data ?? '')))
  socket.on('frame', (frame) => {
    const last = frames.at(-1)
    if (frame.kind === 'update' && last && frame.seq !== last.seq + 1) gaps += 1
    frames.push(frame)
    if (frame.kind === 'welcome') views = frame.views
    else if (views) views = applyPatch(views, frame.patch)
  })
  socket.on('telemetry', (frame) => telemetry.push(frame))
  socket.on('logs', (lines) => logs.push(...lines))
  socket.on('presence', (one) => presence.push(one))
  socket.on('removed', () => {
    removed = true
  })
  return {
    socket,
    frames,
    telemetry,
    logs,
    presence,
    /** Every packet this connection received, as text. */
    bytes,
    views: () => views,
    gaps: () => gaps,
    removed: () => removed,
    seq: () => frames.at(-1)?.seq,
    does: (command: Command, id = nextId()): Promise<Answer> =>
      socket.timeout(10_000).emitWithAck('command', { id, command }),
    /** Waits until something it was told makes this true. */
    until: (what: () => unknown) =>
      vi.waitFor(
        () => {
          if (!what()) throw new Error('not yet')
        },
        { timeout: 10_000, interval: 5 },
      ),
    /** The reason it was turned away, or 'in'. */
    outcome: () =>
      new Promise<string>((told) => {
        if (socket.connected) told('in')
        socket.once('connect', () => told('in'))
        socket.once('connect_error', (error) => told(error.message))
        // A server that dies between the two handshakes gives no error, only an end.
        socket.once('disconnect', () => told('websocket closed'))
      }),
    /** The WebSocket below the protocol: `ws` on Node.js, which the client library does not type. */
    wire: () => (socket.io.engine as unknown as { transport: { ws: Wire } }).transport.ws,
    leave: () => void socket.disconnect(),
  }
}
export type Client = ReturnType<typeof knock>
