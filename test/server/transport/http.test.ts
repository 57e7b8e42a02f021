import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ApiError, ParameterList } from '../../../shared/api.ts'
import { startServer } from '../../support/server.ts'

const webRoot = mkdtempSync(join(tmpdir(), 'rfr-web-'))
mkdirSync(join(webRoot, 'assets'))
writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>page</title>')
writeFileSync(join(webRoot, 'assets/app-1234.js'), 'export {}')
afterAll(() => rmSync(webRoot, { recursive: true, force: true }))

test('the page is served for every address it knows, asked for again each time, under a strict policy', async () => {
  const { url } = await startServer({ webRoot })
  for (const path of [
    '/',
    '/host',
    '/host/sc_123',
    '/practise',
    '/join',
    '/join/ABCD-EFGH',
    '/x/ex_12345678/st_12345678',
  ]) {
    const answer = await fetch(`${url}${path}`)
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
      path,
      200,
      'text/html; charset=utf-8',
    ])
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'; style-src 'self'; img-src 'self' data:")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|upgrade-insecure/)
    expect(answer.headers.get('strict-transport-security')).toBeNull()
  }
})

test('files with a hash in their name are kept for a year', async () => {
  const { url } = await startServer({ webRoot })
  const answer = await fetch(`${url}/assets/app-1234.js`)
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([
    200,
    'public, max-age=31536000, immutable',
  ])
})

test.each([
  '/api/nothing',
  '/nowhere',
  '/assets/missing.js',
  '/../package.json',
  '/%2e%2e/package.json',
  '/x/a/b/c',
])('%s is not found, and says so in one sentence', async (path) => {
  const { url } = await startServer({ webRoot })
  const answer = await fetch(`${url}${path}`)
  expect([403, 404]).toContain(answer.status)
  expect(ApiError.parse(await answer.json()).message).not.toMatch(/at .*\.ts|node_modules/)
})

test('a browser that follows a broken link gets the page, marked as not found; a script never does', async () => {
  const { url } = await startServer({ webRoot })
  const follow = async (path: string, method = 'GET') => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    })
    return [answer.status, answer.headers.get('content-type')?.split(';')[0]]
  }
  for (const path of ['/nowhere/x', '/x/a/b/c', '/host/a/b'])
    expect([path, ...(await follow(path))]).toEqual([path, 404, 'text/html'])
  for (const path of ['/api/nothing', '/assets/missing.js'])
    expect([path, ...(await follow(path))]).toEqual([path, 404, 'application/json'])
  expect(await follow('/nowhere', 'POST')).toEqual([404, 'application/json'])
})

test.each([
  ['/api/exercises', '{'],
  ['/api/exercises', '{}'],
  ['/api/exercises', '{"scenario":1}'],
  ['/api/join', '[]'],
  ['/api/join', '"text"'],
  ['/api/join', '{"code":"ABCD-EFGH","name":"x","roles":["gm"]}'],
  ['/api/join', '{"code":"ABCD-EFGH","name":"x","roles":["operations"],"__proto__":{"a":1}}'],
  ['/api/join', `{"code":"${'x'.repeat(40_000)}"}`],
])('a bad body for %s is refused with a code: %s', async (path, body) => {
  const { url } = await startServer()
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  const { code } = ApiError.parse(await answer.json())
  expect(['malformed', 'no-such-thing']).toContain(code)
})

test('a body that is no JSON is refused', async () => {
  const { url } = await startServer()
  const answer = await fetch(`${url}/api/join`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: 'hello',
  })
  expect(ApiError.parse(await answer.json()).code).toBe('malformed')
})

test('a wrong code and the code of a closed exercise get the very same answer', async () => {
  const server = await startServer()
  const { screen, code } = await server.playing()
  await screen.does({ type: 'lifecycle.finish' })
  const late = await server.join(code, 'Late', ['observer'])
  expect(late.seat).toMatch(/^st_/)
  await screen.does({ type: 'lifecycle.close' })
  const closed = await server.post('/api/join', { code, name: 'Too late', roles: ['observer'] })
  const wrong = await server.post('/api/join', { code: 'WRNG-CDE2', name: 'Guess', roles: ['observer'] })
  expect([closed.status, await closed.text()]).toEqual([wrong.status, await wrong.text()])
  const door = await fetch(`${server.url}/api/join/${code}`)
  expect(door.status).toBe(404)
})

