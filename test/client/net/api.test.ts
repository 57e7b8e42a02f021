import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { api } from '../../../client/net/api.ts'

const server = createServer((request, response) => {
  const say = (status: number, body: string) => response.writeHead(status).end(body)
  if (request.url === '/good') say(200, '{"n":1}')
  else if (request.url === '/refused')
    say(403, '{"code":"not-yours","message":"Your seat cannot do that.","where":"seat"}')
  else if (request.url === '/broken') say(502, '<html>')
  else say(200, '{"n":"one"}')
})
let base = ''
beforeAll(async () => {
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  // A TCP server that listens has an address object.
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const Shape = z.strictObject({ n: z.number() })

describe('HTTP', () => {
  test('an answer is parsed', async () => expect(await api.get(`${base}/good`, Shape)).toEqual({ n: 1 }))
  test('a refusal carries its code, its sentence and its place', async () =>
    expect(api.get(`${base}/refused`, Shape)).rejects.toMatchObject({
      name: 'ApiError',
      code: 'not-yours',
      message: 'Your seat cannot do that.',
      where: 'seat',
    }))
  test('something between page and server that answers HTML is an error with a way out', async () =>
    expect(api.post(`${base}/broken`, {}, Shape)).rejects.toMatchObject({ code: 'http-502' }))
  test('an answer of another shape asks to reload', async () =>
    expect(api.get(`${base}/other`, Shape)).rejects.toMatchObject({ code: 'newer-server' }))
  test('no server is offline', async () =>
    expect(api.get('http://127.0.0.1:1/x', Shape)).rejects.toMatchObject({ code: 'offline' }))
})
