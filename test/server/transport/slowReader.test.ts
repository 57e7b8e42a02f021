import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { Server } from 'socket.io'
import { expect, test } from 'vitest'
import { SOCKET_PATH, type ClientEvents, type ServerEvents } from '../../../shared/frames.ts'
import { SeatId } from '../../../shared/ids.ts'
import { listen } from '../../../server/transport/socketListener.ts'
import { knock } from '../../support/client.ts'

const seat = SeatId.parse('st_aaaaaaaaaaaa')
const line = { n: 0, at: 0, component: 'web', level: 'info', text: 'x'.repeat(100_000) } as const

test('a reader who does not read is cut off instead of filling the memory', async () => {
  const http = createServer()
  const io = new Server<ClientEvents, ServerEvents>(http, { path: SOCKET_PATH, transports: ['websocket'] })
  await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready))
  const arrived = new Promise<ReturnType<typeof listen>>((told) =>
    io.on('connection', (socket) => told(listen(socket, pino({ level: 'silent' })))),
  )
  const gone = new Promise<string>((told) => io.on('connection', (socket) => socket.on('disconnect', told)))
  // The port of a listening TCP server.
  const client = knock({ url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, seat, cookie: '' })
  const voice = await arrived
  await client.outcome()
  client.wire()._socket.pause()
  for (let i = 0; i < 2000; i++) voice.logs([line])
  expect(await gone).toMatch(/transport/)
  client.leave()
  await io.close()
})

test('a reader who keeps up hears everything', async () => {
  const http = createServer()
  const io = new Server<ClientEvents, ServerEvents>(http, { path: SOCKET_PATH, transports: ['websocket'] })
  await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready))
  const arrived = new Promise<ReturnType<typeof listen>>((told) =>
    io.on('connection', (socket) => told(listen(socket, pino({ level: 'silent' })))),
  )
  const client = knock({ url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, seat, cookie: '' })
  const voice = await arrived
  for (let i = 0; i < 300; i++) {
    voice.logs([{ ...line, n: i, text: 'short' }])
    if (i % 50 === 0) await client.until(() => client.logs.length === i + 1)
  }
  await client.until(() => client.logs.length === 300)
  client.leave()
  await io.close()
})
