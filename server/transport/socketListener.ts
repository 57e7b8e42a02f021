import type { Logger } from 'pino'
import type { Socket } from 'socket.io'
import type { ClientEvents, ServerEvents } from '../../shared/frames.ts'
import type { Listener } from '../session/listener.ts'

/** Packets a connection may have waiting: at normal pace half a minute of a reader that does not read. */
const MOST_PACKETS = 256
/** Bytes a connection may have waiting below the packets. */
const MOST_BYTES = 4 * 1024 * 1024

interface Wire {
  readonly writeBuffer?: readonly unknown[]
  readonly transport?: { readonly socket?: { readonly bufferedAmount?: number; terminate?(): void } }
}
/** What lies below a socket. Engine.IO keeps all of it but types none: its outgoing queue, and the `ws` connection. */
const wireOf = (socket: Socket<ClientEvents, ServerEvents>) => socket.conn as unknown as Wire

/** A session's voice on one socket. A reader too slow to follow is cut off: it resumes where it was, and costs no memory meanwhile. */
export function listen(socket: Socket<ClientEvents, ServerEvents>, log: Logger): Listener {
  const able = (): boolean => {
    if (!socket.connected) return false
    // How much was said that the other side has not taken yet.
    const { writeBuffer, transport } = wireOf(socket)
    const packets = writeBuffer?.length ?? 0
    const bytes = transport?.socket?.bufferedAmount ?? 0
    if (packets <= MOST_PACKETS && bytes <= MOST_BYTES) return true
    log.info({ packets, bytes }, 'a connection reads too slowly and was closed; it may resume')
    // Without a farewell: the polite way would wait for the very reader that does not read.
    transport?.socket?.terminate?.()
    return false
  }
  return {
    frame: (frame) => void (able() && socket.emit('frame', frame)),
    telemetry: (frame) => void (able() && socket.emit('telemetry', frame)),
    logs: (lines) => void (able() && socket.emit('logs', lines)),
    presence: (presence) => void (able() && socket.emit('presence', presence)),
    removed: () => {
      socket.emit('removed')
      socket.disconnect(true)
    },
  }
}