test('guessing codes is stopped per address; joining is not', async () => {
  const server = await startServer()
  const { code } = await server.table()
  for (let i = 0; i < 20; i++) await server.join(code, `Person ${i}`, ['observer'])
  const guess = () => server.post('/api/join', { code: 'WRNG-CDE2', name: 'Guess', roles: ['observer'] })
  const guesses = []
  for (let i = 0; i < 12; i++) guesses.push((await guess()).status)
  expect(guesses).toEqual([...Array<number>(10).fill(404), 429, 429])
  server.hand.pass(60_000)
  expect((await guess()).status).toBe(404)
})

test('the door says who sits there already and nothing else', async () => {
  const server = await startServer()
  const { code } = await server.table()
  await server.join(code, 'Ada', ['operations', 'scribe'])
  const door = await (await fetch(`${server.url}/api/join/${code}`)).json()
  expect(door).toMatchObject({ name: 'Tuesday', phase: 'lobby' })
  expect(door.taken).toEqual([
    { role: 'gm', name: 'Grace' },
    { role: 'operations', name: 'Ada' },
    { role: 'scribe', name: 'Ada' },
  ])
})

test('a seat cookie is for the browser alone, and knows its way home', async () => {
  const server = await startServer()
  const answer = await server.post('/api/exercises', {
    scenario: 'sc_test',
    name: 'Tuesday',
    host: 'Grace',
    settings: { lead: 'human', dice: 'off', approval: 'none' },
  })
  expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/)
  expect(await answer.json()).toEqual({
    exercise: expect.stringMatching(/^ex_/),
    seat: expect.stringMatching(/^st_/),
  })
})

test('a browser is shown the seats it holds, the newest first', async () => {
  const server = await startServer()
  const first = await server.host()
  server.hand.pass(1000)
  const second = await server.host()
  const both = server.person({ ...first, cookie: `${first.cookie}; ${second.cookie}` })
  const seats = (await both.get('/api/seats')).json
  expect(seats).toMatchObject([
    { seat: second.seat, seatName: 'Grace', roles: ['gm'], phase: 'lobby' },
    { seat: first.seat },
  ])
})

test('players get the record when play is over; the game master at any time; strangers never', async () => {
  const server = await startServer()
  const { gm, screen, code } = await server.playing()
  const ada = await server.join(code, 'Ada', ['operations'])
  expect((await ada.get(`/api/seats/${ada.seat}/record`)).status).toBe(409)
  expect((await ada.get(`/api/seats/${gm.seat}/record`)).status).toBe(403)
  expect((await ada.get(`/api/seats/${ada.seat}/export/json`)).status).toBe(409)
  expect((await gm.get(`/api/seats/${gm.seat}/record`)).status).toBe(200)
  await screen.does({ type: 'lifecycle.finish' })
  const record = await ada.get(`/api/seats/${ada.seat}/record`)
  expect(record.status).toBe(200)
  expect(record.json).toMatchObject({ exercise: gm.exercise, name: 'Tuesday' })
  for (const format of ['json', 'timeline.csv', 'summary.csv', 'report.md']) {
    const answer = await fetch(`${server.url}/api/seats/${ada.seat}/export/${format}`, {
      headers: { cookie: ada.cookie },
    })
    expect([format, answer.status]).toEqual([format, 200])
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[A-Za-z0-9._-]+"$/)
  }
  expect((await ada.get(`/api/seats/${ada.seat}/export/constructor`)).status).toBe(404)
})

test('the parameters of the system are for the game master alone, by the cookie of that seat', async () => {
  const server = await startServer()
  const { gm, code } = await server.playing()
  const ada = await server.join(code, 'Ada', ['operations'])
  const list = await gm.get(`/api/seats/${gm.seat}/parameters`)
  expect([list.status, ParameterList.safeParse(list.json).success]).toEqual([200, true])
  expect((await ada.get(`/api/seats/${ada.seat}/parameters`)).status).toBe(403)
  expect((await ada.get(`/api/seats/${gm.seat}/parameters`)).status).toBe(403)
})

test('health and readiness answer', async () => {
  const { url } = await startServer()
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
})
