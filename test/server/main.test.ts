import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readEnv } from '../../server/env.ts'
import { welcome } from '../../server/welcome.ts'
import { freePort, spawnServer } from '../support/process.ts'

test('an empty environment is fine', () => {
  expect(readEnv({})).toEqual({
    ok: true,
    env: { PORT: 3000, HOST: '0.0.0.0', DATA_DIR: './data', LOG_LEVEL: 'info' },
  })
})

test.each([
  [{ PORT: 'http' }, 'PORT'],
  [{ PORT: '70000' }, 'PORT'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  [{ DATA_DIR: '' }, 'DATA_DIR'],
])('%j is refused, naming %s', (env, name) => {
  const read = readEnv(env)
  expect(read).toMatchObject({ ok: false, why: expect.stringContaining(name) })
})

test('whoever starts the server reads where people find it and what to do', () => {
  const text = welcome({ host: '0.0.0.0', port: 3000, dataDir: '/srv/data', interfaces: networkInterfaces() })
  expect(text).toContain('http://localhost:3000/')
  expect(text).toContain('join code')
  expect(welcome({ host: '::1', port: 80, dataDir: '/d', interfaces: {} })).toContain('http://[::1]:80/')
})

test('the server starts, answers, and ends in order when asked to', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rfr-main-'))
  const port = await freePort()
  const server = await spawnServer({ port, dataDir })
  try {
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)
    expect(await server.stop()).toBe(0)
  } finally {
    await server.kill()
    rmSync(dataDir, { recursive: true, force: true })
  }
}, 30_000)

test('a wrong setting ends the server at once with one clear message', () => {
  const main = join(import.meta.dirname, '../../server/main.ts')
  const done = spawnSync(process.execPath, ['--import', 'tsx', main], {
    env: { ...process.env, PORT: 'many' },
    encoding: 'utf8',
  })
  expect(done.status).toBe(1)
  expect(done.stderr).toContain('PORT')
  expect(done.stderr).not.toContain('    at ')
}, 30_000)
