import { io, type Socket } from 'socket.io-client'
import {
  PROTOCOL_VERSION,
  SOCKET_PATH,
  type ClientEvents,
  type Hello,
  type ServerEvents,
} from '../../shared/frames.ts'
import type { SeatId } from '../../shared/ids.ts'

export type Line = Socket<ServerEvents, ClientEvents>

/** The open line of this page; null at no table. */
let current: Line | null = null
export const currentLine = (): Line | null => current
export function holdLine(line: Line | null): void {
  current = line
}

/** A socket that says who it is each time it connects, and comes back forever, at random within three seconds. */
export function openLine({ seat, since }: { seat: SeatId; since: () => number | undefined }): Line {
  return io({
    path: SOCKET_PATH,
    transports: ['websocket'],
    forceNew: true,
    autoConnect: false,
    reconnection: true,
    reconnectionAttempts: Infinity,
    reconnectionDelay: 500,
    reconnectionDelayMax: 3000,
    randomizationFactor: 0.5,
    timeout: 8000,
    auth: (say) => {
      const last = since()
      const hello: Hello = { protocol: PROTOCOL_VERSION, seat, ...(last !== undefined && { since: last }) }
      say(hello)
    },
  })
}
